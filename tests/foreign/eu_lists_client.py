"""
The EU's revocation distribution service through an app's eyes: eu_lists_client.py DEMO. Runs the service on a demo's
store, downloads as the Android verifier does (bare ETag, base64url kids, chunks by id, changed slices by sid), written
from the public description, and looks every certificate up: in each mode, for both kinds of slice, and again after more
was revoked.
"""
import hashlib
import io
import json
import random
import sys
import tarfile
import urllib.error
import urllib.request
from pathlib import Path

import hc1
from check import LONGEST, check, eventually, run_well, section, serve, stop
from read_slices import DIGITS, Bloom, Prefixes

DEMO = Path(sys.argv[1])
KINDS = {"BLOOMFILTER": Bloom, "VARHASHLIST": Prefixes}
MODES = {"POINT": (100, 200), "VECTOR": (0, 100), "COORDINATE": (0, 0)}


def safe(kid: str) -> str:
    return kid.replace("+", "-").replace("/", "_").rstrip("=")


class App:
    """What a phone keeps: lists by kid, and the slices by kid, partition and chunk."""

    def __init__(self, kind: str):
        self.kind, self.etag, self.lists, self.partitions, self.slices = kind, "", {}, {}, {}

    def call(self, path: str, body=None, **headers):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(SERVICE + path, data, headers | {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=LONGEST) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers, b""

    def ask(self, path: str, body=None) -> bytes:
        status, _, content = self.call(path, body, **{"If-Match": self.etag, "X-SLICE-FILTER-TYPE": self.kind})
        if status != 200:
            raise ValueError(f"{path}: {status}")
        return content

    def update(self) -> bool:
        """False when there is nothing new."""
        status, headers, content = self.call("/lists", **{"If-None-Match": self.etag})
        if status == 304:
            return False
        self.etag = headers["ETag"].strip('"')
        old, self.lists = self.lists, {one["kid"]: one for one in json.loads(content)}
        self.slices = {place: held for place, held in self.slices.items() if place[0] in self.lists}
        for kid, one in self.lists.items():
            if old.get(kid, {}).get("mode") != one["mode"]:
                self.slices = {place: held for place, held in self.slices.items() if place[0] != kid}
                self.partitions = {place: held for place, held in self.partitions.items() if place[0] != kid}
            if old.get(kid, {}).get("lastUpdated") != one["lastUpdated"]:
                for partition in json.loads(self.ask(f"/lists/{safe(kid)}/partitions")):
                    self.take(kid, partition)
        return True

    def take(self, kid: str, partition: dict) -> None:
        name, chunks = partition["id"] or "null", partition["chunks"]
        path = f"/lists/{safe(kid)}/partitions/{name}"
        known = self.partitions.get((kid, name))
        if known is None:
            self.store(kid, partition, self.ask(f"{path}/slices", list(chunks)))
        else:
            for cid, slices in chunks.items():
                changed = [one["hash"] for day, one in slices.items() if known.get(cid, {}).get(day) != one]
                if cid in known and len(changed) < len(slices) // 2:
                    self.store(kid, partition, self.ask(f"{path}/chunks/{cid}/slices", changed))
                else:
                    self.store(kid, partition, self.ask(f"{path}/chunks/{cid}/slices"))
        self.partitions[kid, name] = chunks
        for place in [p for p in self.slices if p[:2] == (kid, name)]:
            listed = {one["hash"] for one in chunks.get(place[2], {}).values()}
            self.slices[place] = {sid: one for sid, one in self.slices[place].items() if sid in listed}
            if set(self.slices[place]) != listed:
                raise ValueError(f"{place} lacks a slice")

    def store(self, kid: str, partition: dict, archive: bytes) -> None:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
            for entry in tar:
                cid, sid = entry.name.split("/")[-2:]
                content = tar.extractfile(entry).read()
                if hashlib.sha256(content).hexdigest() != sid:
                    raise ValueError(f"{entry.name} is not what its name says")
                if {"type": self.kind, "version": "1.0", "hash": sid} not in partition["chunks"][cid].values():
                    raise ValueError(f"{entry.name} is not in its partition")
                place = (kid, partition["id"] or "null", cid)
                self.slices.setdefault(place, {})[sid] = KINDS[self.kind](content)

    def is_revoked(self, kid: str, value: bytes) -> bool:
        if kid not in self.lists:
            return False
        partition, end = DIGITS[self.lists[kid]["mode"]]
        digits = value.hex()
        held = self.slices.get((kid, digits[:partition] or "null", digits[partition:end]), {})
        return any(one.may_contain(value) for one in held.values())


def faults(apps: list, mode: str):
    lines = [json.loads(line) for line in run_well("certificates", "--data", DEMO / "data").splitlines()]
    for app in apps:
        if {one["mode"] for one in app.lists.values()} != {mode}:
            yield f"the lists are {app.lists}"
        for line in lines:
            value = hashlib.sha256(hc1.decode(line["hc1"]).signature[:32]).digest()[:16]
            if app.is_revoked(line["kid"], value) != (line["state"] in ("revoked", "suspended")):
                yield f"{app.kind}: a {line['state']} certificate is read wrongly"


def revoke_and_publish(count: int, **thresholds) -> None:
    lines = [json.loads(line) for line in run_well("certificates", "--data", DEMO / "data").splitlines()]
    for line in random.Random(count).sample([line for line in lines if line["state"] == "current"], count):
        run_well("revoke", line["uvci"], "--reason", "issued-in-error", "--data", DEMO / "data")
    run_well("publish", "--data", DEMO / "data", **thresholds)


with section("EU revocation lists"):
    process, said = serve("--data", DEMO / "data", "--job-seconds", 86400)
    try:
        SERVICE = said["addresses"][0]
        PHONES = [App(kind) for kind in KINDS]
        # Its first round would hold the publisher's lock, or publish between two looks.
        eventually("the first round of serve is done",
                   lambda: b'"publication"' in PHONES[0].call("/healthz/ready")[2])
        for mode, (point, vector) in MODES.items():
            setting = {"Distribution__Point": str(point), "Distribution__Vector": str(vector)}
            for count in (4, 2):
                revoke_and_publish(count, **setting)
                stale = [phone.call("/lists/AQIDBAUGBwg/partitions", **{"If-Match": phone.etag})[0] for phone in PHONES]
                new = [phone.update() for phone in PHONES]
                check(f"{mode}: an app, {'begun' if count == 4 else 'brought'} up to date, agrees with every certificate",
                      faults(PHONES, mode) if all(new) and set(stale) <= {400, 412} else [f"{new} {stale}"])
            check(f"{mode}: an app that has it all is told so", not any(phone.update() for phone in PHONES))
    finally:
        check("the service stops when told", stop(process) == 0)
