"""
SIGKILL at seeded random moments while `serve` takes records, one by one and as a file: after the restart the file's
job ends by itself, and every record that was acknowledged is there once. ISSUER_SEED chooses the moments.
"""
import http.client
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import store
from check import FULL, SCRATCH, check, command, run_well, section
from durability import free_port, post_record, wait_until_ready

SEED = int(os.environ.get("ISSUER_SEED", "1"))
KILLS = 50 if FULL else 5
ROWS = 20_000
HEADER = "reference,family_name,given_name,sex,date_of_birth,identity_number,product,vaccinated_on"


def served(data: Path, port: int) -> subprocess.Popen:
    process = subprocess.Popen(
        command("serve", "--data", data, "--urls", f"http://127.0.0.1:{port}", "--job-seconds", 3600),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env=os.environ | {"DOTNET_ENVIRONMENT": "Development"})
    wait_until_ready(process, port)
    return process


def kill(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def upload(port: int, token: str, references: list[str]) -> str:
    rows = [HEADER, *(f"{r},Nguyễn,Văn An,M,1980-01-01,001080000001,Pfizer,2022-01-01" for r in references)]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/v1/records/import", "\n".join(rows).encode(), {
        "Authorization": f"Bearer {token}", "Content-Type": "text/csv"})
    answer = connection.getresponse()
    if answer.status != 202:
        raise RuntimeError(f"import answered {answer.status}: {answer.read().decode()}")
    return answer.getheader("Location")


def ended(port: int, token: str, location: str) -> dict:
    for _ in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", location, headers={"Authorization": f"Bearer {token}"})
        job = json.loads(connection.getresponse().read())
        if job["state"] != "running":
            return job
        time.sleep(0.1)
    raise RuntimeError(f"the import did not end: {job}")


def post_until_it_dies(port: int, token: str, name: str, acknowledged: list[str]) -> None:
    try:
        for number in range(100_000):
            status, _ = post_record(port, token, f"{name}-{number}")
            if status == 201:
                acknowledged.append(f"{name}-{number}")
    except (OSError, http.client.HTTPException):
        pass


def rows_at_kill(data: Path, scratch: Path) -> int:
    """Of the file; counted in a copy, so that looking changes nothing."""
    store.snapshot(data, scratch)
    with closing(sqlite3.connect(scratch / "issuer.db")) as database:
        return database.execute("select count(*) from record where reference like 'file-%'").fetchone()[0]


def faults_of(data: Path, wanted: list[str], job: dict) -> list[str]:
    with closing(sqlite3.connect(data / "issuer.db")) as database:
        found = Counter(reference for reference, in database.execute("select reference from record"))
        audited = Counter(record for record, in database.execute(
            "select object_id from audit where act = 'record-submitted'"))
        stored = [record for record, in database.execute("select id from record")]
    faults = [f"{reference} was acknowledged and is there {found[reference]} times"
              for reference in wanted if found[reference] != 1]
    if audited != Counter(stored):
        faults.append("the audit trail does not name every record once")
    if (job["state"], job["done"], job["accepted"] + job["unchanged"]) != ("done", ROWS, ROWS):
        faults.append(f"the job ended otherwise: {job}")
    return faults


def main() -> None:
    scratch = SCRATCH / "import-kills"
    campaign, fresh, data = scratch / "campaign", scratch / "fresh", scratch / "data"
    run_well("sample", "--people", 50, "--seed", 3, "--out", campaign)
    run_well("import", campaign / "facilities.csv", "--data", fresh)
    facility = (campaign / "facilities.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    chance = random.Random(SEED)
    in_the_middle = 0
    for attempt in range(KILLS):
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(fresh, data)
        token = run_well("token", "--role", "facility-clerk", "--facility", facility, "--data", data).strip()
        port, acknowledged = free_port(), []
        process = served(data, port)
        references = [f"file-{number}" for number in range(ROWS)]
        location = upload(port, token, references)
        poster = threading.Thread(target=post_until_it_dies, args=(port, token, f"single-{attempt}", acknowledged))
        poster.start()
        moment = chance.uniform(0.2, 3)
        time.sleep(moment)
        kill(process)
        poster.join()
        rows = rows_at_kill(data, scratch / "snapshot")
        in_the_middle += 0 < rows < ROWS
        port = free_port()
        process = served(data, port)
        job = ended(port, token, location)
        kill(process)
        check(f"serve killed {moment:.2f} s after a file came, {rows} of its rows stored, {len(acknowledged)} single records "
              "acknowledged: all there once", faults_of(data, references + acknowledged, job))
    print(f"note - seed {SEED}: {KILLS} kills, {in_the_middle} of them in the middle of the file")


with section("kills of imports"):
    main()
