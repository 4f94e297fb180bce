#!/usr/bin/env bash
# Makes the archive of a release, dist/ros-lsp-PLATFORM.tar.gz (Windows: .zip). Usage: archive.sh PLATFORM BINARY
# In it are the program, and of this commit what a user needs beside it: documentation, examples, the editors' files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
name=ros-lsp-$1
mkdir -p "dist/$name"
git archive HEAD README.md LICENSE NOTICE docs examples editors/{emacs,helix,kate,neovim,sublime,zed} \
    editors/vscode/{README.md,images} ':(exclude,glob)editors/*/test/**' | tar x -C "dist/$name"
cp "$2" "dist/$name/"
cd dist
case $1 in
win32-*) 7z a -bso0 "$name.zip" "$name" ;;
*) tar czf "$name.tar.gz" "$name" ;;
esac
rm -r "$name"
