"""
SIGKILL at seeded random moments of a bulk act's job, then the same command again to its end: it must end as if nobody had
killed it, with every row done once (reliability.md S5, "Nothing lost"). ISSUER_SEED chooses the moments.
"""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from check import DLL, FULL, SCRATCH, check, command, run_well, section

SEED = int(os.environ.get("ISSUER_SEED", "1"))
KILLS = 100 if FULL else 10
PEOPLE = 40_000
FIRST = 1 << 30


def clone(database: sqlite3.Connection, table: str, where: str, **changes: str) -> None:
    """One row again for everybody; changed columns are SQL over their number i."""
    columns = [row[1] for row in database.execute(f"pragma table_info({table})")]
    values = ", ".join(changes.get(column, f"t.{column}") for column in columns)
    database.execute(
        f"with recursive n(i) as (select {FIRST} union all select i + 1 from n where i < {FIRST + PEOPLE - 1}) "
        f"insert into {table} ({', '.join(columns)}) select {values} from n, (select * from {table} where {where} limit 1) t")


def prepare(data: Path) -> None:
    """One person's only dose certified at a facility, many times over; a bulk act on that facility is approved."""
    run_well("demo", "--people", 60, "--seed", 5, "--out", data.parent / "demo", "--data", data)
    with closing(sqlite3.connect(data / "issuer.db")) as database, database:
        subject, slot, record, facility = database.execute(
            "select l.subject_id, l.current_slot, r.id, r.facility from lineage l join record r on r.subject_id = l.subject_id"
            " where l.is_open = 1 and r.attested = 1 and r.duplicate_of is null"
            " order by r.dose_number desc, r.id limit 1").fetchone()
        clone(database, "subject", f"id = {subject}", id="i")
        clone(database, "record", f"id = {record}", id="i", submission_key="'k' || i", reference="'k' || i", subject_id="i")
        clone(database, "lineage", f"subject_id = {subject} and is_open = 1", id="i", subject_id="i", current_slot="i")
        clone(database, "certificate", f"slot = {slot}", slot="i", lineage_id="i", predecessor="null")
    run_well("revocations", "ask", "--facility", facility, "--reason", "fraud", "--because", "a drill", "--later",
             "--data", data)


def outcome(data: Path) -> dict:
    """Everything the act decides, without times."""
    with closing(sqlite3.connect(data / "issuer.db")) as database:
        def rows(sql):
            return database.execute(sql).fetchall()

        return {
            "act": rows("select size, certificates, finished_at is not null from bulk_act"),
            "items": rows("select outcome, count(*) from bulk_item group by outcome"),
            "withdrawn": rows("select count(*), sum(id) from record where withdrawn = 1"),
            "revoked": rows("select reason, count(*), sum(slot) from revocation where undone_at is null group by reason"),
            "audit": rows("select act, count(*), count(distinct object_id) from audit where act like 'record-withdrawn%'"
                          " or act like 'certificate-revoked%' group by act"),
            "due": rows("select count(*), sum(id) from subject where decided < revision"),
        }


def process(data: Path) -> subprocess.Popen:
    return subprocess.Popen(command("revocations", "run", "--json", "--data", data), stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
                            env=os.environ | {"DOTNET_ENVIRONMENT": "Development"})


def finish(data: Path) -> tuple[float, dict]:
    started = time.monotonic()
    output, _ = (running := process(data)).communicate(timeout=300)
    if running.returncode != 0:
        raise RuntimeError(f"revocations run ended with {running.returncode}")
    return time.monotonic() - started, json.loads(output)


def main() -> None:
    start = SCRATCH / "bulk" / "data"
    start.parent.mkdir(parents=True, exist_ok=True)
    prepare(start)
    undisturbed = SCRATCH / "bulk" / "undisturbed"
    shutil.copytree(start, undisturbed)
    duration, said = finish(undisturbed)
    idle, _ = finish(undisturbed)
    expected = outcome(undisturbed)
    check(f"a bulk act of {said['rows']} rows, undisturbed: {said['certificates']} certificates in {duration:.1f} s",
          said["done"] == said["rows"] >= PEOPLE and said["certificates"] >= PEOPLE)
    chance = random.Random(SEED)
    killed, halfway = 0, 0
    for _ in range(3 * KILLS):
        if killed == KILLS:
            break
        place = SCRATCH / "bulk" / "killed"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(start, place)
        moment = chance.uniform(0.8 * idle, duration)
        running = process(place)
        time.sleep(moment)
        if running.poll() is not None:
            running.communicate()
            continue
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        killed += 1
        waiting = dict(outcome(place)["items"]).get(None, 0)
        halfway += 0 < waiting < said["rows"]
        finish(place)
        now = outcome(place)
        check(f"killed after {moment:.2f} s with {waiting} rows waiting, it ends the same",
              [f"{key}: {now[key]}, not {expected[key]}" for key in expected if now[key] != expected[key]])
    check(f"the bulk act was killed {KILLS} times while it ran, {halfway} times half done", killed == KILLS)


with section(f"kills of bulk acts, {DLL}"):
    main()
