"""People: the population register, foreigners with passports, and the mistakes in what a facility types."""
from datetime import date, timedelta

import names

# Codes of the 63 old provinces that begin an identity number; they stay for life.
BIRTH_PROVINCES = ("001", "002", "004", "006", "008", "010", "012", "014", "015", "017", "019", "020", "022", "024",
                   "025", "027", "030", "031", "033", "034", "036", "037", "038", "040", "042", "044", "045", "046",
                   "048", "049", "051", "052", "054", "056", "058", "060", "062", "064", "066", "067", "068", "070",
                   "072", "074", "075", "077", "079", "080", "082", "083", "084", "086", "087", "089", "091", "092",
                   "093", "094", "095", "096")


class Person:
    """`number` is a CCCD, or a passport for a foreigner. `typed` is what facilities write: it may be wrong."""
    __slots__ = ("number", "old_number", "family", "given", "sex", "born", "commune", "province", "country",
                 "typed", "fault", "doses")

    def __init__(self, number, old_number, family, given, sex, born, commune, province, country="VNM"):
        self.number, self.old_number = number, old_number
        self.family, self.given, self.sex, self.born = family, given, sex, born
        self.commune, self.province, self.country = commune, province, country
        self.typed, self.fault, self.doses = None, None, []

    def facts(self):
        """The true columns of a record."""
        kind = "CCCD" if self.country == "VNM" else "PASSPORT"
        return {"family_name": self.family, "given_name": self.given, "sex": self.sex, "date_of_birth": self.born,
                "identity_type": kind, "identity_number": self.number, "nationality": self.country}


class People:
    def __init__(self, rng, places):
        self.rng, self.places = rng, places  # places: province -> communes
        self.register, self.used = [], set()

    def born(self, youngest=12):
        """An ISO date; some old people have only a year in the register."""
        age = min(96, self.rng.triangular(youngest, 90, 33))
        day = date(2021, 9, 1) - timedelta(days=int(age * 365.25))
        if age > 60 and self.rng.random() < 0.04:
            return f"{day.year}"
        return day.isoformat()

    def identity(self, born, sex, province):
        rng, year = self.rng, int(born[:4])
        century = (0 if year < 2000 else 2) + (1 if sex == "F" else 0)
        while True:
            start = rng.choice(BIRTH_PROVINCES) if rng.random() < 0.3 else "0" + province
            number = f"{start}{century}{year % 100:02d}{rng.randrange(1000000):06d}"
            if number not in self.used:
                self.used.add(number)
                return number

    def unregistered(self, province, commune=None, youngest=12):
        """Somebody whom no register knows: an invention."""
        rng = self.rng
        sex, born = rng.choice("MF"), self.born(youngest)
        family, given = names.vietnamese(rng, sex)
        old = None
        if born[:4] < "2005" and rng.random() < 0.4:
            while old is None or old in self.used:
                old = f"{rng.randrange(10000000, 999999999):09d}"
            self.used.add(old)
        return Person(self.identity(born, sex, province), old, family, given, sex, born,
                      commune or rng.choice(self.places[province]), province)

    def citizen(self, province, commune=None, youngest=12):
        person = self.unregistered(province, commune, youngest)
        self.register.append(person)
        return person

    def foreigner(self, province, countries=None):
        rng = self.rng
        country, shape, families, givens = countries or rng.choices(names.FOREIGN, names.FOREIGN_WEIGHTS)[0]
        number = names.fill(rng, shape)
        while number in self.used:
            number = names.fill(rng, shape)
        self.used.add(number)
        born = (date(2021, 9, 1) - timedelta(days=int(rng.triangular(20, 68, 36) * 365.25))).isoformat()
        return Person(number, None, rng.choice(families), rng.choice(givens), rng.choice("MMF"), born,
                      rng.choice(self.places[province]), province, country)
