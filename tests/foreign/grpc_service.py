"""Runs the service on a demo's store and other people's gRPC clients against it: grpc_service.py DEMO."""
import csv
import json
import subprocess
import sys
from pathlib import Path

from check import LONGEST, ROOT, check, run_well, section, serve, stop

DEMO = Path(sys.argv[1])
FOREIGN = ROOT / "tests/foreign"


def somebody_certified() -> str:
    """The number of a person with a matched record: the demo's facilities attest all, so most of them have one."""
    matched = {(r["facility"], r["reference"]) for r in map(json.loads, (DEMO / "records.ndjson").open(encoding="utf-8"))
               if r["state"] == "matched"}
    with (DEMO / "campaign/records.csv").open(encoding="utf-8-sig", newline="") as file:
        return next(row["identity_number"] for row in csv.DictReader(file)
                    if row["dose_number"] == "2" and (row["facility"], row["reference"]) in matched)


def first_facility() -> str:
    with (DEMO / "campaign/facilities.csv").open(encoding="utf-8-sig", newline="") as file:
        return next(csv.DictReader(file))["code"]


def some_hc1() -> str:
    with (DEMO / "certificates.ndjson").open(encoding="utf-8") as file:
        return json.loads(next(file))["hc1"]


def token(*arguments) -> str:
    return run_well("token", "--data", DEMO / "data", *arguments).strip()


with section("gRPC"):
    clerk = token("--role", "facility-clerk", "--facility", first_facility())
    citizen = token("--role", "citizen", "--identity-number", somebody_certified())
    others = json.dumps({
        "signatory": token("--role", "facility-signatory", "--facility", first_facility()),
        "operator": token("--role", "ministry-operator"),
        "hc1": some_hc1(),
    })
    process, said = serve("--data", DEMO / "data", "--grpc-urls", "http://127.0.0.1:0")
    try:
        address = said["grpcAddresses"][0].removeprefix("http://")
        for client in ([sys.executable, FOREIGN / "check_grpc.py"], ["node", FOREIGN / "check_grpc.mjs"]):
            arguments = [address, clerk, citizen, Path(client[1]).suffix[1:], others]
            ended = subprocess.run([*client, *arguments], timeout=LONGEST)
            if ended.returncode != 0:
                check(f"{Path(client[1]).name} runs to its end", [f"exit code {ended.returncode}"])
    finally:
        check("the service stops when told", stop(process) == 0)
