#!/usr/bin/env bash
# Makes the Python environment that `tests/second_opinion.rs` asks: the package `iac-code` with little around it, pinned,
# with digests. Does nothing where it is there already; fails, with the reason, where it can't be had.
#   ROS_LSP_SECOND_OPINION   the folder (ros-lsp-second-opinion in the user's cache folder)
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
folder="${ROS_LSP_SECOND_OPINION:-${XDG_CACHE_HOME:-$HOME/.cache}/ros-lsp-second-opinion}"

if ! command -v python3 >/dev/null || ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
    echo "second opinion: no Python of version 3.10 or later" >&2
    exit 1
fi
if [ -x "$folder/venv/bin/python" ] && cmp --silent "$here/requirements.txt" "$folder/venv/requirements.txt"; then
    exit 0
fi
rm -rf "$folder/venv"
mkdir -p "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --no-deps --only-binary :all: --require-hashes --requirement "$here/requirements.txt"
# Last: what was not finished is made anew.
cp "$here/requirements.txt" "$folder/venv/requirements.txt"
