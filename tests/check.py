"""What the scripted checks share: a line a check, and the program as somebody outside runs it."""
import os
import subprocess
import sys
import tempfile
import traceback
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DLL = os.environ.get("ISSUER_DLL", str(ROOT / "src/Issuer.Server/bin/Release/net10.0/issuer.dll"))
SCRATCH = Path(os.environ.get("ISSUER_SCRATCH") or tempfile.mkdtemp(prefix="issuer-tests."))
FULL = os.environ.get("ISSUER_FULL") == "1"
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


def issuer(*arguments, environment="Development", stdin="", timeout=120, **variables) -> subprocess.CompletedProcess:
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
