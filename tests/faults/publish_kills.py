"""
SIGKILL at seeded random moments of `publish`, between revocations: no torn file, the sequence number strictly rises,
nothing is un-revoked, and the next publication holds every acknowledged revocation. ISSUER_SEED chooses the moments.
"""
import base64
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "foreign"))

from cryptography import x509  # noqa: E402

import compact_list  # noqa: E402
from check import FULL, SCRATCH, check, command, run_well, section  # noqa: E402

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
    if current["sequence"] < seen.get("sequence", 0):
        yield f"sequence {current['sequence']} after {seen['sequence']}"
    seen["sequence"] = current["sequence"]
    for file in current["files"]:
        path = WWW / file["path"]
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
            yield f"{file['path']} is missing or torn"
            return
    full = next(f["path"] for f in current["files"] if "/full-" in f["path"] and f["path"].endswith(".cose"))
    anchor = x509.load_pem_x509_certificate((WWW / "trust-list/anchor.pem").read_bytes())
    _, slots = compact_list.read((WWW / full).read_bytes(), (WWW / full).with_suffix(".body").read_bytes(), anchor)
    if not seen.get("slots", set()) <= slots:
        yield "something was un-revoked"
    seen["slots"] = slots


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
    publish().wait(120)
    duration = time.monotonic() - started
    seen, acknowledged, killed, found = {}, set(), 0, []
    for attempt in range(3 * KILLS):
        if killed == KILLS:
            break
        if attempt % 5 == 0:
            run_well("revoke", uvcis[attempt], "--reason", "holder-request", "--data", WORK / "demo/data")
            acknowledged.add(slot_of(uvcis[attempt]))
        process = publish()
        time.sleep(chance.uniform(0.3 * duration, 1.05 * duration))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.wait()
        found += folder_faults(seen)
    check(f"publish was killed {killed} times while it ran: no torn file, no step back, nothing un-revoked",
          found + ([] if killed == KILLS else [f"only {killed} kills met it"]))
    run_well("publish", "--data", WORK / "demo/data", "--out", WWW)
    final = list(folder_faults(seen))
    check("the next publication holds every acknowledged revocation",
          final + ([] if acknowledged <= seen["slots"] else ["some are missing"]))
    print(f"note - seed {SEED}: {killed} kills of publish, sequence {seen['sequence']}, {len(acknowledged)} revocations")


with section("kills of publish"):
    main()
