# What the clients' tests have in common: the server, downloads, counting, terminals. Sourced by editors/*/test/run.sh.
#
# A test reports lines that start with `ok NAME` or `not ok NAME`; everything else is commentary.

EDITORS=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TEMPLATES=$EDITORS/test/templates
# Files that are ROS templates, below yes/, and files that are not, below no/.
DETECTION=$EDITORS/test/detection
CACHE=${ROS_LSP_CLIENTS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ros-lsp-clients}
SCRATCH=$(mktemp -d)
# Seconds that a check waits for what it wants to see.
PATIENCE=${ROS_LSP_TEST_PATIENCE:-15}
# No documentation but the binary's own, and no offer to install any.
ROS_LSP_DOCS=$SCRATCH/docs
mkdir -p "$ROS_LSP_DOCS" && : >"$ROS_LSP_DOCS/never-offer"
# Terminals of this run alone, which end with it.
TMUX_TMPDIR=$SCRATCH
export PATIENCE TEMPLATES DETECTION ROS_LSP_DOCS TMUX_TMPDIR

clean_up() {
    local socket
    for socket in "$TMUX_TMPDIR"/tmux-*/*; do
        tmux -S "$socket" kill-server 2>/dev/null
    done
    rm -rf "$SCRATCH"
}
trap clean_up EXIT

# Prints the server's path: $ROS_LSP, or this checkout's release build, brought up to date.
find_server() {
    local root target
    if [ -n "${ROS_LSP:-}" ]; then
        [ -x "$ROS_LSP" ] || { echo "no program at ROS_LSP=$ROS_LSP" >&2; return 1; }
        realpath "$ROS_LSP"
        return
    fi
    root=$(dirname "$EDITORS")
    target=${CARGO_TARGET_DIR:-$root/target}
    (cd "$root" && cargo build --release --locked --quiet >&2) || return 1
    echo "$target/release/ros-lsp"
}

# debian_unpack FOLDER SUITE PACKAGE VERSION [LEAVE_OUT [PACKAGE…]]: unpacks Debian packages with all they depend on below
# $CACHE/FOLDER; nothing is installed. VERSION may end in `*`. Packages whose `NAME=VERSION` matches the regular expression
# LEAVE_OUT are not fetched. Fails where there is no Debian archive: $DEBIAN_MIRROR, or the one that this machine's apt uses.
debian_unpack() {
    local to=$CACHE/$1 suite=$2 package=$3 version=$4 leave_out=${5:-^$} mirror work
    shift 4
    [ $# = 0 ] || shift
    [ -f "$to/.complete" ] && return
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
    mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        grep -E '/debian/?$' | head -1)}
    [ -n "$mirror" ] || return 1
    work=$SCRATCH/apt
    rm -rf "$work" "$to" && mkdir -p "$work"/{lists,cache/archives}/partial "$work/packages" "$to" && : >"$work/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/sources.list"
    local apt=(apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o Dir::Etc::preferencesparts=/dev/null -o Dir::State::lists="$work/lists" -o Dir::State::status="$work/status"
        -o Dir::Cache="$work/cache" -o APT::Sandbox::User= -o Debug::NoLocking=1)
    {
        "${apt[@]}" update &&
            "${apt[@]}" --simulate --no-install-recommends install "$package=$version" "$@" |
            sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1=\2/p' | grep -vE "$leave_out" >"$work/wanted" &&
            (cd "$work/packages" && xargs "${apt[@]}" download <"$work/wanted") &&
            for deb in "$work/packages"/*.deb; do dpkg-deb -x "$deb" "$to" || return 1; done
    } >&2 || return 1
    rm -rf "$work"
    touch "$to/.complete"
}

# debian_program FOLDER BINARY [VARIABLE=VALUE]… [-- ARGUMENT…]: writes $CACHE/FOLDER/run, which starts an unpacked program
# with the libraries that it was built for, and prints its path.
debian_program() {
    local root=$CACHE/$1 binary=$CACHE/$1/$2 loader
    shift 2
    loader=$(find "$root" -name ld-linux-x86-64.so.2 | head -1)
    {
        echo '#!/bin/sh'
        while [ $# -gt 0 ] && [ "$1" != -- ]; do
            printf 'export %q\n' "$1"
            shift
        done
        [ "${1:-}" != -- ] || shift
        echo "exec '$loader' --library-path '$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu'" \
            "--argv0 '$binary' '$binary' $* \"\$@\""
    } >"$root/run"
    chmod +x "$root/run"
    echo "$root/run"
}

# The same tests against a server that has gone wrong: positions one column off, hovers with other words.
break_server() {
    printf '#!/bin/sh\nexec node %q %q "$@"\n' "$EDITORS/test/broken-server.js" "$1" >"$SCRATCH/broken-ros-lsp"
    chmod +x "$SCRATCH/broken-ros-lsp"
    echo "$SCRATCH/broken-ros-lsp"
}

# summary LABEL < REPORT: shows the failures with their commentary and prints `LABEL: N passed, N failed`; fails if any
# failed, or none ran.
summary() {
    local report passed failed
    report=$(cat)
    passed=$(grep -c '^ok ' <<<"$report")
    failed=$(grep -c '^not ok ' <<<"$report")
    if [ "$failed" != 0 ] || [ "$passed" = 0 ]; then
        printf '%s\n' "$report"
        [ "$failed" != 0 ] || failed=1
    elif [ -n "${VERBOSE:-}" ]; then
        printf '%s\n' "$report"
    fi
    echo "$1: $passed passed, $failed failed"
    [ "$failed" = 0 ]
}

# all_red LABEL NAME… < REPORT: with a broken server each of the checks NAME must have failed, in YAML and in JSON, and
# not because there was no server at all: `attach` must have passed.
all_red() {
    local label=$1 report name format green=()
    shift
    report=$(cat)
    for format in yaml json; do
        grep -q "^ok attach $format" <<<"$report" || green+=("attach $format, which must pass")
        for name in "$@"; do
            grep -q "^not ok $name $format" <<<"$report" || green+=("$name $format")
        done
    done
    if [ ${#green[@]} -gt 0 ]; then
        printf '%s\n' "$report"
        echo "$label with a broken server: these did not fail: ${green[*]/%/,}"
        return 1
    fi
    echo "$label with a broken server: all $((2 * $#)) checks fail, as they must"
}

# open_terminal NAME COMMAND: a terminal of 140 × 36 characters; keys, screen and saved are about the one opened last.
# Each has a tmux server of its own name: one that is just ending would take a new terminal along.
TERMINALS=0
open_terminal() {
    TERMINALS=$((TERMINALS + 1))
    TERMINAL=ros-lsp-$$-$1-$TERMINALS
    env -u TMUX TERM=xterm-256color LC_ALL=C.UTF-8 \
        tmux -L "$TERMINAL" -f /dev/null new-session -d -x 140 -y 36 "$2"
}

close_terminal() {
    tmux -L "$TERMINAL" kill-server
}

# listened SERVER WIRE: writes WIRE-server, a program that is SERVER and copies all that it hears and says to the file
# WIRE, and prints its path. `keys`, `typed` and `settled` go by the terminal's $WIRE: no fixed pause is right on a busy
# machine, and Helix 25.01 sends changes that come close together in any order.
listened() {
    printf '#!/bin/sh\ntee -a %q | %q "$@" | tee -a %q\n' "$2" "$1" "$2" >"$2-server"
    : >"$2" && chmod +x "$2-server"
    echo "$2-server"
}

# Presses keys, named as tmux names them, one after the other, each when the client and the server are done with the last.
keys() {
    local key
    for key in "$@"; do
        press "$key"
        settled 0.15
    done
}

# Presses keys that change the document: the next one when the server knows of the change.
typed() {
    local key before end
    for key in "$@"; do
        before=$(wire_length)
        press "$key"
        end=$((SECONDS + 4))
        while [ "$(wire_length)" = "$before" ] && [ $SECONDS -lt $end ]; do sleep 0.05; done
        settled 0.15
    done
}

press() {
    tmux -L "$TERMINAL" send-keys -t : "$1"
}

# settled SECONDS: waits until nothing has been said between client and server for so long; at most $PATIENCE seconds.
settled() {
    local before end=$((SECONDS + PATIENCE))
    while :; do
        before=$(wire_length)
        sleep "$1"
        [ "$(wire_length)" != "$before" ] && [ $SECONDS -lt $end ] || return 0
    done
}

# The bytes said so far between client and server.
wire_length() {
    wc -c <"$WIRE"
}

# screen NAME PATTERN [ABSENT]: waits until the screen shows PATTERN and not ABSENT, extended regular expressions.
screen() {
    local text end=$((SECONDS + PATIENCE))
    while :; do
        text=$(tmux -L "$TERMINAL" capture-pane -p -t : 2>&1 | sed 's/ *$//')
        if grep -qE -- "$2" <<<"$text" && { [ -z "${3:-}" ] || ! grep -qE -- "$3" <<<"$text"; }; then
            echo "ok $1"
            keep_screen "$1" "$text"
            return
        fi
        [ $SECONDS -lt $end ] || break
        sleep 0.1
    done
    echo "not ok $1"
    sed 's/^/    | /' <<<"$text"
    return 1
}

# saved NAME FILE TEXT: waits until the file holds the text.
saved() {
    local end=$((SECONDS + PATIENCE))
    while [ "$(cat "$2")" != "$3" ]; do
        if [ $SECONDS -ge $end ]; then
            echo "not ok $1"
            diff <(echo "$3") "$2" | sed 's/^/    | /'
            return
        fi
        sleep 0.1
    done
    echo "ok $1"
}

keep_screen() {
    [ -z "${SCREENS:-}" ] || { mkdir -p "$SCREENS" && printf '%s\n' "$2" >"$SCREENS/${1// /-}.txt"; }
}

# The pages that a newcomer follows; the heading in them of what to try without an editor.
GETTING_STARTED=("$(dirname "$EDITORS")"/docs/getting-started.md "$(dirname "$EDITORS")"/docs/getting-started.zh.md)
FIRST_TRY='Try it without an editor|不用编辑器先试一试'

# printed PAGE HEADING LANGUAGE: the first block of code in that language below the heading, word for word.
printed() {
    awk -v heading="^## ($2)\$" -v fence="^\`\`\`$3\$" '
        /^## / { below = $0 ~ heading }
        inside && /^```/ { exit }
        inside
        below && $0 ~ fence { inside = 1 }' "$1"
}

# new_home PAGE SERVER: an empty home as the page supposes it, this checkout in ~/ros-lsp and the server in ~/.local/bin, and
# in `我的 模板` the page's template. $NEWCOMER is the command line's beginning for programs in it.
new_home() {
    NEW_HOME=$(TMPDIR=$SCRATCH mktemp -d)
    mkdir -p "$NEW_HOME/.local/bin" "$NEW_HOME/我的 模板"
    ln -s "$(dirname "$EDITORS")" "$NEW_HOME/ros-lsp"
    WIRE=$NEW_HOME/wire
    ln -s "$(listened "$2" "$WIRE")" "$NEW_HOME/.local/bin/ros-lsp"
    NEWCOMER="cd '$NEW_HOME/我的 模板' && env -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME -u XDG_CACHE_HOME \
        -u ROS_LSP_DOCS HOME='$NEW_HOME' PATH='$NEW_HOME/.local/bin:$PATH'"
    eval "$NEWCOMER bash -s" <<<"$(printed "$1" "$FIRST_TRY" sh)" >/dev/null
}
