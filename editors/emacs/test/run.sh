#!/usr/bin/env bash
# Tests ros-lsp.el with Eglot in a real Emacs, in batch. Usage: run.sh [EMACS…]; without arguments it gets the version
# below, cached in $ROS_LSP_CLIENTS_CACHE. VERBOSE=1 shows all checks.
set -uo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$HERE/../../test/lib.sh"

VERSION=30.1   # Debian's stable suite; Eglot is part of it
# Sources of Lisp, and compilers for code that is compiled at run time.
LEAVE_OUT='^(emacs-el|binutils.*|.*-dev|.*-dev-bin|lib.*san[0-9]*|linux-libc-dev)='

# debian VERSION SUITE PACKAGE…
debian() {
    local version=$1 suite=$2 folder=emacs-$1 share lisp
    shift 2
    debian_unpack "$folder" "$suite" emacs-nox "1:$version*" "$LEAVE_OUT" "$@" || return 1
    share=$CACHE/$folder/usr/share/emacs
    lisp=$(find "$share/$version/lisp" "$share/site-lisp" -type d | paste -sd:)
    debian_program "$folder" usr/bin/emacs-nox "EMACSDATA=$share/$version/etc" "EMACSDOC=$share/$version/etc" \
        "EMACSPATH=$CACHE/$folder/usr/libexec/emacs/$version/x86_64-linux-gnu" "EMACSLOADPATH=$lisp" -- \
        "--dump-file='$(find "$CACHE/$folder/usr/libexec" -name '*.pdmp')'"
}

# batch EMACS SERVER
batch() {
    local workspace
    workspace=$(TMPDIR=$SCRATCH mktemp -d)
    cp "$TEMPLATES"/* "$workspace"
    HOME=$workspace SERVER=$2 WORKSPACE=$workspace LC_ALL=C.UTF-8 timeout 120 "$1" -Q --batch \
        --eval '(setq native-comp-deferred-compilation nil native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil)' \
        --directory "$HERE/.." --load "$HERE/test.el" 2>"$workspace/messages" || {
        echo "not ok the test ends by itself"
        tail -20 "$workspace/messages"
    }
}

# newcomer EMACS SERVER: what getting-started says, word for word, in an empty home, with a mode for YAML.
newcomer() {
    local page
    command -v tmux >/dev/null || return
    for page in "${GETTING_STARTED[@]}"; do
        new_home "$page" "$2"
        mkdir -p "$NEW_HOME/.emacs.d"
        printed "$page" Emacs elisp >"$NEW_HOME/.emacs.d/init.el"
        open_terminal emacs-newcomer "$NEWCOMER '$1' --load yaml-mode network.yml --eval '(yaml-mode)'"
        screen "a newcomer sees diagnostics, ${page##*/}" '^!+ .*CidrBlok'
        close_terminal
    done
}

SERVER=$(find_server) || exit 1
status=0

test_version() {
    { batch "$1" "$SERVER"; newcomer "$1" "$SERVER"; } | summary "emacs $("$1" --version | sed -n '1s/GNU Emacs //p')" || status=1
}

if [ $# -gt 0 ]; then
    for emacs in "$@"; do test_version "$emacs"; done
    exit $status
fi

if emacs=$(debian $VERSION trixie elpa-yaml-mode); then
    test_version "$emacs"
    FEATURES_ONLY=1 PATIENCE=1 batch "$emacs" "$(break_server "$SERVER")" |
        all_red "emacs $VERSION" diagnostics hover definition outline fix references rename completion block || status=1
else
    echo "emacs $VERSION: skipped, Debian's packages can't be had here"
fi
exit $status
