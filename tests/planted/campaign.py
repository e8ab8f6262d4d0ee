"""The campaign as it is being made up: records and acts, which get their references only when all are known."""
from random import Random

import facilities
from clock import day_date
from lots import PRODUCTS, Lots
from people import People

COLUMNS = ("reference", "facility", "family_name", "given_name", "sex", "date_of_birth", "identity_type",
           "identity_number", "nationality", "product", "lot", "dose_number", "dose_kind", "vaccinated_on")


class Record:
    """One dose as entered. `signing`: "facility" (signed with the others), "own" (the maker does it) or "none"."""
    __slots__ = ("facility", "person", "typed", "product", "lot", "day", "dose", "kind", "at", "by", "honest",
                 "surge", "pattern", "signing", "signed", "version", "withdrawn", "reference")

    def __init__(self, facility, person, typed, product, lot, day, dose, kind, at, by):
        self.facility, self.person, self.typed = facility, person, typed
        self.product, self.lot, self.day, self.dose, self.kind = product, lot, day, dose, kind
        self.at, self.by = at, by
        self.honest, self.surge, self.pattern, self.signing = True, None, None, "facility"
        self.signed, self.version, self.withdrawn, self.reference = [], 1, None, None

    def row(self, **changed):
        """The columns as this facility writes them."""
        place, row = self.facility, {"reference": self.reference, "facility": self.facility.code}
        row.update(self.typed)
        row.update(product=self.product, lot=self.lot, dose_number=self.dose, dose_kind=self.kind,
                   vaccinated_on=day_date(self.day).isoformat())
        row.update(changed)
        for column in ("date_of_birth", "vaccinated_on"):
            if not place.iso_dates and len(row[column]) == 10:
                year, month, day = row[column].split("-")
                row[column] = f"{day}/{month}/{year}"
        if place.word_sex:
            row["sex"] = {"M": "Nam", "F": "Nữ"}[row["sex"]]
        if place.trade_names and row["product"] in PRODUCTS:
            row["product"] = PRODUCTS[row["product"]][0]
        row["dose_number"] = str(row["dose_number"])
        return row


class Campaign:
    def __init__(self, seed, honest):
        # The background depends on the seed only, so that patterns can be compared on the same one.
        self.seed, self.wanted_honest = seed, honest
        self.rng = Random(f"{seed} background")
        self.facilities = facilities.make(self.rng, max(30, min(200, honest // 300)))
        self.lots = Lots(self.rng)
        self.people = People(self.rng, facilities.PLACES)
        self.records, self.acts = [], []
        self.by_code = {}
        for place in self.facilities:
            self.by_code[place.code] = place
        self.busy = set()     # facilities that are a surge from the first to the last day
        self.crowded = set()  # ordinary facilities that have one for some days
        self.backlog_at, self.taken = None, set()
        # What the patterns leave: whose certificates they want, whom they hurt, and what they do after signing.
        self.wanted, self.victims, self.thieves, self.notes, self.after = {}, [], set(), {}, []
        self.deliveries = []

    def part(self, share):
        """A share of the honest records, in a small folder never less than a handful."""
        return max(12, round(self.wanted_honest * share))

    def free(self, by, at):
        """The next moment at which a clerk can have typed a row: nobody types one in less than 20 seconds."""
        slot = int(at) // 20
        while (by, slot) in self.taken:
            slot += 1
        self.taken.add((by, slot))
        return slot * 20 + int(at) % 20

    def add_facility(self, kind, province, commune=None):
        code = f"{province}-{sum(p.province == province for p in self.facilities) + 1:04d}"
        place = facilities.Facility(self.rng, code, kind, province,
                                    commune or self.rng.choice(facilities.PLACES[province]))
        self.facilities.append(place)
        self.by_code[code] = place
        self.busy.add(code)
        return place

    def quiet(self, kinds, province=None):
        """The facilities of some kinds that have no surge, biggest first."""
        return sorted((p for p in self.facilities if p.kind in kinds and p.code not in self.busy
                       and province in (None, p.province)), key=lambda p: (-p.size, p.code))

    def customers_with(self, doses):
        """Honest people without mistakes who have some number of doses, in the order of their first record."""
        people = dict.fromkeys(r.person for r in self.records if r.honest and r.person.fault is None)
        return [p for p in people if len(p.doses) == doses and len({r.day for r in p.doses}) == doses]

    def want(self, person):
        """A certificate that the thief is after; each person counts once."""
        self.wanted[person.number] = True

    def act(self, at, name, by, facility, honest=True, **more):
        self.acts.append((at, len(self.acts), {"act": name, "by": by, "facility": facility.code, "honest": honest,
                                               **more}))

    def enter(self, record):
        self.records.append(record)
        self.act(record.at, "enter", record.by, record.facility, record.honest, record=record, first=record.row())
        if record.honest and record.person is not None:
            record.person.doses.append(record)
        return record

    def sign(self, at, by, facility, records, honest=True):
        for record in records:
            record.signed.append(at)
        self.act(at, "sign", by, facility, honest, records=list(records))

    def correct(self, at, by, record, honest=True, **changed):
        """Corrects the newest version; what it changes stays changed for the next correction."""
        for field in ("product", "lot"):
            if field in changed:
                setattr(record, field, changed.pop(field))
        if "dose_number" in changed:
            record.dose = changed.pop("dose_number")
        if "day" in changed:
            record.day = changed.pop("day")
        record.typed = {**record.typed, **changed}
        row = record.row()
        row["corrects"] = str(record.version)
        record.version += 1
        self.act(at, "correct", by, record.facility, honest, record=record, row=row)

    def withdraw(self, at, by, record, honest=True):
        record.withdrawn = at
        self.act(at, "withdraw", by, record.facility, honest, record=record)

    def walk_in(self, at, by, record, honest=True):
        self.act(at, "walk-in", by, record.facility, honest, record=record)

    def hand_out(self, at, by, facility, number, born, last, honest=True):
        self.act(at, "hand-out", by, facility, honest, identity_number=number, date_of_birth=born,
                 last_vaccinated_on=last)
