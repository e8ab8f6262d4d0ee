"""
SIGKILL at seeded random moments of `publish`, between revocations: no torn file, plain or compressed, the sequence
number strictly rises and never stands for two manifests, nothing is un-revoked in the list or in the batches, and the
next publication holds every acknowledged revocation. ISSUER_SEED chooses the moments.
"""
import base64
import gzip
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "foreign"))

from cryptography import x509  # noqa: E402

import compact_list  # noqa: E402
from check import FULL, LONGEST, SCRATCH, check, command, run_well, section  # noqa: E402

SEED = int(os.environ.get("ISSUER_SEED", "1"))
KILLS = 100 if FULL else 10
WORK = SCRATCH / "publish-kills"
WWW = WORK / "www"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def manifest() -> dict | None:
    path = WWW / "manifest.jws"
    if not path.exists():
        return None
    payload = path.read_text("ascii").split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def folder_faults(seen: dict):
    """What a verifier finds there at this moment."""
    current = manifest()
    if current is None:
        return
    text = (WWW / "manifest.jws").read_bytes()
    if (current["sequence"], text) != (seen.get("sequence"), seen.get("manifest")):
        if current["sequence"] <= seen.get("sequence", 0):
            yield f"sequence {current['sequence']} after {seen['sequence']}"
        if "manifest" in seen and current["sequence"] == seen["sequence"] + 1 \
                and current["previous"] != hashlib.sha256(seen["manifest"]).hexdigest():
            yield f"sequence {current['sequence']} does not name the one before"
    seen["sequence"], seen["manifest"] = current["sequence"], text
    for file in current["files"]:
        path = WWW / file["path"]
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
            yield f"{file['path']} is missing or torn"
            return
        packed = path.with_name(path.name + ".gz")
        if packed.exists() and gzip.decompress(packed.read_bytes()) != path.read_bytes():
            yield f"{file['path']}.gz is of other content"
    if (WWW / "bundle.bin").read_bytes() not in bundles():
        yield "the bundle is torn"
    hashes = {entry["hash"] for file in current["files"] if "/batches/" in file["path"]
              and file["path"].endswith(".json") for entry in json.loads((WWW / file["path"]).read_bytes())["entries"]}
    if not seen.get("hashes", set()) <= hashes:
        yield "something left the batches"
    seen["hashes"] = hashes
    full = next(f["path"] for f in current["files"] if "/full-" in f["path"] and f["path"].endswith(".cose"))
    anchor = x509.load_pem_x509_certificate((WWW / "trust-list/anchor.pem").read_bytes())
    _, slots = compact_list.read((WWW / full).read_bytes(), (WWW / full).with_suffix(".body").read_bytes(), anchor)
    if not seen.get("slots", set()) <= slots:
        yield "something was un-revoked"
    seen["slots"] = slots


def bundles() -> list[bytes]:
    """As the store has them: the folder holds one of these, whole."""
    with closing(sqlite3.connect(WORK / "demo/data/issuer.db")) as database:
        return [content for content, in database.execute(
            "select content from published_file where path = 'bundle.bin'")]


def slot_of(uvci: str) -> int:
    slot = 0
    for character in uvci.removeprefix("URN:UVCI:01:VN:")[:7]:
        slot = slot * 32 + CROCKFORD.index(character)
    return slot


def publish() -> subprocess.Popen:
    return subprocess.Popen(
        command("publish", "--data", WORK / "demo/data", "--out", WWW), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, env=os.environ | {"DOTNET_ENVIRONMENT": "Development"})


def main() -> None:
    chance = random.Random(SEED)
    run_well("demo", "--people", 300, "--seed", 3, "--out", WORK / "demo")
    uvcis = [json.loads(line)["uvci"] for line in (WORK / "demo/certificates.ndjson").open(encoding="utf-8")]
    started = time.monotonic()
    publish().wait(LONGEST)
    duration = time.monotonic() - started
    seen, acknowledged, killed, found = {}, set(), 0, []
    for attempt in range(3 * KILLS):
        if killed == KILLS:
            break
        if attempt % 5 == 0:
            run_well("revoke", uvcis[attempt], "--reason", "holder-request", "--data", WORK / "demo/data")
            acknowledged.add(slot_of(uvcis[attempt]))
        process = publish()
        moment = chance.uniform(0.3 * duration, 1.05 * duration)
        time.sleep(moment)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        else:
            # The machine has become faster: it takes no longer than this now.
            duration = min(duration, moment)
        ended = process.wait()
        before = seen.get("sequence", 0)
        found += folder_faults(seen)
        if ended == 0 and seen["sequence"] <= before:
            found.append(f"published to its end, and the sequence is {seen['sequence']} still")
    check(f"publish was killed {killed} times while it ran: no torn file, no step back, nothing un-revoked",
          found + ([] if killed == KILLS else [f"only {killed} kills met it"]))
    run_well("publish", "--data", WORK / "demo/data", "--out", WWW)
    final = list(folder_faults(seen))
    check("the next publication holds every acknowledged revocation",
          final + ([] if acknowledged <= seen["slots"] else ["some are missing from the list"])
          + ([] if len(acknowledged) <= len(seen["hashes"]) else ["some are missing from the batches"]))
    print(f"note - seed {SEED}: {killed} kills of publish, sequence {seen['sequence']}, {len(acknowledged)} revocations")


with section("kills of publish"):
    main()
