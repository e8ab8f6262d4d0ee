"""What the scripted checks share: a line a check, and the program as somebody outside runs it."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DLL = os.environ.get("ISSUER_DLL", str(ROOT / "src/Issuer.Server/bin/Release/net10.0/issuer.dll"))
SCRATCH = Path(os.environ.get("ISSUER_SCRATCH") or tempfile.mkdtemp(prefix="issuer-tests."))
FULL = os.environ.get("ISSUER_FULL") == "1"
# Only ends what would go on for ever: a busy machine must not reach it.
LONGEST = 600
MOST_FAULTS_SHOWN = 10


def check(title: str, faults) -> bool:
    """One check: passes when there is no fault. Takes a list of faults, or whether it holds."""
    if isinstance(faults, bool):
        faults = [] if faults else ["it does not hold"]
    faults = list(faults)
    for fault in faults[:MOST_FAULTS_SHOWN]:
        print(f"   {title}: {fault}")
    if len(faults) > MOST_FAULTS_SHOWN:
        print(f"   … and {len(faults) - MOST_FAULTS_SHOWN} more")
    print(f"{'not ok' if faults else 'ok'} - {title}", flush=True)
    return not faults


@contextmanager
def section(title: str):
    """Whatever breaks inside is a failed check, and the next section still runs."""
    try:
        yield
    except Exception:  # noqa: BLE001 - the traceback is the message
        traceback.print_exc(file=sys.stdout)
        print(f"not ok - {title} could not be checked", flush=True)


def command(*arguments) -> list[str]:
    return ["dotnet", DLL, *map(str, arguments)]


def issuer(*arguments, environment="Development", stdin="", timeout=LONGEST, **variables) -> subprocess.CompletedProcess:
    """Runs the built program; None as environment leaves the variable unset, as on a fresh machine."""
    env = {k: v for k, v in os.environ.items() if k not in ("ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT")}
    if environment:
        env["DOTNET_ENVIRONMENT"] = environment
    return subprocess.run(command(*arguments), input=stdin, env=env | variables, timeout=timeout,
                          capture_output=True, encoding="utf-8")


def run_well(*arguments, **options) -> str:
    """The output of a verb that must succeed."""
    result = issuer(*arguments, **options)
    if result.returncode != 0:
        raise RuntimeError(f"issuer {' '.join(map(str, arguments))} ended with {result.returncode}: {result.stderr}")
    return result.stdout


def eventually(what: str, holds, longest=LONGEST):
    """Waits for a state, never for a time: returns what holds() returned when that was true at last."""
    end = time.monotonic() + longest
    while not (found := holds()):
        if time.monotonic() > end:
            raise RuntimeError(f"this did not come true in {longest} s: {what}")
        time.sleep(0.05)
    return found


def development() -> dict:
    return os.environ | {"DOTNET_ENVIRONMENT": "Development"}


def serve(*arguments, under=()) -> tuple[subprocess.Popen, dict]:
    """
    `issuer serve` on ports of its own choice, once it listens, and what it says of itself: `addresses` and
    `grpcAddresses`. In a session of its own, for kill() and stop().
    """
    process = subprocess.Popen(
        [*under, *command("serve", "--json", "--urls", "http://127.0.0.1:0", *arguments)], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=development(), start_new_session=True)
    # One that hangs says nothing for ever.
    watch = threading.Timer(LONGEST, kill, [process])
    watch.start()
    try:
        line = process.stdout.readline()
    finally:
        watch.cancel()
    if not line:
        raise RuntimeError(f"serve ended with {process.wait()} before it listened")
    return process, json.loads(line)


def kill(process: subprocess.Popen) -> None:
    """Without a word, it and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def stop(process: subprocess.Popen) -> int:
    """As an operator does; the exit code."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        return process.wait(LONGEST)
    except subprocess.TimeoutExpired:
        kill(process)
        return process.returncode
