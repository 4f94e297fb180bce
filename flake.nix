{
  description = "Language server and linter for Alibaba Cloud ROS templates";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      forAll = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
      manifest = (builtins.fromTOML (builtins.readFile ./Cargo.toml)).package;
    in
    {
      packages = forAll (pkgs: rec {
        default = ros-lsp;
        ros-lsp = pkgs.rustPlatform.buildRustPackage {
          pname = manifest.name;
          inherit (manifest) version;
          src = self;
          cargoLock.lockFile = ./Cargo.lock;
          cargoBuildFlags = [
            "--bin"
            "ros-lsp"
          ];
          # The tests run in CI, with templates that are not in this repository.
          doCheck = false;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          postInstall = pkgs.lib.optionalString (pkgs.stdenv.buildPlatform.canExecute pkgs.stdenv.hostPlatform) ''
            installShellCompletion --cmd ros-lsp \
              --bash <($out/bin/ros-lsp completions bash) \
              --zsh <($out/bin/ros-lsp completions zsh) \
              --fish <($out/bin/ros-lsp completions fish)
            $out/bin/ros-lsp man > ros-lsp.1
            $out/bin/ros-lsp man check > ros-lsp-check.1
            installManPage ros-lsp.1 ros-lsp-check.1
          '';
          meta = {
            inherit (manifest) description;
            license = pkgs.lib.licenses.asl20;
            mainProgram = "ros-lsp";
          };
        };
      });

      devShells = forAll (pkgs: {
        default = pkgs.mkShell {
          packages = [
            pkgs.cargo
            pkgs.rustc
            pkgs.rustfmt
            pkgs.clippy
          ];
        };
      });
    };
}
