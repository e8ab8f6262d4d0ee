"""Runs the service on a demo's store, and against it a generated client and a browser: api_service.py DEMO."""
import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from check import LONGEST, ROOT, SCRATCH, check, run_well, section, serve, stop

DEMO = Path(sys.argv[1])
FOREIGN = ROOT / "tests/foreign"
TOOLS = FOREIGN / "node_modules/.bin"
CLIENT = SCRATCH / "api-client"
DESCRIPTION = ROOT / "openapi/issuer.json"


def run(*arguments, where=FOREIGN) -> subprocess.CompletedProcess:
    environment = os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    return subprocess.run(list(map(str, arguments)), cwd=where, env=environment, timeout=LONGEST, capture_output=True,
                          encoding="utf-8", stdin=subprocess.DEVNULL)


def faults_of(result: subprocess.CompletedProcess) -> list[str]:
    return [] if result.returncode == 0 else [*result.stdout.splitlines()[-20:], *result.stderr.splitlines()[-20:]]


def generate() -> None:
    """As somebody outside does: types from the description, a program in them, the compiler."""
    CLIENT.mkdir()
    (CLIENT / "node_modules").symlink_to(FOREIGN / "node_modules")
    (CLIENT / "package.json").write_text('{"type": "module"}', "utf-8")
    shutil.copy(FOREIGN / "check_api.ts", CLIENT)
    check("openapi-typescript makes a client of the description",
          faults_of(run(TOOLS / "openapi-typescript", DESCRIPTION, "-o", CLIENT / "issuer.d.ts")))
    check("a program written with the generated types compiles", faults_of(run(
        TOOLS / "tsc", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom",
        "--skipLibCheck", "check_api.ts", where=CLIENT)))


def somebody_matched() -> dict:
    """Somebody with two doses of their own facility, whom the registry knows as they were entered."""
    states = map(json.loads, (DEMO / "records.ndjson").open(encoding="utf-8"))
    matched = {(r["facility"], r["reference"]) for r in states if r["state"] == "matched"}
    with (DEMO / "campaign/records.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file)
                   if row["dose_number"] == "2" and (row["facility"], row["reference"]) in matched)
    day = row["vaccinated_on"]
    last = datetime.strptime(day, "%d/%m/%Y" if "/" in day else "%Y-%m-%d").date()
    return row | {"full_name": f"{row['family_name']} {row['given_name']}",
                  "next_day": min(last + timedelta(days=200), date.today()).isoformat()}


def token(*arguments) -> str:
    return run_well("token", "--data", DEMO / "data", *arguments).strip()


with section("OpenAPI"):
    check("Redocly's linter finds no error", faults_of(run(
        TOOLS / "redocly", "lint", DESCRIPTION, "--extends", "recommended", "--format", "summary")))
    generate()
    person = somebody_matched()
    place = ["--facility", person["facility"]]
    given = json.dumps({
        "clerk": token("--role", "facility-clerk", "--sub", "typist", *place),
        "signatory": token("--role", "facility-signatory", "--sub", "signer", *place),
        "security": token("--role", "ministry-security"), "facility": person["facility"], "person": person,
    })
    process, said = serve("--data", DEMO / "data", "--job-seconds", "1")
    try:
        address = said["addresses"][0]
        for title, *arguments in (("the generated client", "node", CLIENT / "check_api.js", address, given),
                                  ("the browser", "node", FOREIGN / "check_browser.mjs", address)):
            ended = run(*arguments)
            print(ended.stdout, end="")
            if ended.returncode != 0:
                check(f"{title} runs to its end", faults_of(ended))
    finally:
        check("the service stops when told", stop(process) == 0)
