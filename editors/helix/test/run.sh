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
    WORKSPACE=$(TMPDIR=$SCRATCH mktemp -d)
    cp "$TEMPLATES"/* "$WORKSPACE"
    mkdir -p "$WORKSPACE/bin" "$WORKSPACE/config/helix"
    WIRE=$WORKSPACE/wire
    ln -s "$(listened "$2" "$WIRE")" "$WORKSPACE/bin/ros-lsp"
    cp "$HERE/../languages.toml" "$WORKSPACE/config/helix"
    open_terminal "helix-$3" "cd '$WORKSPACE' && XDG_CONFIG_HOME='$WORKSPACE/config' XDG_CACHE_HOME='$WORKSPACE/cache' \
        PATH='$WORKSPACE/bin:$PATH' exec '$1' $3"
}

# choose FORMAT PATTERN: waits for the menu that opens while typing, asks for it where it doesn't, and takes what is first.
# An answer that comes later closes the menu again, hence the wait for longer than Helix's own 250 ms before it asks.
choose() {
    settled 0.6
    PATIENCE=2 screen "completion menu $1" "$2" >/dev/null ||
        { keys C-x; settled 0.6; screen "completion menu $1" "$2"; } >/dev/null
    typed C-n Enter
    keys Escape
}

# resync HX FILE: has the server told of the whole text. Helix 25.01 takes a completion back and puts it in anew with one
# key, and may send these two changes in the wrong order; from then on the server would have another text.
resync() {
    case $("$1" --version) in
    *" $OLDEST"*) keys ':buffer-close' Enter ":open $2" Enter ;;
    esac
}

# features HX SERVER: both formats at once, for most of a session is waiting.
features() {
    local format
    for format in yaml json; do
        session "$1" "$2" "$format" >"$SCRATCH/$format" 2>&1 &
    done
    wait
    cat "$SCRATCH"/{yaml,json}
}

# session HX SERVER FORMAT
session() {
    local format=$3 file template yaml rename
    file=network.${format/yaml/yml}
    template=$TEMPLATES/$file
    yaml=$([ $format = yaml ] && echo 1)
    rename=$([ $yaml ] && echo 's/VSwitch\.VSw/子网.VSw/; s/^  VSwitch:/  子网:/' || echo 's/"VSwitch"/"子网"/')
    start "$1" "$2" "$file"
    PATIENCE=15 screen "attach $format" '●'
    keys ']' d
    typed c X Y Z
    keys Escape ':w' Enter
    saved "diagnostics $format" "$WORKSPACE/$file" "$(sed 's/Vcp/XYZ/' "$template")"
    typed u
    keys '/CidrBlock' Enter Space k
    screen "hover $format" 'CidrBlock.* string .* ALIYUN::ECS::VSwitch'
    keys Escape '/VSwitchId' Enter g d
    screen "definition $format" "$([ $yaml ] && echo ' 15:3$' || echo ' 18:6$')"
    keys Space s 交换机 Enter
    screen "outline $format" "$([ $yaml ] && echo ' 8:3$' || echo ' 8:5$')"
    keys '/Vcp' Enter Space a
    screen "offered fix $format" 'Change to `Vpc`' >/dev/null
    typed Enter
    keys ':w' Enter
    saved "fix $format" "$WORKSPACE/$file" "$(sed 's/Vcp/Vpc/' "$template")"
    keys '/VSwitch"?:' Enter l g r
    screen "references $format" "$([ $yaml ] && echo 'network.yml:15' || echo 'network.json:18')"
    keys Escape Space r C-u 子网
    typed Enter
    keys ':w' Enter
    saved "rename $format" "$WORKSPACE/$file" "$(sed "s/Vcp/Vpc/; $rename" "$template")"
    keys u u
    keys '/Vcp' Enter
    typed c V p
    choose "$format" 'Vpc +reference'
    keys ':w' Enter
    saved "completion $format" "$WORKSPACE/$file" "$(sed 's/Vcp/Vpc/' "$template")"
    resync "$1" "$file"
    screen "mended $format" 'network' '●'
    keys '/ALIYUN::ECS::VSwitch' Enter
    typed c v s w i
    choose "$format" 'ALIYUN::ECS::VSwitch +class'
    keys ':w' Enter
    saved "types $format" "$WORKSPACE/$file" "$(sed 's/Vcp/Vpc/' "$template")"
    resync "$1" "$file"
    keys '/VSwitchName' Enter
    typed O
    [ $yaml ] || typed '"'
    typed T a g
    choose "$format" 'Tags +property'
    keys ':w' Enter
    saved "block $format" "$WORKSPACE/$file" "$(sed 's/Vcp/Vpc/' "$template" | if [ $yaml ]; then
        sed 's/^      VSwitchName/      Tags:\n        - \n&/'
    else
        sed 's/^        "VSwitchName/        "Tags": [],\n&/'
    fi)"
    close_terminal
}

# newcomer HX SERVER: what getting-started says, word for word, in an empty home. The offer of documentation is on top.
newcomer() {
    local page
    for page in "${GETTING_STARTED[@]}"; do
        new_home "$page" "$2"
        eval "$NEWCOMER bash -s" <<<"$(printed "$page" Helix sh)"
        open_terminal helix-newcomer "$NEWCOMER LC_ALL=C.UTF-8 '$1' network.yml"
        screen "a newcomer sees diagnostics, ${page##*/}" '● +8 '
        keys Escape Space d
        screen "a newcomer reads the messages, ${page##*/}" 'ROS1005.*no resource'
        close_terminal
    done
}

SERVER=$(find_server) || exit 1
command -v tmux >/dev/null || { echo "helix: skipped, there is no tmux"; exit 0; }
status=0

test_version() {
    { features "$1" "$SERVER"; newcomer "$1" "$SERVER"; } | summary "$("$1" --version | cut -d' ' -f1,2)" || status=1
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
        PATIENCE=2 features "$hx" "$(break_server "$SERVER")" |
            all_red "helix $OLDEST" diagnostics hover definition outline fix rename completion block || status=1
    fi
done
exit $status
