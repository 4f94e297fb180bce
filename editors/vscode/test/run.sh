#!/usr/bin/env bash
# Tests the packaged extension in the real VS Code: the current version and the oldest that it claims to support.
#   ROS_LSP_BINARY               the server to pack (the release build of this repository)
#   ROS_LSP_CLIENTS_CACHE        where downloads are kept (~/.cache/ros-lsp-clients)
#   ROS_LSP_UPDATE_IMAGES=1      keep the screenshots in images/
#   ROS_LSP_TEST_BREAK=server    a server path that leads nowhere: everything must go red
set -uo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=clients.sh
. test/clients.sh

if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ] || ! command -v npm >/dev/null; then
    echo "vscode: skipped, the tests need npm on Linux x64"
    exit 0
fi
fetch_all
case $? in
0) ;;
2)
    echo "vscode: skipped, the package registries can't be reached"
    exit 0
    ;;
*) exit 1 ;;
esac

OUT="$PWD/test/out"
rm -rf "$OUT"
mkdir -p "$OUT"
# node 24 for our own scripts, which read TypeScript.
PATH="$(dirname "$(node_of "${CURRENT[2]}")"):$PATH"
export OUT PATH VSIX="$OUT/ros-lsp.vsix"
npx vsce package --out "$VSIX" >"$OUT/package.log" 2>&1 || {
    cat "$OUT/package.log"
    exit 1
}

# drive MODE VERSION CODE-SERVER NODE: the output goes to a file, the exit code with it.
drive() {
    CODE="$(code_of "$3")" NODE="$(node_of "$4")" node test/drive.mjs "$1" >"$OUT/$1-$2.txt" 2>&1
    echo "exit $?" >>"$OUT/$1-$2.txt"
}

unit() {
    VSCODE_EXTENSIONS="$(code_of "$3")/extensions" npm --silent test >"$OUT/unit-$2.txt" 2>&1
    echo "exit $?" >>"$OUT/unit-$2.txt"
}

# Two at a time: they mostly wait.
drive suite "${CURRENT[@]}" &
drive suite "${OLDEST[@]}"
wait
drive ui "${CURRENT[@]}" &
unit - "${CURRENT[@]}"
unit - "${OLDEST[@]}"
drive red "${CURRENT[@]}"
wait
drive broken "${CURRENT[@]}" &
drive chinese "${CURRENT[@]}"
wait

status=0
# report VERSION: the outcome of all runs of one version.
report() {
    local lines passed failed run
    lines="$(cat "$OUT/suite-$1.txt" "$OUT/unit-$1.txt" "$OUT/ui-$1.txt" "$OUT/chinese-$1.txt" 2>/dev/null)"
    for run in suite unit ui chinese; do
        # A run that fell over before it could say which test failed.
        if [ -f "$OUT/$run-$1.txt" ] && ! grep -q '^exit 0$' "$OUT/$run-$1.txt" && ! grep -q '^not ok' "$OUT/$run-$1.txt"; then
            lines+=$'\n'"not ok $run: $(tail -n 5 "$OUT/$run-$1.txt" | tr '\n' ' ')"
        fi
    done
    if [ "$1" = "${CURRENT[0]}" ]; then
        for run in red broken; do
            if grep -q '^exit 0$' "$OUT/$run-$1.txt"; then
                lines+=$'\n'"ok the deliberate break \"$run\" goes red"
            else
                lines+=$'\n'"not ok the deliberate break \"$run\" goes red: $(tr '\n' ' ' <"$OUT/$run-$1.txt")"
            fi
        done
    fi
    grep -A8 '^not ok' <<<"$lines"
    passed=$(grep -c '^ok' <<<"$lines")
    failed=$(grep -c '^not ok' <<<"$lines")
    [ "$failed" = 0 ] && [ "$passed" -gt 20 ] || status=1
    echo "vscode $1: $passed passed, $failed failed"
}
report "${CURRENT[0]}"
report "${OLDEST[0]}"
if [ "${ROS_LSP_UPDATE_IMAGES:-}" = 1 ] && [ "$status" = 0 ]; then
    cp "$OUT"/{problems,hover,completion,outline}.png images/
fi
exit "$status"
