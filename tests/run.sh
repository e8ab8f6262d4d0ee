#!/usr/bin/env bash
# Runs the tests: everything, or the parts named.
#
#   tests/run.sh [--full] [PART…]     parts: build format unit server fuzz foreign grpc faults readme, mutation
#
# --full runs the long versions (100 seeded kills instead of 10) and adds the long parts (mutation), each under an hour
# and going on where it was stopped. With ISSUER_NO_SKIP=1 what cannot run has failed.
# A part prints "ok - …", "not ok - …" or "skip - …" for every check. The last line is "N passed, N failed".
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
root=$PWD

parts=(build format unit server fuzz foreign grpc faults readme)
long_parts=(mutation)
export ISSUER_FULL=0
no_skip=${ISSUER_NO_SKIP:-0}
wanted=()
for argument in "$@"; do
    case $argument in
        --full) ISSUER_FULL=1 ;;
        -h | --help) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
        *)
            if [[ " ${parts[*]} ${long_parts[*]} " != *" $argument "* ]]; then
                echo "no such part: $argument (${parts[*]} ${long_parts[*]})" >&2
                exit 2
            fi
            wanted+=("$argument")
            ;;
    esac
done

# Not `python3`: another one may come first on PATH, and Debian's packages belong to this one.
export ISSUER_PYTHON=/usr/bin/python3
export ISSUER_DLL=$root/src/Issuer.Server/bin/Release/net10.0/issuer.dll
export ISSUER_BENCHMARKS_DLL=$root/tests/Issuer.Benchmarks/bin/Release/net10.0/Issuer.Benchmarks.dll
export PYTHONPATH=$root/tests:$root/tests/foreign PYTHONDONTWRITEBYTECODE=1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
# The parts choose their environment and store themselves.
unset ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT ConnectionStrings__Issuer

scratch=$(mktemp -d "${TMPDIR:-/tmp}/issuer-tests.XXXXXX")
export ISSUER_SCRATCH=$scratch
trap 'rm -rf "$scratch"' EXIT

passed=0
failed=0
skipped=0

# --- what the parts need ---------------------------------------------------------------------------------------------

debian_packages=(postgresql-15 zbar-tools strace python3-cbor2 python3-cryptography openssl
    python3-grpcio python3-protobuf protobuf-compiler nginx chromium)

missing_packages() {
    command -v dpkg-query >/dev/null || return 0
    local package
    for package in "${debian_packages[@]}"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done
}

install_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    [[ ${#missing[@]} -eq 0 ]] && return
    if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
        echo "installing ${missing[*]}"
        export DEBIAN_FRONTEND=noninteractive
        { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } \
            >"$scratch/apt.log" 2>&1 </dev/null || tail -n 20 "$scratch/apt.log"
    else
        echo "missing, and only root may install them: apt-get install ${missing[*]}"
    fi
}

# needs COMMAND… : says what to install and skips the check when a command is not there.
needs() {
    local command
    for command in "$@"; do
        if ! command -v "$command" >/dev/null; then
            echo "skip - $command is missing: apt-get install ${debian_packages[*]}, and Node 20"
            return 1
        fi
    done
}

needs_python() {
    "$ISSUER_PYTHON" -c 'import cbor2, cryptography' 2>/dev/null && return
    echo "skip - $ISSUER_PYTHON lacks cbor2 or cryptography: apt-get install python3-cbor2 python3-cryptography"
    return 1
}

# --- counting --------------------------------------------------------------------------------------------------------

# run_part NAME COMMAND… : runs it, counts the lines it printed for its checks, and shows what failed.
run_part() {
    local name=$1 log=$scratch/$1.log started=$SECONDS status=0 ok=0 not_ok=0 skip=0
    shift
    printf '== %s\n' "$name"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    ok=$(grep -c '^ok - ' "$log")
    not_ok=$(grep -c '^not ok - ' "$log")
    skip=$(grep -c '^skip - ' "$log")
    if ((status != 0 && not_ok == 0)); then
        echo "not ok - $name ended with exit code $status" >>"$log"
        not_ok=1
    elif ((ok + not_ok + skip == 0)); then
        echo "not ok - $name ran no check at all" >>"$log"
        not_ok=1
    fi
    if ((not_ok > 0)); then
        grep -v '^ok - ' "$log" | tail -n 400
    else
        grep -E '^(skip|note) - ' "$log"
    fi
    if ((no_skip)); then
        not_ok=$((not_ok + skip))
    fi
    passed=$((passed + ok))
    failed=$((failed + not_ok))
    skipped=$((skipped + skip))
    printf '   %s: %d passed, %d failed, %d skipped, %d s\n' "$name" "$ok" "$not_ok" "$skip" $((SECONDS - started))
}

# Prints a check's outcome from the exit code of a command, with the command's output when it failed.
check() {
    local title=$1 log=$scratch/check.log
    shift
    if "$@" >"$log" 2>&1 </dev/null; then
        echo "ok - $title"
    else
        cat "$log"
        echo "not ok - $title"
    fi
}

# --- the parts -------------------------------------------------------------------------------------------------------

part_build() {
    local locked=()
    [[ ${CI:-} == true || $no_skip == 1 ]] && locked=(--locked-mode)
    check "packages restore ${locked[*]}" dotnet restore Issuer.sln "${locked[@]}"
    check "builds without a warning" dotnet build Issuer.sln -c Release --no-restore
}

part_format() {
    check "dotnet format has nothing to change" dotnet format Issuer.sln --verify-no-changes --no-restore
}

# dotnet_tests PROJECT : the counts come from the result file, not from what the console says in some language.
dotnet_tests() {
    local results=$scratch/$1
    dotnet test "tests/$1" -c Release --no-build --logger "trx;LogFileName=result.trx" --results-directory "$results"
    "$ISSUER_PYTHON" tests/trx.py "$1" "$results/result.trx"
}

part_unit() { dotnet_tests Issuer.Tests; }

part_server() { dotnet_tests Issuer.Server.Tests; }

# The service with what nobody should send; the seed it prints repeats it.
part_fuzz() {
    export ISSUER_FUZZ_REQUESTS=$((ISSUER_FULL ? 500000 : 50000)) ISSUER_FUZZ_REPORT=$scratch/fuzz.txt
    dotnet test tests/Issuer.Server.Tests -c Release --no-build --filter "FullyQualifiedName~RequestFuzzTests" \
        --logger "trx;LogFileName=result.trx" --results-directory "$scratch/fuzz"
    [[ -f $ISSUER_FUZZ_REPORT ]] && sed 's/^/note - /' "$ISSUER_FUZZ_REPORT"
    "$ISSUER_PYTHON" tests/trx.py fuzz "$scratch/fuzz/result.trx"
}

# As somebody has it who only has the program: no checkout above it, and none above where it is run.
published_demo() (
    program=$scratch/published/issuer.dll
    dotnet publish src/Issuer.Server -c Release --no-build -o "$scratch/published" || exit
    mkdir -p "$scratch/elsewhere/ceremony" && cd "$scratch/elsewhere" || exit
    dotnet "$program" demo --people 20 --seed 1 --out made || exit
    head -n 1 made/certificates.ndjson | sed 's/.*"hc1":"\([^"]*\)".*/\1/' |
        dotnet "$program" verify - --bundle made/data/published/bundle.bin --anchor made/anchor.pem || exit
    # The keys are the store's own, and the next command finds them.
    [[ -f made/data/keys/anchor.key ]] && dotnet "$program" publish --out again --data made/data || exit
    # A ceremony, which is never in Development, refuses them.
    dotnet "$program" dsc request --data made/data --out dsc.csr || exit
    cp made/data/keys/csca-*.key ceremony/csca.key && cp made/data/keys/csca-*.pem ceremony/csca.pem || exit
    dotnet "$program" dsc issue --request dsc.csr --csca ceremony --out dsc.pem 2>&1 | grep "made in Development"
)

# Somebody else's program, outside the checkout, with the packages alone. What they need lies in the cache already, since
# the solution was restored; they themselves come from a feed and a cache of their own, never from an older run.
packages() (
    feed=$scratch/feed consumer=$scratch/consumer
    dotnet pack Issuer.sln -c Release --no-build -o "$feed" || exit
    (cd "$feed" && ls) | tee "$scratch/packed"
    IssuerVersion=$(dotnet msbuild src/Issuer.Verification -getProperty:Version) || exit
    export IssuerVersion
    diff "$scratch/packed" <(printf '%s\n' Issuer.{Hcert,Verification}."$IssuerVersion.nupkg") || exit
    cache=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
    cp -r tests/packages "$consumer" && cd "$consumer" || exit
    dotnet build -c Release --source "$feed" \
        -p:RestorePackagesPath="$scratch/feed-cache" -p:RestoreFallbackFolders="$cache" || exit
    dotnet bin/Release/net10.0/Consumer.dll golden
)

part_foreign() {
    check "a program outside the checkout judges certificates with the packed packages alone" packages
    check "the published program runs the demo from any folder, with keys of its own" published_demo
    needs "$ISSUER_PYTHON" openssl && needs_python || return 0
    "$ISSUER_PYTHON" tests/foreign/planted.py
    "$ISSUER_PYTHON" tests/foreign/planted_cleaning.py $((ISSUER_FULL ? 100000 : 2000))
    local demo=$scratch/demo
    check "the demo runs" dotnet "$ISSUER_DLL" demo --people 200 --seed 7 --out "$demo"
    "$ISSUER_PYTHON" tests/foreign/check_demo.py "$demo"
    needs zbarimg && "$ISSUER_PYTHON" tests/foreign/check_qr.py "$demo"
    if needs node npm && node_packages; then
        node tests/foreign/check_demo.mjs "$demo"
        node tests/foreign/check_trust.mjs "$demo"
        local api=$scratch/api-demo
        check "a demo for the clients of others runs" dotnet "$ISSUER_DLL" demo --people 200 --seed 7 --out "$api"
        needs chromium && "$ISSUER_PYTHON" tests/foreign/api_service.py "$api"
    fi
    local slices=$scratch/slices
    check "slices and batches are made" dotnet "$ISSUER_BENCHMARKS_DLL" slices --out "$slices" \
        --certificates $((ISSUER_FULL ? 100000 : 5000))
    local mode
    for mode in point vector coordinate; do
        check "$mode slices and batches, read from their public description, agree with every certificate" \
            "$ISSUER_PYTHON" tests/foreign/read_slices.py "$slices" "$mode"
    done
    # Last: they revoke some of the demo's certificates.
    needs nginx && "$ISSUER_PYTHON" tests/foreign/check_publication.py "$demo"
    "$ISSUER_PYTHON" tests/foreign/eu_lists_client.py "$demo"
}

part_grpc() {
    needs "$ISSUER_PYTHON" protoc node npm && node_packages || return 0
    if ! "$ISSUER_PYTHON" -c 'import grpc, google.protobuf' 2>/dev/null; then
        echo "skip - $ISSUER_PYTHON lacks grpc: apt-get install python3-grpcio python3-protobuf"
        return 0
    fi
    # One of its own: the foreign readers revoke certificates in theirs, anybody's.
    local demo=$scratch/grpc-demo
    check "the demo runs" dotnet "$ISSUER_DLL" demo --people 200 --seed 7 --out "$demo"
    "$ISSUER_PYTHON" tests/foreign/grpc_service.py "$demo"
}

node_packages() {
    local log=$scratch/npm.log
    (cd tests/foreign && { npm ls --omit=optional || npm ci; }) >"$log" 2>&1 </dev/null && return
    cat "$log"
    echo "skip - the packages of tests/foreign cannot be installed"
    return 1
}

part_faults() {
    "$ISSUER_PYTHON" tests/faults/bad_input.py
    "$ISSUER_PYTHON" tests/faults/kills.py
    "$ISSUER_PYTHON" tests/faults/publish_kills.py
    "$ISSUER_PYTHON" tests/faults/bulk_kills.py
    "$ISSUER_PYTHON" tests/faults/import_kills.py
    needs strace && "$ISSUER_PYTHON" tests/faults/durability.py
}

part_readme() { tests/readme.sh; }

part_mutation() {
    check "the tool is restored" dotnet tool restore
    "$ISSUER_PYTHON" tests/mutation/mutate.py
}

# --- run -------------------------------------------------------------------------------------------------------------

install_packages
if [[ ${#wanted[@]} -eq 0 ]]; then
    wanted=("${parts[@]}")
    ((ISSUER_FULL)) && wanted+=("${long_parts[@]}")
elif [[ ! -f $ISSUER_DLL && " ${wanted[*]} " != *" build "* ]]; then
    wanted=(build "${wanted[@]}")
fi
for part in "${wanted[@]}"; do
    run_part "$part" "part_$part"
done

((skipped > 0)) && echo "$skipped skipped"
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
