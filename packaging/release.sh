#!/usr/bin/env bash
# Makes what a release has for one platform: an archive with the server and what a user needs beside it (documentation,
# examples, the editors' files of this commit), and the package for VS Code with the same server inside. Their names have no version: the release has it.
#   packaging/release.sh PLATFORM BINARY [FOLDER]   PLATFORM as VS Code calls it, such as linux-x64; BINARY is the server for
#                                                   it; FOLDER takes what is made (dist)
#   ROS_LSP_WEB, ROS_LSP_COMMIT                     address of the repository on the web and a commit in it: the package's
#                                                   page has pictures
#   ROS_LSP_NO_VSIX=1                               only the archive, which needs neither npm nor a network
set -euo pipefail
platform=$1
binary=$(realpath "$2")
root=$(cd "$(dirname "$0")/.." && pwd)
out=${3:-$root/dist}
mkdir -p "$out"
out=$(cd "$out" && pwd)

case $platform in
win32-*) program=ros-lsp.exe ;;
*) program=ros-lsp ;;
esac
if [ "$(basename "$binary")" != "$program" ]; then
    echo "error: the server for $platform is called $program, not $(basename "$binary")" >&2
    exit 2
fi

name=ros-lsp-$platform
cd "$out"
rm -rf "$name" "$name".tar.gz "$name".zip "$name".vsix
mkdir "$name"
git -C "$root" archive HEAD README.md LICENSE NOTICE docs examples editors/{emacs,helix,kate,neovim,sublime,zed} \
    editors/vscode/{README.md,images} ':(exclude,glob)editors/*/test/**' | tar x -C "$name"
cp "$binary" "$name/"
chmod 755 "$name/$program"
case $platform in
win32-*)
    if command -v 7z >/dev/null; then
        7z a -bso0 "$name.zip" "$name"
    else
        zip -qr "$name.zip" "$name"
    fi
    ;;
# Without the variable, macOS adds files of its own.
*) COPYFILE_DISABLE=1 tar czf "$name.tar.gz" "$name" ;;
esac
rm -r "$name"
[ "${ROS_LSP_NO_VSIX:-}" != 1 ] || exit 0

page=()
if [ -n "${ROS_LSP_WEB:-}" ]; then
    page=(--readme-path README.md
        --baseContentUrl "$ROS_LSP_WEB/blob/$ROS_LSP_COMMIT/editors/vscode"
        --baseImagesUrl "$ROS_LSP_WEB/raw/$ROS_LSP_COMMIT/editors/vscode")
fi
vsix=$out/$name.vsix
# node on Windows can't read paths such as /d/a/b.
if command -v cygpath >/dev/null; then
    binary=$(cygpath -m "$binary")
    vsix=$(cygpath -m "$vsix")
fi
cd "$root/editors/vscode"
npm ci
ROS_LSP_BINARY=$binary npx vsce package --target "$platform" --out "$vsix" ${page[@]+"${page[@]}"}
