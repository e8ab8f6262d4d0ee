"""A reader of compact revocation lists, written from docs/compact-list.md alone.

    compact_list.py ANCHOR.pem FULL [DELTA…]    each list is NAME.cose and NAME.body; prints the slots, one a line
"""
import hashlib
import sys
from pathlib import Path

import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

(FORMAT, COUNTRY, SEQUENCE, THIS_UPDATE, NEXT_UPDATE, ISSUED, REVOKED, SET_DIGEST, PREVIOUS, BODY_DIGEST, BODY_LENGTH,
 BASE_SEQUENCE, ADDITIONS, REMOVALS, BASE_LINK) = range(1, 16)
SHARD_BITS, SLOT_BITS, BLOCK, LONGEST_UNARY = 20, 35, 1024, 24


class Refused(Exception):
    pass


def refuse_unless(holds, why):
    if not holds:
        raise Refused(why)


def sha256(data):
    return hashlib.sha256(data).digest()


def open_envelope(envelope, anchor):
    """The claims of an envelope that the anchor signed."""
    refuse_unless(len(envelope) <= 1024, "envelope too long")
    header = cbor2.dumps({1: -7, 4: sha256(anchor.public_bytes(Encoding.DER))[:8]})
    start = b"\xd2\x84" + cbor2.dumps(header) + b"\xa0"
    payload, signature = envelope[len(start) + 2:-66], envelope[-64:]
    refuse_unless(envelope == start + cbor2.dumps(payload) + cbor2.dumps(signature), "not an envelope for this anchor")
    try:
        to_be_signed = cbor2.dumps(["Signature1", header, b"", payload])
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        anchor.public_key().verify(utils.encode_dss_signature(r, s), to_be_signed, ec.ECDSA(SHA256()))
    except InvalidSignature as why:
        raise Refused("not signed by the anchor") from why
    claims = cbor2.loads(payload)
    refuse_unless(payload == cbor2.dumps(claims, canonical=True), "claims not in the deterministic encoding")
    refuse_unless(list(claims) in (list(range(1, 12)), list(range(1, 16))) and claims[FORMAT] == "ICL1", "other format")
    return claims


class Bits:
    def __init__(self, body):
        self.text = "".join(f"{byte:08b}" for byte in body)
        self.at = 0

    def take(self, count):
        refuse_unless(self.at + count <= len(self.text), "the body ends too early")
        self.at += count
        return int(self.text[self.at - count:self.at] or "0", 2)

    def numbers(self, count, bound):
        number, k = -1, 0
        for index in range(count):
            if index % BLOCK == 0:
                k = self.take(6)
                refuse_unless(k < SLOT_BITS, "k too large")
            q = 0
            while q < LONGEST_UNARY and self.take(1):
                q += 1
            number += 1 + (self.take(SLOT_BITS) if q == LONGEST_UNARY else (q << k) + self.take(k))
            refuse_unless(number < bound, "number too large")
            yield number

    def finish(self):
        rest = self.text[self.at:]
        refuse_unless(len(rest) < 8 and "1" not in rest, "more than the lists in the body")


def set_digest(slots):
    shards = {}
    for slot in slots:
        bits = shards.setdefault(slot >> SHARD_BITS, bytearray(1 << SHARD_BITS >> 3))
        index = slot & ((1 << SHARD_BITS) - 1)
        bits[index >> 3] |= 1 << (index & 7)
    return sha256(b"".join(number.to_bytes(4, "big") + bytes(shards[number]) for number in sorted(shards)))


def link(claims):
    return sha256(claims[PREVIOUS] + claims[SET_DIGEST] + claims[SEQUENCE].to_bytes(8, "big"))


def read(envelope, body, anchor, held=None):
    """The (claims, set of slots) to hold from now on; raises Refused, and then what is held stays."""
    claims = open_envelope(envelope, anchor)
    refuse_unless(len(body) == claims[BODY_LENGTH] and sha256(body) == claims[BODY_DIGEST], "another body")
    if held:
        old = held[0]
        refuse_unless(claims[SEQUENCE] >= old[SEQUENCE] and claims[THIS_UPDATE] >= old[THIS_UPDATE], "rolled back")
        refuse_unless(claims[SEQUENCE] != old[SEQUENCE] or link(claims) == link(old), "another history")
        refuse_unless(claims[SEQUENCE] != old[SEQUENCE] + 1 or claims[PREVIOUS] == link(old), "another history")
    bits = Bits(body)
    if BASE_SEQUENCE in claims:
        refuse_unless(held and (claims[BASE_SEQUENCE], claims[BASE_LINK]) == (held[0][SEQUENCE], link(held[0])),
                      "another base")
        base = sorted(held[1])
        coming = set(bits.numbers(claims[ADDITIONS], 1 << SLOT_BITS))
        leaving = {base[place] for place in bits.numbers(claims[REMOVALS], len(base))}
        slots = (held[1] | coming) - leaving
    else:
        slots = set(bits.numbers(claims[REVOKED], 1 << SLOT_BITS))
    bits.finish()
    refuse_unless(len(slots) == claims[REVOKED] and set_digest(slots) == claims[SET_DIGEST], "not the set stated")
    return claims, slots


def main(anchor, *lists):
    anchor = x509.load_pem_x509_certificate(Path(anchor).read_bytes())
    held = None
    for name in lists:
        held = read(Path(f"{name}.cose").read_bytes(), Path(f"{name}.body").read_bytes(), anchor, held)
    print(*sorted(held[1]), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
