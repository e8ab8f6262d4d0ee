"""
A reader of EU DCC certificates written from the standard alone (hcert_spec 3 and 4; RFC 9052, 8392, 1950, 9285).
It shares nothing with the program it checks. Anything that is not exactly as the standard says is refused.
"""
import base64
import io
import zlib
from dataclasses import dataclass

import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
ES256, PS256 = -7, -37


class Refused(Exception):
    """Why a text is not a certificate to rely on."""


@dataclass
class Certificate:
    protected: bytes
    payload: bytes
    signature: bytes
    algorithm: int
    kid: bytes
    claims: dict

    @property
    def dcc(self) -> dict:
        return self.claims[-260][1]

    @property
    def dose(self) -> dict:
        return self.dcc["v"][0]

    @property
    def signed_bytes(self) -> bytes:
        return cbor2.dumps(["Signature1", self.protected, b"", self.payload])


def base45_decode(text: str) -> bytes:
    out = bytearray()
    for start in range(0, len(text), 3):
        digits = [BASE45.find(c) for c in text[start:start + 3]]
        if min(digits) < 0 or len(digits) == 1:
            raise Refused("not Base45")
        value = sum(d * 45 ** i for i, d in enumerate(digits))
        size = len(digits) - 1
        if value >= 256 ** size:
            raise Refused("a Base45 group is too large")
        out += value.to_bytes(size, "big")
    return bytes(out)


def base45_encode(data: bytes) -> str:
    out = []
    for start in range(0, len(data), 2):
        group = data[start:start + 2]
        value = int.from_bytes(group, "big")
        out += [BASE45[value // 45 ** i % 45] for i in range(len(group) + 1)]
    return "".join(out)


def inflate(data: bytes) -> bytes:
    stream = zlib.decompressobj()
    try:
        out = stream.decompress(data, 64 * 1024)
    except zlib.error as fault:
        raise Refused(f"not zlib: {fault}") from fault
    if not stream.eof or stream.unused_data:
        raise Refused("the zlib stream does not end where the text ends")
    return out


def one_item(data: bytes):
    stream = io.BytesIO(data)
    try:
        item = cbor2.load(stream)
    except Exception as fault:  # noqa: BLE001 - cbor2 raises many kinds
        raise Refused(f"not CBOR: {fault}") from fault
    if stream.read(1):
        raise Refused("bytes after the CBOR item")
    return item


def decode(text: str) -> Certificate:
    if not text.startswith("HC1:"):
        raise Refused("no HC1: in front")
    return decode_cose(inflate(base45_decode(text[4:])))


def decode_cose(data: bytes) -> Certificate:
    message = one_item(data)
    if not isinstance(message, cbor2.CBORTag) or message.tag != 18 or not isinstance(message.value, list) \
            or [type(part) for part in message.value] != [bytes, dict, bytes, bytes]:
        raise Refused("not a COSE_Sign1")
    protected, unprotected, payload, signature = message.value
    headers = one_item(protected)
    claims = one_item(payload)
    if not isinstance(headers, dict) or not isinstance(claims, dict):
        raise Refused("headers or claims are no map")
    kid = headers.get(4, unprotected.get(4))
    if not isinstance(kid, bytes) or headers.get(1) not in (ES256, PS256):
        raise Refused("alg or kid is missing or unknown")
    return Certificate(protected, payload, signature, headers[1], kid, claims)


def encode_cose(cose: bytes) -> str:
    return "HC1:" + base45_encode(zlib.compress(cose, 9))


def verify(certificate: Certificate, signers: dict[bytes, list[x509.Certificate]]) -> x509.Certificate:
    """The DSC that signed it; kids can collide, so every DSC with that kid is tried."""
    for dsc in signers.get(certificate.kid, []):
        key = dsc.public_key()
        try:
            if certificate.algorithm == ES256 and isinstance(key, ec.EllipticCurvePublicKey):
                if len(certificate.signature) != 64:
                    raise Refused("an ES256 signature has 64 bytes")
                r, s = (int.from_bytes(half, "big") for half in (certificate.signature[:32], certificate.signature[32:]))
                key.verify(encode_dss_signature(r, s), certificate.signed_bytes, ec.ECDSA(hashes.SHA256()))
                return dsc
            if certificate.algorithm == PS256 and isinstance(key, rsa.RSAPublicKey):
                key.verify(certificate.signature, certificate.signed_bytes,
                           padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
                return dsc
        except InvalidSignature:
            continue
    raise Refused("no trusted DSC signed it")


def kid_of(dsc: x509.Certificate) -> bytes:
    return dsc.fingerprint(hashes.SHA256())[:8]


def trusted_signers(items: list[dict]) -> dict[bytes, list[x509.Certificate]]:
    signers: dict[bytes, list[x509.Certificate]] = {}
    for item in (i for i in items if i["certificateType"] == "DSC"):
        dsc = x509.load_der_x509_certificate(base64.b64decode(item["rawData"], validate=True))
        signers.setdefault(kid_of(dsc), []).append(dsc)
    return signers
