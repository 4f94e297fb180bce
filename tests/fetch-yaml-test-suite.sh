#!/bin/sh
# Brings the YAML test suite (its generated `data` branch, at a fixed commit) into a folder and prints the line that
# tests/yaml_suite.rs wants:
#
#   eval "$(tests/fetch-yaml-test-suite.sh)" && cargo test --test yaml_suite -- --nocapture
#
# The first argument names another folder than the user's cache, the second another repository (a local mirror, say).
set -eu

commit=6ad3d2c62885d82fc349026c136ef560838fdf3d
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/ros-lsp/yaml-test-suite}
repository=${2:-https://github.com/yaml/yaml-test-suite}

if [ "$(git -C "$folder" rev-parse HEAD 2>/dev/null)" != "$commit" ]; then
    mkdir -p "$folder"
    git -C "$folder" init --quiet
    git -C "$folder" fetch --quiet --depth 1 "$repository" "$commit" >&2 ||
        git -C "$folder" fetch --quiet "$repository" data >&2 # a server that gives no single commits
    git -C "$folder" checkout --quiet --force --detach "$commit" >&2
fi
echo "export YAML_TEST_SUITE='$folder'"
