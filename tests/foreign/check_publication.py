"""
What a stranger makes of a publication: check_publication.py DEMO. Revokes some of a demo's certificates, publishes,
reads manifest, compact lists and batches with code of its own, and compares them with every certificate. Then the same
folder from nginx alone, with the configuration that is handed out.
"""
import base64
import gzip
import hashlib
import json
import random
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path

import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

import compact_list
import hc1
from check import LONGEST, ROOT, SCRATCH, check, eventually, issuer, run_well, section

DEMO = Path(sys.argv[1])
WWW = SCRATCH / "www"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def manifest_of(folder: Path, anchor: x509.Certificate) -> dict:
    """RFC 7515, compact serialisation, ES256."""
    header, payload, signature = (folder / "manifest.jws").read_text("ascii").split(".")
    seal = unpadded(signature)
    anchor.public_key().verify(
        encode_dss_signature(int.from_bytes(seal[:32], "big"), int.from_bytes(seal[32:], "big")),
        f"{header}.{payload}".encode(), ec.ECDSA(SHA256()))
    if json.loads(unpadded(header))["typ"] != "publication+jws":
        raise InvalidSignature("another kind of statement")
    return json.loads(unpadded(payload))


def slot_of(uvci: str) -> int:
    slot = 0
    for character in uvci.removeprefix("URN:UVCI:01:VN:")[:7]:
        slot = slot * 32 + CROCKFORD.index(character)
    return slot


def certificates() -> list[dict]:
    return [json.loads(line) for line in run_well("certificates", "--data", DEMO / "data").splitlines()]


def hash_of(text: str) -> str:
    """Of ES256 the first half of the signature (revocation-b2b 5.6)."""
    signature = hc1.decode(text).signature
    return base64.b64encode(hashlib.sha256(signature[:32]).digest()[:16]).decode()


def publish() -> dict:
    run_well("publish", "--data", DEMO / "data", "--out", WWW)
    return manifest_of(WWW, ANCHOR)


def list_faults(lines: list[dict], manifest: dict):
    (full,) = (f["path"] for f in manifest["files"] if "/full-" in f["path"] and f["path"].endswith(".cose"))
    envelope = (WWW / full).read_bytes()
    claims, slots = compact_list.read(envelope, (WWW / full).with_suffix(".body").read_bytes(), ANCHOR)
    refused = {slot_of(line["uvci"]) for line in lines if line["state"] in ("revoked", "suspended")}
    if slots != refused:
        yield f"{len(slots - refused)} listed wrongly, {len(refused - slots)} missing"
    if claims[compact_list.ISSUED] != len(lines):
        yield f"{claims[compact_list.ISSUED]} issued, there are {len(lines)}"


def batch_faults(lines: list[dict], manifest: dict):
    seen = []
    for path in (WWW / f["path"] for f in manifest["files"] if f["path"].startswith("revocation/batches/")):
        if path.suffix == ".json":
            batch = json.loads(path.read_bytes())
            seen += [entry["hash"] for entry in batch["entries"]]
            if not 1 <= len(batch["entries"]) <= 1000 or batch["hashType"] != "SIGNATURE":
                yield f"{path.name}: not a batch"
            cms = subprocess.run(
                ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", path.with_suffix(".cms"), "-content",
                 path, "-certfile", WWW / "trust-list/anchor.pem", "-noverify", "-out", "/dev/null"],
                capture_output=True, check=False)
            if cms.returncode:
                yield f"{path.name}: its CMS does not verify"
    refused = [hash_of(line["hc1"]) for line in lines if line["state"] in ("revoked", "suspended")]
    if sorted(seen) != sorted(refused):
        yield "the batches hold other hashes than those of the revoked certificates"


class Abroad:
    """A made-up country: its CSCA, one DSC, and certificates signed with it."""

    def __init__(self):
        now = datetime.now(timezone.utc)
        self.key = ec.generate_private_key(ec.SECP256R1())
        csca_key = ec.generate_private_key(ec.SECP256R1())
        self.csca = self.certificate("CSCA DE", csca_key, csca_key, "CSCA DE", now, True)
        self.dsc = self.certificate("DSC DE", self.key, csca_key, "CSCA DE", now, False)

    @staticmethod
    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text), x509.NameAttribute(NameOID.COUNTRY_NAME, "DE")])

    def certificate(self, subject: str, key, signer, issuer: str, now: datetime, is_ca: bool) -> x509.Certificate:
        return (x509.CertificateBuilder().subject_name(self.name(subject)).issuer_name(self.name(issuer))
                .public_key(key.public_key()).serial_number(x509.random_serial_number())
                .not_valid_before(now - timedelta(days=9)).not_valid_after(now + timedelta(days=900))
                .add_extension(x509.BasicConstraints(is_ca, None), True).sign(signer, SHA256()))

    @property
    def der(self) -> bytes:
        return self.dsc.public_bytes(Encoding.DER)

    @property
    def kid(self) -> bytes:
        return hashlib.sha256(self.der).digest()[:8]

    def certify(self, identifier: str) -> str:
        issued = int(time.time()) - 3600
        entry = {"tg": "840539006", "vp": "1119349007", "mp": "EU/1/20/1528", "ma": "ORG-100030215", "dn": 2, "sd": 2,
                 "dt": "2021-11-20", "co": "DE", "is": "RKI", "ci": identifier}
        dcc = {"ver": "1.3.0", "nam": {"fn": "Muster", "fnt": "MUSTER", "gn": "Mia", "gnt": "MIA"}, "dob": "1990-01-01",
               "v": [entry]}
        payload = cbor2.dumps({1: "DE", 6: issued, 4: issued + 86400 * 300, -260: {1: dcc}})
        protected = cbor2.dumps({1: hc1.ES256, 4: self.kid})
        r, s = decode_dss_signature(self.key.sign(
            cbor2.dumps(["Signature1", protected, b"", payload]), ec.ECDSA(SHA256())))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return hc1.encode_cose(cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature])))

    def lay_list(self) -> tuple[Path, Path]:
        """A DID trust list whose CSCA is pinned."""
        anchor, did = SCRATCH / "abroad.pem", SCRATCH / "abroad.json"
        anchor.write_bytes(self.csca.public_bytes(Encoding.PEM))
        did.write_text(json.dumps({"id": "did:web:example.org", "verificationMethod": [{
            "id": "did:web:example.org#1", "type": "JsonWebKey2020",
            "publicKeyJwk": {"kty": "EC", "x5c": [base64.b64encode(self.der).decode()]}}]}), "utf-8")
        return did, anchor


def foreign_faults(abroad: Abroad, revoked: str, manifest: dict):
    """What the statement names, and every hash of a country, read by the README's words."""
    statement = json.loads(unpadded((WWW / "trust-list/list.jws").read_text("ascii").split(".")[1]))
    for digest, name in ((statement["content"], "list"), (statement["foreign"], "foreign")):
        if hashlib.sha256((WWW / f"trust-list/{name}-{digest}.json").read_bytes()).hexdigest() != digest:
            yield f"{name} is not what the statement names"
    dscs = json.loads((WWW / f"trust-list/foreign-{statement['foreign']}.json").read_bytes())["dscs"]
    if [(d["kid"], d["country"], d["rawData"], d["vouchedBy"]) for d in dscs] != [
            (base64.b64encode(abroad.kid).decode(), "DE", base64.b64encode(abroad.der).decode(), ["who"])]:
        yield "the foreign list holds something else than the DSC of the file"
    (path,) = (f["path"] for f in manifest["files"] if f["path"].startswith("revocation/foreign/"))
    content = (WWW / path).read_bytes()
    if path != f"revocation/foreign/de-{hashlib.sha256(content).hexdigest()}.json":
        yield f"{path} is not named by its country and content"
    hashes = [base64.b64decode(group["hashes"]) for group in json.loads(content)["groups"]]
    if hashes != [base64.b64decode(hash_of(revoked))]:
        yield "the foreign revocations hold something else than the batch"


def add_batch(country: str, text: str):
    """As a round with the gateway would have left it; a gateway of ours would prove nothing more here."""
    with sqlite3.connect(DEMO / "data/issuer.db") as store:
        store.execute(
            "insert into gateway_batch (id, country, kid, hash_type, expires_at, hashes) values (?, ?, null, 0, ?, ?)",
            ("6f9619ff-8b86-4011-b42d-00c04fc964ff", country, int(time.time()) + 86400 * 90,
             base64.b64decode(hash_of(text))))


def file_faults(manifest: dict, read):
    for file in manifest["files"]:
        content = read(file["path"])
        if len(content) != file["size"] or hashlib.sha256(content).hexdigest() != file["sha256"]:
            yield f"{file['path']} is not what the manifest says"


def verify(line: dict, *arguments) -> str:
    result = issuer("verify", "-", "--anchor", WWW / "trust-list/anchor.pem", "--json", *arguments, stdin=line["hc1"])
    return json.loads(result.stdout)["verdict"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(url: str, method: str = "GET", **headers):
    request = urllib.request.Request(url, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=LONGEST) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, dict(refusal.headers), b""


def start_nginx() -> tuple[subprocess.Popen, int]:
    """On a port that was free a moment ago; when somebody else was faster, on another one."""
    for _ in range(10):
        port = free_port()
        server = nginx_on(port)

        def listens() -> bool:
            with socket.socket() as probe:
                return server.poll() is not None or probe.connect_ex(("127.0.0.1", port)) == 0

        eventually("nginx listens or gives up", listens)
        if server.poll() is None and fetch(f"http://127.0.0.1:{port}/manifest.jws")[2] == manifest_bytes():
            return server, port
        server.kill()
        server.wait()
    raise RuntimeError("nginx found no free port ten times")


def manifest_bytes() -> bytes:
    return (WWW / "manifest.jws").read_bytes()


def nginx_on(port: int) -> subprocess.Popen:
    sample = (ROOT / "deploy/nginx.conf").read_text("utf-8").replace("/srv/issuer", str(WWW)).replace(
        "listen 8080", f"listen 127.0.0.1:{port}")
    place = SCRATCH / "nginx"
    place.mkdir(exist_ok=True)
    (place / "nginx.conf").write_text(
        f"user root; daemon off; pid {place}/pid; error_log {place}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {place}/b; proxy_temp_path {place}/p;\n"
        f"fastcgi_temp_path {place}/f; uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;\n{sample}}}\n", "utf-8")
    return subprocess.Popen(["nginx", "-c", place / "nginx.conf"], stderr=subprocess.DEVNULL)


def nginx_faults(manifest: dict):
    server, port = start_nginx()
    try:
        root = f"http://127.0.0.1:{port}"
        yield from file_faults(manifest, lambda path: fetch(f"{root}/{path}")[2])
        full = next(f["path"] for f in manifest["files"] if "/full-" in f["path"])
        _, headers, _ = fetch(f"{root}/{full}")
        if "immutable" not in headers.get("Cache-Control", ""):
            yield "a list named by its sequence is not immutable"
        if fetch(f"{root}/{full}", **{"If-None-Match": headers["ETag"]})[0] != 304:
            yield "an unchanged file is sent again"
        _, headers, packed = fetch(f"{root}/value-sets.json", **{"Accept-Encoding": "gzip"})
        if headers.get("Content-Encoding") != "gzip" or gzip.decompress(packed) != (WWW / "value-sets.json").read_bytes():
            yield "the compressed file is not sent"
        if headers.get("Access-Control-Allow-Origin") != "*":
            yield "a page of another origin may not read what is published"
        asked, headers, _ = fetch(f"{root}/{full}", method="OPTIONS")
        if asked != 204 or "If-None-Match" not in headers.get("Access-Control-Allow-Headers", ""):
            yield "a page of another origin may not ask for what has changed"
        _, headers, packed = fetch(f"{root}/value-sets.json", **{"Accept-Encoding": "gzip"})
        if "Accept-Encoding" not in headers.get("Vary", ""):
            yield "a cache in between would send the compressed file to whoever cannot read it"
        if fetch(f"{root}/value-sets.json", **{"Accept-Encoding": "gzip", "Via": "1.1 cache"})[1].get("Content-Encoding") != "gzip":
            yield "a cache in between gets no compressed file"
        for name in ("manifest.jws.tmp", ".hidden"):
            (WWW / name).write_text("x", "ascii")
            if fetch(f"{root}/{name}")[0] != 404:
                yield f"{name} is served"
            (WWW / name).unlink()
        revoked = next(line for line in LINES if line["state"] == "revoked")
        verdict = verify(revoked, "--trust", f"{root}/trust-list/list.jws", "--revocation", root)
        if verdict != "revoked":
            yield f"verify by nginx's files alone says {verdict}"
    finally:
        server.terminate()
        server.wait(LONGEST)


with section("publication"):
    run_well("publish", "--data", DEMO / "data", "--out", WWW)
    ANCHOR = x509.load_pem_x509_certificate((WWW / "trust-list/anchor.pem").read_bytes())
    chosen = random.Random(5).sample(certificates(), 8)
    for index, line in enumerate(chosen):
        reason = ("fraud", "leaked", "holder-request", "issued-in-error")[index % 4]
        run_well("revoke", line["uvci"], "--reason", reason, "--data", DEMO / "data")
    MANIFEST = publish()
    LINES = certificates()
    check("as many certificates are refused as were revoked",
          sum(line["state"] == "revoked" for line in LINES) == len(chosen))
    check("every published file is what the signed manifest says",
          file_faults(MANIFEST, lambda path: (WWW / path).read_bytes()))
    check("the compact list, read from its page, agrees with every certificate", list_faults(LINES, MANIFEST))
    check("the gateway batches, with OpenSSL's CMS, agree with every certificate", batch_faults(LINES, MANIFEST))
    states = {line["uvci"]: line for line in LINES}
    revoked, good = states[chosen[0]["uvci"]], next(line for line in LINES if line["state"] == "current")
    lists = ("--trust", WWW / "trust-list/eu.json", "--revocation", WWW)
    check("verify refuses a revoked certificate by the folder and by the bundle, and no other",
          [verify(revoked, *lists), verify(revoked, "--bundle", WWW / "bundle.bin"), verify(good, *lists),
           verify(good, "--bundle", WWW / "bundle.bin")] == ["revoked", "revoked", "valid", "valid"])
    old = issuer("verify", "-", "--anchor", WWW / "trust-list/anchor.pem", "--bundle", WWW / "bundle.bin",
                 "--publication-seen", MANIFEST["sequence"] + 1, stdin=good["hc1"])
    check("a rolled-back bundle is refused", old.returncode == 1 and "rolled back" in old.stderr)
    abroad = Abroad()
    stranger, lost = (abroad.certify(f"URN:UVCI:01:DE:{number}") for number in (1, 2))
    did, pinned = abroad.lay_list()
    check("a foreign certificate is nobody's before its country's key is imported",
          verify({"hc1": stranger}, "--bundle", WWW / "bundle.bin") == "unknown-issuer")
    run_well("gateway", "import", did, "--anchor", pinned, "--source", "who", "--data", DEMO / "data")
    add_batch("DE", lost)
    MANIFEST = publish()
    signed = ("--trust", WWW / "trust-list/list.jws", "--revocation", WWW)
    check("a foreign certificate is valid, and revoked by its country's batch, by the folder and by the bundle",
          [verify({"hc1": text}, *how) for text in (stranger, lost) for how in (signed, ("--bundle", WWW / "bundle.bin"))]
          == ["valid", "valid", "revoked", "revoked"])
    check("foreign DSCs and revocations are named by one statement and the manifest, and read without the program",
          foreign_faults(abroad, lost, MANIFEST))
    check("nginx serves the folder alone, by the sample configuration", nginx_faults(MANIFEST))
