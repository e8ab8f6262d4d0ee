"""
SIGKILL at seeded random moments of `demo`, of `issue` and of `regenerate`, then the same command again to its end: nothing may be lost,
nothing may be there twice (reliability.md, "Nothing lost"). ISSUER_SEED chooses the moments.
"""
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import store
from check import DLL, FULL, LONGEST, SCRATCH, check, command, run_well, section

SEED = int(os.environ.get("ISSUER_SEED", "1"))
KILLS = 100 if FULL else 10
PEOPLE = 1500


class Job:
    """A command whose work can be taken up again, on a fresh copy of the same start each time."""

    def __init__(self, name: str, kills: int, start: Path | None, arguments):
        self.name = name
        self.kills = kills
        self.start = start
        self.arguments = arguments

    def fresh(self, place: Path) -> None:
        shutil.rmtree(place, ignore_errors=True)
        if self.start:
            shutil.copytree(self.start, place)
        place.mkdir(exist_ok=True)

    def process(self, place: Path) -> subprocess.Popen:
        return subprocess.Popen(command(*self.arguments(place)), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, start_new_session=True,
                                env=os.environ | {"DOTNET_ENVIRONMENT": "Development"})

    def finish(self, place: Path) -> float:
        """Runs to the end; says how long it took."""
        started = time.monotonic()
        process = self.process(place)
        _, errors = process.communicate(timeout=LONGEST)
        if process.returncode != 0:
            raise RuntimeError(f"{self.name} ended with {process.returncode}: {errors.decode()}")
        return time.monotonic() - started

    def kill_after(self, place: Path, seconds: float) -> bool:
        """False when it was done before the kill."""
        process = self.process(place)
        time.sleep(seconds)
        was_running = process.poll() is None
        if was_running:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return was_running and process.returncode == -signal.SIGKILL


def jobs(scratch: Path) -> list[Job]:
    campaign = scratch / "campaign"
    run_well("sample", "--people", PEOPLE, "--seed", 11, "--out", campaign)
    ready = scratch / "ready"
    for register in ("facilities", "lots", "population"):
        run_well("import", campaign / f"{register}.csv", "--data", ready / "data")
    records = campaign / "records.csv"
    # Some rows of a sample are meant to be refused, and then import says 1.
    subprocess.run(command("import", records, "--data", ready / "data"), capture_output=True,
                   env=os.environ | {"DOTNET_ENVIRONMENT": "Development"}, check=False)
    for verb in ("match", "attest"):
        run_well(verb, "--data", ready / "data")
    issued = scratch / "issued"
    shutil.copytree(ready, issued)
    run_well("issue", "--data", issued / "data")
    return [
        Job("demo", KILLS // 2, None, lambda place: ("demo", "--from", campaign, "--out", place)),
        Job("issue", KILLS // 2, ready, lambda place: ("issue", "--data", place / "data")),
        Job("regenerate", KILLS, issued, lambda place: ("regenerate", "--data", place / "data", "--now", later())),
    ]


def later() -> str:
    """Every certificate's moment has come by then, and none has expired. It goes on from one start to the next."""
    return (datetime.now(timezone.utc) + timedelta(days=361)).strftime("%Y-%m-%dT%H:%M:%SZ")


def record_lines(place: Path) -> list[str] | None:
    path = place / "records.ndjson"
    return sorted(path.read_text("utf-8").splitlines()) if path.exists() else None


PLANTED = [
    "update certificate set signature = null where slot = (select max(slot) from certificate)",
    "update certificate set abandoned = 1, signature = null where slot = (select max(slot) from certificate)",
    "update certificate set signature = zeroblob(64) where slot = (select max(slot) from certificate)",
    "update certificate set to_be_signed = (select to_be_signed from certificate order by slot limit 1)"
    " where slot = (select max(slot) from certificate)",
    "insert into certificate select max(slot) + 1, random, lineage_id, subject_revision, predecessor, cause, kid,"
    " issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned"
    " from certificate",
    "update lineage set current_slot = null where id = (select max(id) from lineage)",
    "delete from lineage where id = (select max(id) from lineage)",
    "delete from audit where act = 'certificate-completed' and id % 100 = 0",
    "update shard set next_index = 1",
]


def checker_sees_planted_faults(data: Path, reference, copy: Path) -> None:
    """A checker that is blind would pass everything."""
    unseen = []
    for fault in PLANTED:
        store.snapshot(data, copy)
        with closing(sqlite3.connect(copy / "issuer.db")) as database, database:
            # What the tables refuse by themselves may still come from a disk.
            database.execute("pragma ignore_check_constraints = on")
            database.execute(fault)
        if not store.violations(copy, reference, []):
            unseen.append(fault)
    check(f"the checker sees each of {len(PLANTED)} planted violations", unseen)


def main() -> None:
    scratch = SCRATCH / "kills"
    scratch.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    kills, seen, open_at_kill, broken = 0, 0, 0, 0
    for job in jobs(scratch):
        undisturbed = scratch / f"{job.name}-undisturbed"
        job.fresh(undisturbed)
        duration = job.finish(undisturbed)
        reference, records = store.contents(undisturbed / "data"), record_lines(undisturbed)
        found = store.violations(undisturbed / "data", reference, [])
        check(f"{job.name}, undisturbed: {reference.total()} certificates in {duration:.1f} s, no violation",
              found if reference else ["no certificate at all"])
        if kills == 0:
            checker_sees_planted_faults(undisturbed / "data", reference, scratch / "planted")
        # A run that finds everything done shows how long a start takes; kills before that would hit nothing.
        idle = min(job.finish(undisturbed), duration) if job.start else 0.1 * duration
        done, attempts = 0, 0
        while done < job.kills and attempts < 6 * job.kills:
            attempts += 1
            moment = chance.uniform(0.8 * idle, duration)
            place = scratch / "killed"
            job.fresh(place)
            if not job.kill_after(place, moment):
                # The machine has become faster: it takes no longer than this now.
                duration = max(moment, idle)
                continue
            done += 1
            at_kill = store.snapshot(place / "data", scratch / "snapshot")
            open_at_kill += any(not row.signature for row in at_kill)
            job.finish(place)
            found = store.violations(place / "data", reference, at_kill)
            if record_lines(place) != records:
                found.append("records.ndjson differs from the undisturbed run's")
            seen += store.contents(place / "data").total()
            broken += len(found)
            signed = sum(bool(row.signature) for row in at_kill)
            check(f"{job.name} killed after {moment:.2f} s with {len(at_kill)} intents, {signed} signed: nothing lost",
                  found)
        kills += done
        check(f"{job.name} was killed {job.kills} times while it ran", done == job.kills)
    print(f"note - seed {SEED}: {kills} kills ({open_at_kill} with open intents), {seen} certificates, {broken} "
          f"violations → 95 % upper bound {3 / max(kills, 1):.3f} a kill, {3 / max(seen, 1):.6f} a certificate")


with section(f"kills of {DLL}"):
    main()
