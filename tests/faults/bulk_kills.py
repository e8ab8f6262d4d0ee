"""
SIGKILL at seeded random moments of a bulk act's job or of the issuing that follows it, then the same commands again to
their end: it must end as if nobody had killed it, with nothing done twice (reliability.md S5, "Nothing lost").
ISSUER_SEED chooses the moments.
"""
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from check import DLL, FULL, LONGEST, SCRATCH, check, command, run_well, section

SEED = int(os.environ.get("ISSUER_SEED", "1"))
KILLS = 100 if FULL else 10
PEOPLE = 4_000
HONEST = 2_000
FIRST = 1 << 30
VERBS = [("revocations", "run"), ("issue",)]


def clone(database: sqlite3.Connection, table: str, where: str, people: int, **changes: str) -> None:
    """One row again for so many; changed columns are SQL over their number i."""
    columns = [row[1] for row in database.execute(f"pragma table_info({table})")]
    values = ", ".join(changes.get(column, f"t.{column}") for column in columns)
    database.execute(
        f"with recursive n(i) as (select {FIRST} union all select i + 1 from n where i < {FIRST + people - 1}) "
        f"insert into {table} ({', '.join(columns)}) select {values} from n, (select * from {table} where {where}) t")


def prepare(data: Path) -> None:
    """
    One person with a booster, many times over; the booster's facility gave nothing else to them, and a bulk act on it
    is approved. The first HONEST have the doses before it, the others nothing but the booster.
    """
    run_well("demo", "--people", 60, "--seed", 5, "--out", data.parent / "demo", "--data", data)
    with closing(sqlite3.connect(data / "issuer.db")) as database, database:
        subject, slot, facility = database.execute(
            "select l.subject_id, l.current_slot, max(r.facility) from lineage l"
            " join record r on r.subject_id = l.subject_id"
            " where l.is_open = 1 and r.duplicate_of is null and r.held = 0 group by l.subject_id"
            " having count(*) = 3 and min(r.attested) = 1 order by l.subject_id limit 1").fetchone()
        doses = [row[0] for row in database.execute(
            "select id from record where subject_id = ? order by vaccinated_on, id", (subject,))]
        elsewhere, = database.execute("select min(code) from facility where code <> ?", (facility,)).fetchone()
        database.execute("update record set facility = ? where subject_id = ?", (elsewhere, subject))
        database.execute("update record set facility = ? where id = ?", (facility, doses[-1]))
        clone(database, "subject", f"id = {subject}", PEOPLE, id="i")
        for place, dose in enumerate(doses):
            clone(database, "record", f"id = {dose}", PEOPLE if dose == doses[-1] else HONEST, id=f"8 * i + {place}",
                  submission_key=f"'k{place} ' || i", reference=f"'k{place} ' || i", subject_id="i")
        clone(database, "lineage", f"subject_id = {subject} and is_open = 1", PEOPLE, id="i", subject_id="i",
              current_slot="i")
        clone(database, "certificate", f"slot = {slot}", PEOPLE, slot="i", lineage_id="i", predecessor="null")
    run_well("revocations", "ask", "--facility", facility, "--reason", "fraud", "--because", "a drill", "--later",
             "--data", data)


def outcome(data: Path) -> dict:
    """Everything the act and the issuing decide: without times, and without the slots that new certificates got."""
    with closing(sqlite3.connect(data / "issuer.db")) as database:
        def rows(sql):
            found = database.execute(sql).fetchall()
            return found if len(found) < 10 else (len(found), hashlib.sha256(repr(found).encode()).hexdigest())

        return {
            "act": rows("select size, done, left_alone, certificates, finished_at is not null from bulk_act"),
            "withdrawn": rows("select id, attested from record where withdrawn = 1 order by id"),
            "lots": rows("select facility, product, day, entered from product_use order by 1, 2, 3"),
            "revoked": rows("select slot, reason, undone_at is null from revocation order by slot, id"),
            "successors": rows("select l.subject_id, c.predecessor, c.cause, hex(c.content_digest), c.dose_number,"
                               " c.slot = l.current_slot, l.is_open"
                               " from certificate c join lineage l on l.id = c.lineage_id"
                               " where c.signature is not null and l.subject_id >= 1073741824"
                               " order by l.subject_id, c.predecessor, c.dose_number"),
            "people": rows("select id, decided < revision, refusals from subject order by id"),
            "audit": rows("select act, count(*), count(distinct object_id) from audit where act like 'record-withdrawn%'"
                          " or act like 'certificate-%' or act like 'bulk-%' group by act"),
            "intents": rows("select count(*) from certificate where signature is null and abandoned = 0"),
        }


def process(verb: tuple, data: Path) -> subprocess.Popen:
    return subprocess.Popen(command(*verb, "--json", "--data", data), stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
                            env=os.environ | {"DOTNET_ENVIRONMENT": "Development"})


def run(verb: tuple, data: Path) -> float:
    started = time.monotonic()
    if (code := process(verb, data).wait(timeout=LONGEST)) != 0:
        raise RuntimeError(f"{' '.join(verb)} ended with {code}")
    return time.monotonic() - started


def kill(verb: tuple, moment: float, data: Path) -> bool:
    """Whether it was still running then."""
    running = process(verb, data)
    time.sleep(moment)
    if running.poll() is not None:
        return False
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    return True


def main() -> None:
    start = SCRATCH / "bulk" / "data"
    start.parent.mkdir(parents=True, exist_ok=True)
    prepare(start)
    undisturbed = SCRATCH / "bulk" / "undisturbed"
    shutil.copytree(start, undisturbed)
    durations = [run(verb, undisturbed) for verb in VERBS]
    expected = outcome(undisturbed)
    idle = [run(verb, undisturbed) for verb in VERBS]
    size, done, left_alone, revoked, finished = expected["act"][0]
    check(f"a bulk act of {size} records, undisturbed: {revoked} certificates revoked in {durations[0]:.1f} s, "
          f"{expected['successors'][0] - PEOPLE} made in {durations[1]:.1f} s",
          size == done >= PEOPLE and revoked >= PEOPLE and finished == 1 and left_alone == 0
          and expected["successors"][0] == PEOPLE + HONEST)
    check("done again, nothing changes", outcome(undisturbed) == expected)
    chance = random.Random(SEED)
    killed, halfway = 0, 0
    for _ in range(3 * KILLS):
        if killed == KILLS:
            break
        place = SCRATCH / "bulk" / "killed"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(start, place)
        which = 1 if killed % 3 == 2 else 0
        moment = chance.uniform(0.8 * min(idle[which], durations[which]), durations[which])
        for verb in VERBS[:which]:
            run(verb, place)
        if not kill(VERBS[which], moment, place):
            # The machine has become faster: it takes no longer than this now.
            durations[which] = min(durations[which], moment)
            continue
        killed += 1
        now = outcome(place)
        halfway += 0 < now["act"][0][1] < size if which == 0 else now["successors"] != expected["successors"]
        for verb in VERBS:
            run(verb, place)
        now = outcome(place)
        check(f"{' '.join(VERBS[which])} killed after {moment:.2f} s, it ends the same",
              [f"{key}: {now[key]}, not {expected[key]}" for key in expected if now[key] != expected[key]])
    check(f"the bulk act was killed {KILLS} times while it ran, {halfway} times half done", killed == KILLS)


with section(f"kills of bulk acts, {DLL}"):
    main()
