#!/usr/bin/env bash
# Runs the first two ```sh blocks of the README as typed, in a fresh copy of the repository: the first screen must be
# true. Then, in the same copy, each page of docs: its blocks that begin with ```sh run, in their order.
# What a copy is made of: the files that git knows, as they stand now.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
scratch=${ISSUER_SCRATCH:-$(mktemp -d)}
copy=$scratch/readme/issuer
python=${ISSUER_PYTHON:-/usr/bin/python3}

commands=$(awk '/^```sh$/ && seen < 2 { inside = 1; seen++; next } /^```/ { inside = 0 } inside' README.md)
# The gate itself stands there as the test command; running it from here would never end.
commands=$(grep -v -E '(^|[ /])tests/run\.sh|\.ci/run' <<<"$commands")
if ! grep -q '[^[:space:]]' <<<"$commands"; then
    echo 'skip - README.md has no ```sh block with commands yet: its first screen must show the thing working'
    exit 0
fi

mkdir -p "$copy"
git ls-files -z --cached --others --exclude-standard |
    tar --null --files-from=- --create --ignore-failed-read | tar --extract --directory "$copy"
unset DOTNET_ENVIRONMENT ASPNETCORE_ENVIRONMENT

# run_commands TITLE LOG COMMANDS : in a session of its own, so that a service it leaves behind can be ended with it.
run_commands() {
    local title=$1 log=$2 commands=$3 session status=0
    (cd "$copy" && exec setsid bash -euo pipefail -c "$commands") >"$log" 2>&1 </dev/null &
    session=$!
    wait "$session" || status=$?
    kill -TERM -- "-$session" 2>/dev/null
    if ((status == 0)); then
        echo "ok - $title ($(grep -c '[^[:space:]]' <<<"$commands") lines)"
    else
        tail -n 40 "$log"
        echo "not ok - $title:"
        sed 's/^/   /' <<<"$commands"
    fi
    return "$status"
}

# A README may begin with the clone and the cd into it; here both are already true.
commands=$(grep -v -E '^(\$ )?(git clone|cd issuer)' <<<"$commands" | sed 's/^\$ //')
run_commands "the README's first commands run as typed" "$scratch/readme.log" "$commands" || exit 0

free_ports() {
    "$python" - <<'PORTS'
import socket
held = [socket.socket() for _ in range(2)]
for one in held:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in held))
PORTS
}

# `issuer` is the program that the README's first command built. Ports: somebody may hold the usual ones.
for page in docs/*.md; do
    commands=$(awk '/^```sh run$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$page")
    [[ -n $commands ]] || continue
    read -r http grpc < <(free_ports)
    commands=$(sed "s/127\.0\.0\.1:8080/127.0.0.1:$http/g; s/127\.0\.0\.1:8081/127.0.0.1:$grpc/g" <<<"$commands")
    commands="issuer() { dotnet src/Issuer.Server/bin/Release/net10.0/issuer.dll \"\$@\"; }
$commands"
    run_commands "the commands of $page run as typed" "$scratch/$(basename "$page" .md).log" "$commands"
done
exit 0
