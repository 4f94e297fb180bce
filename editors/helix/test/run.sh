#!/usr/bin/env bash
# Tests languages.toml in real Helixes, in a terminal. Usage: run.sh [HX…]; without arguments it gets the versions below,
# cached in $ROS_LSP_CLIENTS_CACHE. VERBOSE=1 shows all checks; SCREENS=FOLDER keeps the screens.
set -uo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$HERE/../../test/lib.sh"

NEWEST=25.07   # Debian's development suite
OLDEST=25.01   # Debian's stable suite

debian() {
    local folder=helix-$1
    debian_unpack "$folder" "$2" hx "$1*" || return 1
    debian_program "$folder" usr/lib/hx/hx "HELIX_RUNTIME=$CACHE/$folder/usr/lib/hx/runtime"
}

# start HX SERVER FILE: opens a copy of the template with the project's languages.toml, the server found on PATH.
start() {
    WORKSPACE=$(mktemp -d "$SCRATCH/workspace.XXXX")
    cp "$TEMPLATES"/* "$WORKSPACE"
    mkdir -p "$WORKSPACE/bin" "$WORKSPACE/config/helix"
    ln -s "$2" "$WORKSPACE/bin/ros-lsp"
    cp "$HERE/../languages.toml" "$WORKSPACE/config/helix"
    open_terminal "helix-$3" "cd '$WORKSPACE' && XDG_CONFIG_HOME='$WORKSPACE/config' XDG_CACHE_HOME='$WORKSPACE/cache' \
        PATH='$WORKSPACE/bin:$PATH' exec '$1' $3"
}

# menu FORMAT PATTERN: waits for the menu that opens while typing, and asks for it where it doesn't.
# N.B. Ctrl-x while the menu is open would bring another answer after the choice.
menu() {
    PATIENCE=2 screen "completion menu $1" "$2" >/dev/null || { keys C-x; screen "completion menu $1" "$2"; } >/dev/null
}

# features HX SERVER
features() {
    local format
    for format in yaml json; do
        steadily session "$1" "$2" "$format"
    done
}

# session HX SERVER FORMAT
session() {
    local format=$3 file template yaml
    file=network.${format/yaml/yml}
    template=$TEMPLATES/$file
    yaml=$([ $format = yaml ] && echo 1)
    start "$1" "$2" "$file"
    PATIENCE=15 screen "attach $format" '●'
    keys ']' d c X Y Z Escape ':w' Enter
    saved "diagnostics $format" "$WORKSPACE/$file" "$(sed 's/Vcp/XYZ/' "$template")"
    keys u '/CidrBlock' Enter Space k
    screen "hover $format" 'CidrBlock.* string .* ALIYUN::ECS::VSwitch'
    keys Escape '/VSwitchId' Enter g d
    screen "definition $format" "$([ $yaml ] && echo ' 15:3$' || echo ' 18:6$')"
    keys Space s 交换机 Enter
    screen "outline $format" "$([ $yaml ] && echo ' 8:3$' || echo ' 8:5$')"
    keys '/Vcp' Enter c V p
    menu "$format" 'Vpc +reference'
    keys C-n Enter Escape ':w' Enter
    saved "completion $format" "$WORKSPACE/$file" "$(sed 's/Vcp/Vpc/' "$template")"
    screen "mended $format" 'network' '●'
    keys '/ALIYUN::ECS::VSwitch' Enter c v s w i
    menu "$format" 'ALIYUN::ECS::VSwitch +class'
    keys C-n Enter Escape ':w' Enter
    saved "types $format" "$WORKSPACE/$file" "$(sed 's/Vcp/Vpc/' "$template")"
    keys '/VSwitchName' Enter O
    [ $yaml ] || keys '"'
    # Letter by letter: Helix 25.01 sends the changes of keys that come at once in any order.
    keys T a g
    menu "$format" 'Tags +property'
    keys C-n Enter Escape ':w' Enter
    saved "block $format" "$WORKSPACE/$file" "$(sed 's/Vcp/Vpc/' "$template" | if [ $yaml ]; then
        sed 's/^      VSwitchName/      Tags:\n        - \n&/'
    else
        sed 's/^        "VSwitchName/        "Tags": [],\n&/'
    fi)"
    close_terminal
}

SERVER=$(find_server) || exit 1
command -v tmux >/dev/null || { echo "helix: skipped, there is no tmux"; exit 0; }
status=0

test_version() {
    features "$1" "$SERVER" | summary "$("$1" --version | cut -d' ' -f1,2)" || status=1
}

if [ $# -gt 0 ]; then
    for hx in "$@"; do test_version "$hx"; done
    exit $status
fi

for version in "$OLDEST trixie" "$NEWEST sid"; do
    if ! hx=$(debian $version); then
        echo "helix ${version% *}: skipped, Debian's packages can't be had here"
        continue
    fi
    test_version "$hx"
    if [ "${version% *}" = "$OLDEST" ]; then
        PATIENCE=2 TRIES=1 features "$hx" "$(break_server "$SERVER")" |
            all_red "helix $OLDEST" diagnostics hover definition outline completion block || status=1
    fi
done
exit $status
