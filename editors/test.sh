#!/usr/bin/env bash
# Runs the end-to-end tests of all editors' clients, or of those named (`test.sh neovim helix`), and prints a table.
# The server is $ROS_LSP, or the release build of this checkout. VERBOSE=1 shows all output. A client that can't be had
# here is skipped with the reason; anything else that goes wrong makes the exit code 1.
set -uo pipefail
cd "$(dirname "$0")"
. test/lib.sh
ROS_LSP=$(find_server) || exit 1
export ROS_LSP ROS_LSP_BINARY=$ROS_LSP

[ $# -gt 0 ] || set -- */
status=0
table=()
for client in "${@%/}"; do
    [ -x "$client/test/run.sh" ] || continue
    begin=$SECONDS
    output=$("$client/test/run.sh" 2>&1)
    code=$?
    [ $code = 0 ] && [ -z "${VERBOSE:-}" ] || printf '%s\n' "$output"
    [ $code = 0 ] || status=1
    if [ $code != 0 ]; then
        word=FAILED
    elif grep -qE '[0-9]+ passed' <<<"$output"; then
        word=passed
    else
        word=skipped
    fi
    table+=("$(printf '%-8s %-8s %4d s' "$client" "$word" $((SECONDS - begin)))")
    while read -r line; do
        table+=("$(printf '%-24s %s' '' "$line")")
    done < <(grep -E '^[^ ].*([0-9]+ passed, [0-9]+ failed|skipped|broken server)' <<<"$output")
done
printf '%s\n' "${table[@]}"
exit $status
