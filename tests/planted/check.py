#!/usr/bin/env python3
"""Checks that a folder agrees with itself: check.py DIR… Prints what is wrong and exits with 1."""
import csv
import json
import re
import sys
from datetime import date, datetime, timedelta

SUBJECT = re.compile(r"^(clerk|sign)-\d+@(\d\d-\d{4})$|^province-\d+@\d\d$")
NUMBER = {"CCCD": re.compile(r"^0\d{11}$"), "CMND": re.compile(r"^\d{9}$"), "PASSPORT": re.compile(r"^[A-Z0-9]{8,9}$")}
EXACT = {("sold-certificates", 1): 604, ("sold-certificates", 2): 6000, ("sold-certificates", 3): 54000}


def day(text):
    """A date as facilities write it; a year alone is its first day."""
    if len(text) == 4:
        return date(int(text), 1, 1)
    return date.fromisoformat(text) if text[4] == "-" else date(*map(int, reversed(text.split("/"))))


def table(path, faults, key):
    with open(path, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if len({key(row) for row in rows}) < len(rows) and not path.endswith("lots.csv"):
        faults.append(f"{path}: a key appears twice")
    return rows


def check_rows(act, n, places, faults, odd):
    """The columns of one entered or corrected row."""
    row = act["row"]
    if row["facility"] != act["facility"]:
        faults.append(f"line {n}: the row names another facility")
    given, born = day(row["vaccinated_on"]), day(row["date_of_birth"])
    entered = (datetime.fromisoformat(act["at"][:-1]) + timedelta(hours=7)).date()
    if given > entered or born >= given:
        faults.append(f"line {n}: {row['vaccinated_on']} entered on {entered}, born {row['date_of_birth']}")
    if not NUMBER[row["identity_type"]].match(row["identity_number"]):
        odd[act["honest"]] = odd.get(act["honest"], 0) + 1
        if act["honest"] and row["identity_number"].strip("0123456789"):
            faults.append(f"line {n}: {row['identity_number']} is not a number")


def check_acts(path, places, faults):
    versions, entered, signers, seen, odd, last = {}, set(), set(), {"honest": 0, "planted": 0, "surges": {}}, {}, ""
    with open(path, encoding="utf-8") as file:
        for n, text in enumerate(file, 1):
            act = json.loads(text)
            name, code = act["act"], act["facility"]
            if act["at"] < last:
                faults.append(f"line {n}: earlier than the line before")
            last = act["at"]
            match = SUBJECT.match(act["by"])
            if code not in places or not match or match[2] not in (None, code):
                faults.append(f"line {n}: {act['by']} at {code}")
            if name == "enter":
                key = code, act["row"]["reference"]
                if key in versions:
                    faults.append(f"line {n}: {key} appears twice")
                versions[key] = 1
                entered.add(act["by"])
                seen["honest" if act["honest"] else "planted"] += 1
                if act["surge"]:
                    seen["surges"][act["surge"]] = seen["surges"].get(act["surge"], 0) + 1
            used = act.get("references") or [act.get("reference") or act.get("row", {}).get("reference")]
            for reference in used if name not in ("hand-out", "announce-backlog") else ():
                if (code, reference) not in versions:
                    faults.append(f"line {n}: {name} of an unknown reference {reference}")
            if name == "sign":
                signers.add(act["by"])
                if len(set(used)) < len(used):
                    faults.append(f"line {n}: a reference is signed twice in one act")
            if name == "correct":
                key = code, act["row"]["reference"]
                if act["row"]["corrects"] != str(versions.get(key)):
                    faults.append(f"line {n}: corrects {act['row']['corrects']}, the version is {versions.get(key)}")
                versions[key] = versions.get(key, 0) + 1
            if name in ("enter", "correct"):
                check_rows(act, n, places, faults, odd)
            if name == "hand-out":
                day(act["date_of_birth"]), day(act["last_vaccinated_on"])
    if entered & signers:
        faults.append(f"both enter and sign: {sorted(entered & signers)[:3]}")
    if odd.get(True, 0) > 0.12 * seen["honest"]:
        faults.append(f"{odd[True]} honest numbers have a wrong form")
    return seen


def check(folder):
    faults = []
    places = {r["code"] for r in table(f"{folder}/facilities.csv", faults, lambda r: r["code"])}
    people = table(f"{folder}/population.csv", faults, lambda r: r["identity_number"])
    for person in people:
        if not NUMBER["CCCD"].match(person["identity_number"]) or \
                person["old_identity_number"] and not NUMBER["CMND"].match(person["old_identity_number"]):
            faults.append(f"population: {person['identity_number']}")
    for row in table(f"{folder}/lots.csv", faults, lambda r: 0):
        if row["facility"] not in places:
            faults.append(f"lots: {row['facility']}")
    seen = check_acts(f"{folder}/acts.ndjson", places, faults)
    with open(f"{folder}/expected.json", encoding="utf-8") as file:
        told = json.load(file)
    if (told["honest_records"], sum(told["planted_records"].values()), told["honest_surges"]) != \
            (seen["honest"], seen["planted"], seen["surges"]):
        faults.append("expected.json counts something else")
    wanted = EXACT.get((told["pattern"], told["strength"]), told["wanted_certificates"])
    if wanted != told["wanted_certificates"] or len(set(told["wanted"])) != wanted:
        faults.append(f"{len(set(told['wanted']))} people, {told['wanted_certificates']} wanted, not {wanted}")
    for fault in faults[:20]:
        print(f"{folder}: {fault}", file=sys.stderr)
    print(f"{'not ok' if faults else 'ok'} - {folder}: {seen['honest']} honest and {seen['planted']} planted records, "
          f"{len(people)} people, {told['wanted_certificates']} wanted")
    return not faults


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(0 if all([check(folder) for folder in sys.argv[1:]]) else 1)
