"""Runs the service on a demo's store and other people's gRPC clients against it: grpc_service.py DEMO."""
import csv
import json
import os
import subprocess
import sys
from pathlib import Path

from check import ROOT, check, command, run_well, section

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


def token(*arguments) -> str:
    return run_well("token", "--data", DEMO / "data", *arguments).strip()


with section("gRPC"):
    clerk = token("--role", "facility-clerk", "--facility", first_facility())
    citizen = token("--role", "citizen", "--identity-number", somebody_certified())
    serve = subprocess.Popen(
        command("serve", "--json", "--data", DEMO / "data", "--urls", "http://127.0.0.1:0",
                "--grpc-urls", "http://127.0.0.1:0"),
        stdout=subprocess.PIPE, text=True, env=os.environ | {"DOTNET_ENVIRONMENT": "Development"})
    try:
        address = json.loads(serve.stdout.readline())["grpcAddresses"][0].removeprefix("http://")
        for client in ([sys.executable, FOREIGN / "check_grpc.py"], ["node", FOREIGN / "check_grpc.mjs"]):
            ended = subprocess.run([*client, address, clerk, citizen, Path(client[1]).suffix[1:]], timeout=120)
            if ended.returncode != 0:
                check(f"{Path(client[1]).name} runs to its end", [f"exit code {ended.returncode}"])
    finally:
        serve.terminate()
        check("the service stops when told", serve.wait(30) == 0)
