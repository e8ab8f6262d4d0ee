"""
`demo --from` on a campaign made by hand, in two spellings of the same files: what became of every planted situation is
asserted by name, from records.ndjson and certificates.ndjson alone.
"""
import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import hc1
from check import SCRATCH, check, run_well, section
from planted_campaign import NOW, Campaign, campaign

TWELVE_MONTHS_ON = int(datetime.fromisoformat("2023-06-16T00:00:00+07:00").timestamp())


def codes(faults: list[str]) -> list[str]:
    """A fault is a code, with or without its field in front."""
    return sorted(fault.rsplit(":", 1)[-1] for fault in faults)


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def record_faults(made: Campaign, found: list[dict]):
    """A line per record, as expected, and none besides."""
    expected = {key: (case.name, value) for case in made.cases for key, value in case.expected.items()}
    by_key = {}
    for line in found:
        key = (line["facility"], line["reference"])
        if line["state"] == "refused" and expected.get(key, ("", None))[1] is not None \
                and expected[key][1].state != "refused":
            continue  # a second row under a known reference, refused: its case has a check of its own
        if key in by_key:
            yield f"two lines for {key}"
        by_key[key] = line
    for key, (name, want) in expected.items():
        line = by_key.pop(key, None)
        if line is None:
            yield f"{name}: no line for {key}"
            continue
        got = (line["state"], sorted(line["differs"]), line["suggestion"], codes(line["faults"]))
        if got != (want.state, sorted(want.differs), want.suggestion, sorted(want.faults)):
            yield f"{name}: {got}, expected {want}"
    yield from (f"a line nobody planted: {key}" for key in by_key)


def person_of(dcc: dict) -> tuple:
    name = dcc["nam"]
    return " ".join(filter(None, (name.get("fn"), name.get("gn")))), dcc["dob"]


def certificate_faults(made: Campaign, demo: Path):
    signers = hc1.trusted_signers(json.loads((demo / "trustlist.json").read_text("utf-8")))
    by_person: dict[tuple, list[dict]] = {}
    for line in lines(demo / "certificates.ndjson"):
        certificate = hc1.decode(line["hc1"])
        hc1.verify(certificate, signers)
        if certificate.claims[4] != TWELVE_MONTHS_ON:
            yield f"{line['uvci']}: exp {certificate.claims[4]}, expected {TWELVE_MONTHS_ON}"
        by_person.setdefault(person_of(certificate.dcc), []).append(certificate.dcc)
    for case in made.cases:
        found = by_person.pop((f"{case.family} {case.given}".strip(), case.born), [])
        wanted = case.certificate
        if len(found) != (wanted is not None):
            yield f"{case.name}: {len(found)} certificates"
            continue
        for key, value in (wanted or {}).items():
            got = found[0]["v"][0].get(key, found[0]["nam"].get(key, found[0].get(key)))
            if got != value:
                yield f"{case.name}: {key} is {got!r}, expected {value!r}"
    yield from (f"a certificate for nobody planted: {person}" for person in by_person)


def contents(demo: Path) -> Counter:
    """Certificates without identifier and times."""
    dccs = [hc1.decode(line["hc1"]).dcc for line in lines(demo / "certificates.ndjson")]
    return Counter(json.dumps(d | {"v": [d["v"][0] | {"ci": ""}]}, sort_keys=True) for d in dccs)


def run(made: Campaign, name: str, vietnamese: bool) -> Path:
    place = SCRATCH / "planted" / name
    made.write(place / "in", vietnamese)
    run_well("demo", "--from", place / "in", "--out", place / "out", "--now", NOW, environment=None)
    return place / "out"


def check_summary(made: Campaign, demo: Path) -> None:
    summary = json.loads((demo / "summary.json").read_text("utf-8"))
    wanted = Counter(e.state for case in made.cases for e in case.expected.values())
    wanted["refused"] += 1  # changed-without-a-word
    check("planted: summary.json counts the records by state",
          [f"{summary['records']}, expected {dict(wanted)}"] * (Counter(summary["records"]) != wanted))
    check("planted: summary.json counts the certificates",
          summary["certificates"] == sum(case.certificate is not None for case in made.cases))


def main() -> None:
    made = campaign()
    with section("planted campaign"):
        demo = run(made, "plain", vietnamese=False)
        found = lines(demo / "records.ndjson")
        check(f"planted: every record of {len(made.cases)} people ended as it must, without a lots.csv",
              record_faults(made, found))
        check("planted: each person entitled has one certificate that says what it must, nobody else has one",
              certificate_faults(made, demo))
        again = [(l["state"], codes(l["faults"])) for l in found if l["reference"] == "kept"]
        check("planted: other content under a known reference is refused, the record stays",
              sorted(again) == [("matched", []), ("refused", ["known-reference"])])
        check_summary(made, demo)
        errors = (demo / "records.errors.csv").read_text("utf-8-sig").splitlines()
        refused = sum(line["state"] == "refused" for line in found)
        check("planted: records.errors.csv has every refused row", len(errors) == refused + 1)
        check("planted: a refused formula does not run in records.errors.csv",
              not any(cell.startswith(("=", "@")) for line in errors for cell in line.split(",")))
    with section("planted campaign as a Vietnamese spreadsheet saves it"):
        other = run(made, "vietnamese", vietnamese=True)
        check("planted: semicolons, BOM, CRLF, Vietnamese headers and words change nothing in the records",
              [f"{a} <> {b}" for a, b in zip(found, lines(other / "records.ndjson")) if a != b])
        check("planted: nor in the certificates", contents(demo) == contents(other))


main()
