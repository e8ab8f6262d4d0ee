"""
The EU's revocation formats as a verifier reads them: read_slices.py FOLDER MODE, as the benchmark `slices --out` leaves it:
point, vector or coordinate, by how finely the slices are divided.
Written from the public description (dgca-revocation-distribution-service, dgc-bloomfilter, dgca-partialvarhashfilter,
revocation-b2b), and compared with truth.csv certificate by certificate.
"""
import base64
import bisect
import hashlib
import json
import struct
import sys
from pathlib import Path

DIGITS = {"POINT": (0, 1), "VECTOR": (1, 2), "COORDINATE": (2, 3)}  # of the partition, and with the chunk's


class Bloom:
    """Big-endian: short version, byte k, byte kind of hash, float p, int n, int current, int words, the words."""

    def __init__(self, content: bytes):
        version, self.rounds, kind, _, _, _, words = struct.unpack_from(">hBBfiii", content)
        self.bits = content[20:]
        if (version, kind) != (1, 0) or len(self.bits) != 4 * words:
            raise ValueError("not a Bloom slice")

    def may_contain(self, value: bytes) -> bool:
        for seed in range(self.rounds):
            digest = hashlib.sha256(value + bytes([seed])).digest()
            bit = int.from_bytes(digest, "big", signed=True) % (8 * len(self.bits))
            if not self.bits[bit // 8] & (0x80 >> bit % 8):
                return False
        return True


class Prefixes:
    """Big-endian: short version, float p, int n, byte size, n prefixes of that size, ascending as signed numbers."""

    def __init__(self, content: bytes):
        version, _, count, self.size = struct.unpack_from(">hfiB", content)
        values = content[11:]
        if version != 1 or len(values) != count * self.size:
            raise ValueError("not a prefix slice")
        self.values = [self.number(values[at:at + self.size]) for at in range(0, len(values), self.size)]
        if self.values != sorted(self.values):
            raise ValueError("the prefixes are not in order")

    @staticmethod
    def number(prefix: bytes) -> int:
        return int.from_bytes(prefix, "big", signed=True)

    def may_contain(self, value: bytes) -> bool:
        wanted = self.number(value[:self.size])
        at = bisect.bisect_left(self.values, wanted)
        return at < len(self.values) and self.values[at] == wanted


def read_slices(folder: Path, kind) -> dict:
    """By kid, partition and chunk; a slice is named by its digest."""
    chunks = {}
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != path.name:
            raise ValueError(f"{path} is not what its name says")
        kid, partition, chunk = path.relative_to(folder).parts[:3]
        chunks.setdefault((bytes.fromhex(kid), partition, chunk), []).append(kind(content))
    return chunks


def main(folder: Path, mode: str) -> int:
    modes = {base64.b64decode(one["kid"]): one["mode"]
             for one in json.loads((folder / mode / "lists.json").read_bytes())}
    if set(modes.values()) != {mode.upper()}:
        raise ValueError(f"the modes are {modes}")
    batched = {}
    for path in (folder / "batches").glob("*.json"):
        batch = json.loads(path.read_bytes())
        batched.setdefault(base64.b64decode(batch["kid"]), set()).update(
            base64.b64decode(entry["hash"]) for entry in batch["entries"])
    slices = {"bloom": read_slices(folder / mode / "bloom", Bloom),
              "prefix": read_slices(folder / mode / "prefix", Prefixes)}
    seen, revoked, wrong = 0, 0, {"bloom": 0, "prefix": 0, "batches": 0}
    for line in (folder / "truth.csv").read_text("ascii").splitlines():
        kid, hexadecimal, truth = line.split(",")
        kid, value, is_revoked = base64.b64decode(kid), bytes.fromhex(hexadecimal), truth == "1"
        seen, revoked = seen + 1, revoked + is_revoked
        wrong["batches"] += (value in batched.get(kid, ())) != is_revoked
        partition, end = DIGITS[modes[kid]] if kid in modes else (0, 1)
        place = (kid, hexadecimal[:partition] or "null", hexadecimal[partition:end])
        for name, chunks in slices.items():
            wrong[name] += any(one.may_contain(value) for one in chunks.get(place, ())) != is_revoked
    print(f"{mode}: {seen} certificates, {revoked} of them revoked; read wrongly: {wrong}")
    return 1 if any(wrong.values()) or not 0 < revoked < seen else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
