"""What a stranger sees in a demo's output: check_demo.py DIR, with the reader of hc1.py and OpenSSL's CMS."""
import base64
import hashlib
import json
import random
import re
import subprocess
import sys
import unicodedata
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

import hc1
from check import check, section

HANOI = timezone(timedelta(hours=7))
UVCI = re.compile(r"URN:UVCI:01:VN:[0-9A-HJKMNP-TV-Z]{27}#[A-Z0-9/:]")
UVCI_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:"
# product -> (holder, prophylaxis, doses of a primary course): standards, not the program's own table.
PRODUCTS = {
    "EU/1/21/1529": ("ORG-100001699", "29061000087103", 2), "EU/1/20/1528": ("ORG-100030215", "1119349007", 2),
    "EU/1/20/1507": ("ORG-100031184", "1119349007", 2), "EU/1/20/1525": ("ORG-100001417", "29061000087103", 1),
    "BBIBP-CorV": ("ORG-100020693", "1157024006", 2), "Hayat-Vax": ("ORG-100023050", "1157024006", 2),
    "Sputnik-V": ("Gamaleya-Research-Institute", "29061000087103", 2), "Abdala": ("CIGB", "28531000087107", 3),
}

SPECIAL_LETTERS = str.maketrans({"Đ": "D", "Ð": "D", "Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "O", "Æ": "AE"})


def uvci_check_character(text: str) -> str:
    """Luhn mod 38 over everything before the '#' (eu-dcc-schema, examples/Luhn-Mod-N)."""
    total = 0
    for place, character in enumerate(reversed(text)):
        doubled = UVCI_ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += doubled // 38 + doubled % 38
    return UVCI_ALPHABET[-total % 38]


def twelve_months_on(issued_at: int) -> int:
    """24:00 in Hanoi of the same day of the month twelve months on; 29 February: the 28th."""
    day = datetime.fromtimestamp(issued_at, HANOI).replace(hour=0, minute=0, second=0, microsecond=0)
    month_and_day = (2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day)
    end = datetime(day.year + 1, *month_and_day, tzinfo=HANOI) + timedelta(days=1)
    return int(end.timestamp())


def transliterate(name: str) -> str:
    """ICAO 9303 for the names of a demo, written anew."""
    plain = unicodedata.normalize("NFC", name).upper().translate(SPECIAL_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return re.sub(r"[^A-Z]+", "<", re.sub(r"['’]", "", bare)).strip("<")


def content_faults(line: dict, certificate: hc1.Certificate, dsc: x509.Certificate):
    claims, dcc, dose = certificate.claims, certificate.dcc, certificate.dose
    issued_at, expires_at = claims[6], claims[4]
    if sorted(claims, key=str) != sorted([1, 4, 6, -260], key=str) or list(claims[-260]) != [1]:
        yield f"claims {list(claims)}"
    if (claims[1], line["iat"], line["exp"]) != ("VN", issued_at, expires_at):
        yield "iss, iat or exp differ from the line"
    if not all(type(value) is int for value in (issued_at, expires_at, dose["dn"], dose["sd"])):
        yield "a number is no integer"
    if expires_at != twelve_months_on(issued_at):
        yield f"exp {expires_at} is not 24:00 twelve months after {issued_at}"
    if not dsc.not_valid_before.replace(tzinfo=timezone.utc).timestamp() <= issued_at \
            or expires_at > dsc.not_valid_after.replace(tzinfo=timezone.utc).timestamp():
        yield "the DSC does not cover iat to exp"
    if not UVCI.fullmatch(dose["ci"]) or dose["ci"] != line["uvci"]:
        yield f"UVCI {dose['ci']}"
    elif uvci_check_character(dose["ci"][:-2]) != dose["ci"][-1]:
        yield f"check character of {dose['ci']}"
    if set(dcc) != {"ver", "nam", "dob", "v"} or dcc["ver"] != "1.3.0" or len(dcc["v"]) != 1:
        yield f"DCC members {sorted(dcc)}"
    yield from name_faults(dcc["nam"])
    if not re.fullmatch(r"(19|20)\d\d(-\d\d(-\d\d)?)?", dcc["dob"]):
        yield f"dob {dcc['dob']}"
    yield from dose_faults(dose)


def name_faults(name: dict):
    for text, standardised in (("fn", "fnt"), ("gn", "gnt")):
        if (text in name) != (standardised in name):
            yield f"{text} without {standardised}, or the other way round"
        if text not in name:
            continue
        if not re.fullmatch(r"[A-Z]+(<[A-Z]+)*", name[standardised]):
            yield f"{standardised} {name[standardised]!r}"
        if transliterate(name[text]) != name[standardised]:
            yield f"{name[text]!r} became {name[standardised]!r}"
        if not unicodedata.is_normalized("NFC", name[text]) or name[text] != name[text].strip():
            yield f"{name[text]!r} is not tidy NFC"
    if "fnt" not in name:
        yield "no fnt"


def dose_faults(dose: dict):
    if set(dose) != {"tg", "vp", "mp", "ma", "dn", "sd", "dt", "co", "is", "ci"}:
        yield f"members of the dose: {sorted(dose)}"
    holder, prophylaxis, primary = PRODUCTS.get(dose["mp"], (None, None, 0))
    if (dose["ma"], dose["vp"], dose["tg"], dose["co"]) != (holder, prophylaxis, "840539006", "VN"):
        yield f"product triple {dose['mp']}, {dose['ma']}, {dose['vp']}"
    dn, sd = dose["dn"], dose["sd"]
    if not (dn == sd and dn >= primary or sd == 1 and dn > 1):
        yield f"dn/sd {dn}/{sd} of {dose['mp']}"
    if not re.fullmatch(r"20\d\d-\d\d-\d\d", dose["dt"]):
        yield f"dt {dose['dt']}"


def trust_list_faults(items: list[dict], anchor: Path, scratch: Path):
    cscas = [x509.load_der_x509_certificate(base64.b64decode(i["rawData"]))
             for i in items if i["certificateType"] == "CSCA"]
    if not cscas or not any(i["certificateType"] == "DSC" for i in items):
        yield "no CSCA or no DSC on the list"
    for number, item in enumerate(items):
        der = base64.b64decode(item["rawData"], validate=True)
        digest = hashlib.sha256(der)
        if item["thumbprint"] != digest.hexdigest() or base64.b64decode(item["kid"]) != digest.digest()[:8]:
            yield f"item {number}: kid or thumbprint"
        if item["country"] != "VN":
            yield f"item {number}: country {item['country']}"
        yield from (f"item {number}: {fault}" for fault in cms_faults(item, der, anchor, scratch))
        if item["certificateType"] == "DSC":
            dsc = x509.load_der_x509_certificate(der)
            if not any(signed_by(dsc, csca) for csca in cscas):
                yield f"item {number}: no CSCA signed this DSC"


def cms_faults(item: dict, der: bytes, anchor: Path, scratch: Path):
    content, signature = scratch / "item.der", scratch / "item.cms"
    signature.write_bytes(base64.b64decode(item["signature"], validate=True))
    for what, wanted in ((der, 0), (der[:-1] + bytes([der[-1] ^ 1]), 1)):
        content.write_bytes(what)
        result = subprocess.run(
            ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", content,
             "-CAfile", anchor, "-certfile", anchor, "-nointern", "-purpose", "any", "-no_check_time",
             "-out", "/dev/null"], capture_output=True, text=True)
        if (result.returncode == 0) != (wanted == 0):
            yield f"openssl cms said {result.returncode}, not {wanted}: {result.stderr.strip()}"


def signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    key, tbs = issuer.public_key(), certificate.tbs_certificate_bytes
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(certificate.signature, tbs, ec.ECDSA(certificate.signature_hash_algorithm))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(certificate.signature, tbs, padding.PKCS1v15(), certificate.signature_hash_algorithm)
        return certificate.issuer == issuer.subject
    except Exception:  # noqa: BLE001 - whatever it says, it did not verify
        return False


def is_refused(action) -> bool:
    try:
        action()
        return False
    except hc1.Refused:
        return True


def tampering_faults(texts: list[str], signers):
    """Every byte of a few, a random byte of all; below zlib, so that its checksum is not what notices."""
    chance = random.Random(7)
    for number, text in enumerate(texts):
        cose = hc1.inflate(hc1.base45_decode(text[4:]))
        if is_refused(lambda: hc1.verify(hc1.decode(hc1.encode_cose(cose)), signers)):
            yield f"certificate {number} is refused although nothing was changed"
        places = range(len(cose)) if number < 5 else [chance.randrange(len(cose))]
        for place in places:
            for mask in (0x01, 0x80, chance.randrange(1, 256)):
                changed = bytearray(cose)
                changed[place] ^= mask
                if not is_refused(lambda: hc1.verify(hc1.decode(hc1.encode_cose(bytes(changed))), signers)):
                    yield f"certificate {number}: byte {place} xor {mask:#x} is still accepted"


def text_faults(texts: list[str], signers):
    """Every character of a few. Spare bits of the deflate stream may change what nobody reads: then COSE is equal."""
    for number, text in enumerate(texts[:5]):
        cose = hc1.inflate(hc1.base45_decode(text[4:]))
        for place, old in enumerate(text[4:], 4):
            new = hc1.BASE45[(hc1.BASE45.index(old) + 1) % 45]
            changed = text[:place] + new + text[place + 1:]
            if not is_refused(lambda: hc1.verify(hc1.decode(changed), signers)) \
                    and hc1.inflate(hc1.base45_decode(changed[4:])) != cose:
                yield f"certificate {number}: character {place} {old!r} -> {new!r} is still accepted"


def main(directory: str) -> None:
    demo = Path(directory)
    lines = [json.loads(line) for line in (demo / "certificates.ndjson").read_text("utf-8").splitlines()]
    items = json.loads((demo / "trustlist.json").read_text("utf-8"))
    signers = hc1.trusted_signers(items)
    texts = [line["hc1"] for line in lines]
    with section("python: trust list"):
        check("python: the anchor signed every item of the trust list, a CSCA every DSC",
              trust_list_faults(items, demo / "anchor.pem", demo))
    with section("python: certificates"):
        check("python: there are certificates, each UVCI once",
              len(lines) > 50 and len({line["uvci"] for line in lines}) == len(lines))
        faults = []
        for line in lines:
            try:
                certificate = hc1.decode(line["hc1"])
                dsc = hc1.verify(certificate, signers)
                if base64.b64encode(certificate.kid).decode() != line["kid"]:
                    faults.append(f"{line['uvci']}: kid differs from the line")
                faults += [f"{line['uvci']}: {fault}" for fault in content_faults(line, certificate, dsc)]
            except hc1.Refused as refused:
                faults.append(f"{line['uvci']}: {refused}")
        check(f"python: reads and verifies all {len(lines)} certificates, and finds what they must say", faults)
    with section("python: changed bytes"):
        check("python: refuses a certificate when a byte of it is changed", tampering_faults(texts, signers))
        check("python: refuses a certificate when a character of it is changed", text_faults(texts, signers))


if __name__ == "__main__":
    main(sys.argv[1])
