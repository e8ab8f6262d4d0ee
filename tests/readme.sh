#!/usr/bin/env bash
# Runs the first two ```sh blocks of the README as typed, in a fresh copy of the repository: the first screen must be true.
# What a copy is made of: the files that git knows, as they stand now.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
scratch=${ISSUER_SCRATCH:-$(mktemp -d)}
copy=$scratch/readme/issuer

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
# A README may begin with the clone and the cd into it; here both are already true.
commands=$(grep -v -E '^(\$ )?(git clone|cd issuer)' <<<"$commands" | sed 's/^\$ //')
log=$scratch/readme.log
if (cd "$copy" && unset DOTNET_ENVIRONMENT ASPNETCORE_ENVIRONMENT && bash -euo pipefail -c "$commands") \
    >"$log" 2>&1 </dev/null; then
    echo "ok - the README's first commands run as typed ($(grep -c '[^[:space:]]' <<<"$commands") lines)"
else
    tail -n 40 "$log"
    echo "not ok - the README's first commands run as typed:"
    sed 's/^/   /' <<<"$commands"
fi
