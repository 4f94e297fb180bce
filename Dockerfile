# Checks templates in CI: docker build -t ros-lsp . && docker run --rm -v "$PWD:/work" ros-lsp check .
FROM rust:1.88-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /source
COPY . .
RUN cargo build --release --locked --bin ros-lsp

FROM scratch
COPY --from=build /source/target/release/ros-lsp /ros-lsp
COPY --from=build /source/LICENSE /source/NOTICE /
WORKDIR /work
ENTRYPOINT ["/ros-lsp"]
CMD ["check", "."]
