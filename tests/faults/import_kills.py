"""
SIGKILL at seeded random moments while `serve` takes records, one by one and as a file, and matches what is there:
after the restart the file's job ends by itself, every record that was acknowledged is there once, and every one of them
that belongs to somebody is matched with that person. ISSUER_SEED chooses the moments.
"""
import csv
import http.client
import json
import os
import random
import shutil
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import store
from check import FULL, LONGEST, SCRATCH, check, eventually, kill, run_well, section, serve
from durability import get, post_record

SEED = int(os.environ.get("ISSUER_SEED", "1"))
KILLS = 100 if FULL else 10
PEOPLE, DOSES = 2500, 6
ROWS = PEOPLE * DOSES
MATCHED = 1
HEADER = "reference,family_name,given_name,sex,date_of_birth,identity_number,product,vaccinated_on"


def served(data: Path):
    process, said = serve("--data", data, "--job-seconds", 1)
    return process, said["addresses"][0]


def file_rows(campaign: Path) -> list[str]:
    """Some doses of everybody in the population register, as it has them."""
    with open(campaign / "population.csv", encoding="utf-8-sig", newline="") as file:
        people = [person for person in csv.DictReader(file) if person["identity_number"]][:PEOPLE]
    return [f"file-{dose}-{number}," + ",".join(person[column] for column in HEADER.split(",")[1:6])
            + f",Pfizer,2021-{6 + dose:02}-01"
            for dose in range(DOSES) for number, person in enumerate(people)]


def upload(address: str, token: str, rows: list[str]) -> str:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=LONGEST)
    connection.request("POST", "/v1/records/import", "\n".join([HEADER, *rows]).encode(), {
        "Authorization": f"Bearer {token}", "Content-Type": "text/csv"})
    answer = connection.getresponse()
    if answer.status != 202:
        raise RuntimeError(f"import answered {answer.status}: {answer.read().decode()}")
    return answer.getheader("Location")


def ended(address: str, token: str, location: str) -> dict:
    def job():
        found = json.loads(get(address, location, Authorization=f"Bearer {token}")[1])
        return found if found["state"] != "running" else None

    return eventually("the import ends", job)


def post_until_it_dies(address: str, token: str, name: str, acknowledged: list[str]) -> None:
    try:
        for number in range(100_000):
            status, _ = post_record(address, token, f"{name}-{number}")
            if status == 201:
                acknowledged.append(f"{name}-{number}")
    except (OSError, http.client.HTTPException):
        pass


def rows_at_kill(data: Path, scratch: Path) -> tuple[int, int]:
    """Of the file, and how many of them were matched; counted in a copy, so that looking changes nothing."""
    store.snapshot(data, scratch)
    with closing(sqlite3.connect(scratch / "issuer.db")) as database:
        return database.execute("select count(*), count(subject_id) from record where reference like 'file-%'").fetchone()


def faults_of(data: Path, wanted: list[str], job: dict) -> list[str]:
    with closing(sqlite3.connect(data / "issuer.db")) as database:
        found = Counter(reference for reference, in database.execute("select reference from record"))
        audited = Counter(record for record, in database.execute(
            "select object_id from audit where act = 'record-submitted'"))
        stored = [record for record, in database.execute("select id from record")]
        matched, people = database.execute(
            "select count(*), count(distinct subject_id) from record where reference like 'file-%' and state = ?",
            [MATCHED]).fetchone()
        subjects = database.execute("select count(*) from subject").fetchone()[0]
    faults = [f"{reference} was acknowledged and is there {found[reference]} times"
              for reference in wanted if found[reference] != 1]
    if audited != Counter(stored):
        faults.append("the audit trail does not name every record once")
    if (matched, people, subjects) != (ROWS, PEOPLE, PEOPLE):
        faults.append(f"{matched} records are matched with {people} people of {subjects}")
    if (job["state"], job["done"], job["accepted"] + job["unchanged"]) != ("done", ROWS, ROWS):
        faults.append(f"the job ended otherwise: {job}")
    return faults


def main() -> None:
    scratch = SCRATCH / "import-kills"
    campaign, fresh, data = scratch / "campaign", scratch / "fresh", scratch / "data"
    run_well("sample", "--people", PEOPLE * 2, "--seed", 3, "--out", campaign)
    for register in ("facilities", "population"):
        run_well("import", campaign / f"{register}.csv", "--data", fresh)
    rows = file_rows(campaign)
    references = [row.split(",")[0] for row in rows]
    facility = (campaign / "facilities.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    chance = random.Random(SEED)
    importing = matching = 0
    for attempt in range(KILLS):
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(fresh, data)
        token = run_well("token", "--role", "facility-clerk", "--facility", facility, "--data", data).strip()
        acknowledged = []
        process, address = served(data)
        location = upload(address, token, rows)
        poster = threading.Thread(target=post_until_it_dies, args=(address, token, f"single-{attempt}", acknowledged))
        poster.start()
        moment = chance.uniform(0.1, 5)
        time.sleep(moment)
        kill(process)
        poster.join()
        stored, matched = rows_at_kill(data, scratch / "snapshot")
        importing += 0 < stored < ROWS
        matching += 0 < matched < ROWS
        process, address = served(data)
        job = ended(address, token, location)
        kill(process)
        run_well("match", "--data", data)
        check(f"serve killed {moment:.2f} s after a file came, {stored} of its rows stored, {matched} matched, "
              f"{len(acknowledged)} single records acknowledged: all there once", faults_of(data, references + acknowledged, job))
    print(f"note - seed {SEED}: {KILLS} kills, {importing} in the middle of the file, {matching} in the middle of matching it")


with section("kills of imports"):
    main()
