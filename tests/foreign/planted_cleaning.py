"""
A planted campaign for the cleaning: every person's records carry one known fault, or none. The planter shares no code
with the checks. Printed and held: how many of each kind were planted, found wrong, rightly suggested, and how many clean
records were wrongly held.

    planted_cleaning.py [PEOPLE]      2,000 unless told; 100,000 is the full size
"""
import csv
import json
import random
import sys
import unicodedata
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

from check import SCRATCH, check, run_well, section

NOW = "2022-06-15T09:00:00+07:00"
FAMILIES = "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Đào".split()
MIDDLES = "Văn Thị Đình Hữu Đức Ngọc Minh Quang Thanh Xuân Hồng Kim Thuý Khánh Diệu".split()
NAMES = ("An Bình Châu Dũng Đạt Giang Hà Hòa Hùng Khoa Lan Linh Loan Mai Nam Nga Oanh Phúc Quý Sơn Thảo Thủy Tòa Tú "
         "Uyên Việt Xoè Yến Hoè Thụy Đông Duy").split()
# Where the tone stands, in the spelling of before and of now.
TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ",
         "ọe": "oẹ", "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}
TONES_BACK = {new: old for old, new in TONES.items()}


def bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def retoned(text: str) -> str:
    return " ".join(next((word[:-2] + table[word[-2:]] for table in (TONES, TONES_BACK)
                          if word[-2:] in table and word[-3:-2].lower() != "q"), word) for word in text.split())


def off_by_one(number: str, rng: random.Random) -> str:
    place = rng.randrange(6, 12)
    return number[:place] + str((int(number[place]) + rng.randrange(1, 10)) % 10) + number[place + 1:]


class Person:
    def __init__(self, index: int, rng: random.Random):
        self.family, self.given = rng.choice(FAMILIES), f"{rng.choice(MIDDLES)} {rng.choice(NAMES)}"
        self.sex = rng.choice("MF")
        self.born = date(1945, 1, 1) + timedelta(days=rng.randrange(20_000))
        # Four apart in the last digits, so that nobody's slip is somebody else.
        self.number = (f"{rng.choice(['001', '027', '046', '079'])}{'0' if self.sex == 'M' else '1'}"
                       f"{self.born.year % 100:02}{(index * 37 + 11) % 1_000_000:06}")
        self.old = f"{100_000_000 + index * 31:09}"

    def truth(self) -> dict:
        return {"family_name": self.family, "given_name": self.given, "sex": self.sex,
                "date_of_birth": self.born.isoformat(), "identity_number": self.number, "identity_type": "CCCD"}


# A fault takes the person and gives what the clerk typed instead; None: it does not fit this person.
def day_and_month(p, rng):
    fits = p.born.day <= 12 and p.born.day != p.born.month
    return {"date_of_birth": f"{p.born.year}-{p.born.day:02}-{p.born.month:02}"} if fits else None


def names_swapped(p, rng):
    return {"family_name": p.given, "given_name": p.family}


def no_marks(p, rng):
    typed = {"family_name": bare(p.family), "given_name": bare(p.given)}
    # With nothing but đ or a movable tone to lose it would be the other kind.
    lost = sum(a != b for a, b in zip(unicodedata.normalize("NFC", f"{p.family} {p.given}"), " ".join(typed.values()))
               if a not in "đĐ")
    return typed if lost >= 1 else None


def other_tones(p, rng):
    typed = {"family_name": retoned(p.family), "given_name": retoned(p.given)}
    return typed if typed["given_name"] != p.given or typed["family_name"] != p.family else None


def plain_d(p, rng):
    typed = {"family_name": p.family.replace("Đ", "D"), "given_name": p.given.replace("Đ", "D").replace("đ", "d")}
    return typed if (typed["family_name"], typed["given_name"]) != (p.family, p.given) else None


FAULTS = {
    # planted: (typist, field that differs or state, kinds that are right)
    "day-month-swapped": (day_and_month, "date_of_birth", {"day-month-swapped"}),
    "name-order": (names_swapped, "name", {"name-order"}),
    "diacritics": (no_marks, "name", {"diacritics"}),
    "tone-placement": (other_tones, "name", {"tone-placement"}),
    "plain-d": (plain_d, "name", {"plain-d"}),
    "number-superseded": (lambda p, rng: {"identity_number": f"9{int(p.old[1:]):08}", "identity_type": "CMND"},
                          "identity_number", {"number-superseded"}),
    "digit-off": (lambda p, rng: {"identity_number": off_by_one(p.number, rng)}, "identity_number", {"digit-off"}),
    "number-form": (lambda p, rng: {"identity_number": p.number.lstrip("0")}, "bad_id_format", {"number-form"}),
    "no-number": (lambda p, rng: {"identity_number": "", "identity_type": ""}, "missing_id", {None}),
    "other-sex": (lambda p, rng: {"sex": "F" if p.sex == "M" else "M"}, "sex", {None}),
    "other-name": (lambda p, rng: {"given_name": "Hoàn Toàn Khác"}, "name", {None}),
}


def plant(people: int, directory: Path) -> dict:
    """Writes the campaign; gives the kind planted for each reference (None: clean)."""
    rng = random.Random(people)
    directory.mkdir(parents=True, exist_ok=True)
    planted, population, rows, seen = {}, [], [], set()
    index = 0
    while len(planted) < people:
        index += 1
        person = Person(index, rng)
        key = (bare(person.family + person.given), person.sex)
        if (key, person.born) in seen:
            continue  # namesakes born on one day are nobody's to tell apart
        seen.add((key, person.born))
        truth = person.truth()
        # A CMND that the registry no longer has is what makes a superseded number.
        kind = rng.choice(list(FAULTS)) if rng.random() < 0.3 else None
        typed = FAULTS[kind][0](person, rng) if kind else {}
        kind = kind if typed else None
        reference = f"R{index}"
        planted[reference] = kind
        population.append([truth["identity_number"], "" if kind == "number-superseded" else person.old,
                           person.family, person.given, person.sex, truth["date_of_birth"], "00001"])
        rows.append({"reference": reference, "facility": f"F{index % 50:02}", "nationality": "VNM",
                     "product": "EU/1/20/1528", "lot": "L1", "dose_number": "1",
                     "vaccinated_on": "2021-12-01"} | truth | (typed or {}))
    write(directory / "population.csv", ["identity_number", "old_identity_number", "family_name", "given_name", "sex",
                                         "date_of_birth", "commune"], population)
    write(directory / "facilities.csv", ["code", "name", "kind", "province", "commune"],
          [[f"F{n:02}", f"Trạm y tế {n}", "commune-station", ["01", "27", "", "79"][n % 4], f"{n:05}"]
           for n in range(50)])
    write(directory / "records.csv", list(rows[0]), [list(row.values()) for row in rows])
    return planted


def write(path: Path, header: list, rows: list) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def outcome(line: dict) -> str:
    return line["differs"][0] if line["state"] == "mismatched" and len(line["differs"]) == 1 else line["state"]


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    place = SCRATCH / "planted-cleaning"
    with section("planted cleaning"):
        planted = plant(people, place / "in")
        run_well("demo", "--from", place / "in", "--out", place / "out", "--now", NOW, environment=None, timeout=3600)
        found = {}
        with open(place / "out/records.ndjson", encoding="utf-8") as file:
            for line in map(json.loads, file):
                found[line["reference"]] = line
        table, wrong = defaultdict(Counter), []
        for reference, kind in planted.items():
            line = found[reference]
            row = table[kind or "clean"]
            row["planted"] += 1
            if kind is None:
                row["held"] += line["state"] != "matched"
                continue
            _, differs, right = FAULTS[kind]
            row["found"] += outcome(line) == differs
            row["rightly suggested"] += line["suggestion"] in right
            if outcome(line) != differs or line["suggestion"] not in right:
                wrong.append(f"{kind} {reference}: {outcome(line)}, {line['suggestion']}")
        print(f"note - planted {people} people: kind, planted, found, rightly suggested")
        for kind in FAULTS:
            row = table[kind]
            print(f"note - {kind:18}{row['planted']:8}{row['found']:8}{row['rightly suggested']:8}")
        print(f"note - {'clean':18}{table['clean']['planted']:8}, wrongly held {table['clean']['held']}")
        check("cleaning: no clean record is held", table["clean"]["held"] == 0)
        check("cleaning: every planted fault is found in its field and suggested by its kind", wrong)
        check("cleaning: every kind was planted", [kind for kind in FAULTS if table[kind]["planted"] == 0])


main()
