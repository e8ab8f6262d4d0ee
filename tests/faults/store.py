"""
Reads an embedded store from outside, without the program: what it holds, and which of the invariants of "nothing lost"
it breaks. Only for stores that no process has open; a snapshot copies the files first, so that looking changes nothing.
"""
import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import cbor2
from cryptography import x509

import hc1


@dataclass
class Row:
    """One row of the certificate table; without a signature it is an intent."""
    slot: int
    lineage: int
    to_be_signed: bytes
    signature: bytes | None
    abandoned: bool

    @property
    def cose(self) -> bytes:
        _, protected, _, payload = cbor2.loads(self.to_be_signed)
        return cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, self.signature]))

    @property
    def claims(self) -> dict:
        return cbor2.loads(cbor2.loads(self.to_be_signed)[3])

    @property
    def uvci(self) -> str:
        return self.claims[-260][1]["v"][0]["ci"]

    @property
    def content(self) -> str:
        """What the certificate says, without identifier and times: equal for two runs over one campaign."""
        dcc = self.claims[-260][1]
        return json.dumps(dcc | {"v": [{k: v for k, v in dcc["v"][0].items() if k != "ci"}]}, sort_keys=True)


def certificates(database: sqlite3.Connection) -> list[Row]:
    return [Row(slot, lineage, tbs, signature, bool(abandoned)) for slot, lineage, tbs, signature, abandoned in
            database.execute("select slot, lineage_id, to_be_signed, signature, abandoned from certificate")]


def snapshot(data: Path, scratch: Path) -> list[Row]:
    """The certificate table as a kill left it; empty when there is none yet."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    for file in data.glob("issuer.db*"):
        shutil.copy(file, scratch)
    if not (scratch / "issuer.db").exists():
        return []
    with closing(sqlite3.connect(scratch / "issuer.db")) as database:
        has_table = database.execute("select 1 from sqlite_master where name = 'certificate'").fetchone()
        return certificates(database) if has_table else []


def contents(data: Path) -> Counter:
    with closing(sqlite3.connect(data / "issuer.db")) as database:
        return Counter(row.content for row in certificates(database) if row.signature)


def violations(data: Path, reference: Counter, at_kill: list[Row]) -> list[str]:
    """Everything that must never be, after the work was taken up again and ended. Empty: nothing lost."""
    with closing(sqlite3.connect(data / "issuer.db")) as database:
        rows = certificates(database)
        dscs = [x509.load_der_x509_certificate(der) for der, in database.execute("select der from dsc")]
        return [*engine_faults(database), *uniqueness_faults(database, rows), *signature_faults(rows, dscs),
                *history_faults(rows, at_kill), *completeness_faults(rows, reference), *audit_faults(database, rows)]


def engine_faults(database):
    answer = database.execute("pragma integrity_check").fetchone()[0]
    if answer != "ok":
        yield f"integrity_check: {answer}"
    for table, column, other in (("lineage", "subject_id", "subject"), ("certificate", "lineage_id", "lineage"),
                                 ("lineage", "current_slot", "certificate")):
        key = "slot" if other == "certificate" else "id"
        lost = database.execute(f"select count(*) from {table} where {column} is not null "
                                f"and {column} not in (select {key} from {other})").fetchone()[0]
        if lost:
            yield f"{lost} rows of {table} point to no {other}"


def uniqueness_faults(database, rows):
    for what, values in (("slot", [r.slot for r in rows]), ("UVCI", [r.uvci for r in rows]),
                         ("signature", [r.signature for r in rows if r.signature])):
        twice = [value for value, count in Counter(values).items() if count > 1]
        if twice:
            yield f"{len(twice)} times the same {what}: {twice[0]!r}"
    used = database.execute("select coalesce(sum(next_index), 0) from shard").fetchone()[0]
    if used < len(rows):
        yield f"{len(rows)} slots are used, but only {used} were handed out"
    for subject, current in database.execute(
            "select subject_id, count(*) from lineage where is_open = 1 group by subject_id having count(*) > 1"):
        yield f"subject {subject} has {current} open lineages"
    for subject, count in database.execute(
            "select l.subject_id, count(*) from certificate c join lineage l on l.id = c.lineage_id "
            "where c.signature is not null and c.predecessor is null group by l.subject_id having count(*) > 1"):
        yield f"subject {subject} has {count} certificates that follow none"
    for predecessor, count in database.execute(
            "select predecessor, count(*) from certificate where signature is not null and predecessor is not null "
            "group by predecessor having count(*) > 1"):
        yield f"slot {predecessor} has {count} successors"
    unreached = database.execute(
        "select count(*) from certificate c join lineage l on l.id = c.lineage_id "
        "where c.signature is not null and l.current_slot is not c.slot and not exists (select 1 from certificate s "
        "where s.predecessor = c.slot and s.signature is not null)").fetchone()[0]
    if unreached:
        yield f"{unreached} certificates are signed, and neither current nor superseded"


def signature_faults(rows, dscs):
    """No signature that does not fit the intent stored before it."""
    signers = {}
    for dsc in dscs:
        signers.setdefault(hc1.kid_of(dsc), []).append(dsc)
    for row in rows:
        if row.signature:
            try:
                hc1.verify(hc1.decode_cose(row.cose), signers)
            except hc1.Refused as refused:
                yield f"slot {row.slot}: {refused}"
        elif not row.abandoned:
            yield f"slot {row.slot}: the intent is still open"


def history_faults(rows, at_kill):
    """What was durable when the process died is still there, byte for byte."""
    now = {row.slot: row for row in rows}
    for before in at_kill:
        after = now.get(before.slot)
        if after is None or after.to_be_signed != before.to_be_signed:
            yield f"slot {before.slot}: the intent of before the kill was lost or changed"
        elif before.signature and after.signature != before.signature:
            yield f"slot {before.slot}: the signature of before the kill was lost or changed"
        elif after.signature and after.abandoned:
            yield f"slot {before.slot}: signed and given up"


def completeness_faults(rows, reference):
    found = Counter(row.content for row in rows if row.signature)
    if found != reference:
        lost, surplus = reference - found, found - reference
        yield f"{lost.total()} certificates lost, {surplus.total()} too many: {list(lost | surplus)[:1]}"


def audit_faults(database, rows):
    audited = Counter(slot for slot, in database.execute(
        "select object_id from audit where act = 'certificate-completed'"))
    if audited != Counter(row.slot for row in rows if row.signature):
        yield "the audit trail does not name every completed certificate once"
