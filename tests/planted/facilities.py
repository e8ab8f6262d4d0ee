"""Facilities: where people are vaccinated, who works there, and how the place likes to work."""
import names

# province -> (share of the people, communes). The codes are real codes, the facilities are not.
PROVINCES = {
    "79": (0.24, "26474 26477 26483 26498 26516 26528 26540 26555 26570 26597 26618 26651 26696 26744 26762"),
    "01": (0.18, "00341 00344 00356 00380 00404 00425 00443 00485 00533 00572 00593 00611 00620"),
    "31": (0.13, "10385 10400 10418 10433 10499 10517 10535 10550 10613 10661"),
    "75": (0.10, "25140 25158 25182 25215 25224 25314 25338 25353 25422"),
    "24": (0.08, "08082 08112 08130 08163 08217 08283 08310 08337"),
    "91": (0.07, "30491 30500 30551 30590 30680 30701 30737"),
    "37": (0.06, "12395 12419 12464 12500 12518 12560 12641"),
    "48": (0.05, "16089 16110 16200 16275 16311 16359"),
    "66": (0.05, "22119 22221 22236 22251 22299 22368"),
    "96": (0.04, "32202 32268 32298 32349 32409 32451"),
}
PLACES = {province: communes.split() for province, (_, communes) in PROVINCES.items()}
CAMPAIGN_CITY = "31"

# kind -> (name, share of the facilities, usual size, clerks, signatories)
KINDS = {
    "commune-station": ("Trạm Y tế xã {}", 0.56, 1.0, (1, 2), (1, 1)),
    "health-centre": ("Trung tâm Y tế khu vực {}", 0.15, 3.0, (2, 4), (1, 2)),
    "hospital": ("Bệnh viện Đa khoa {}", 0.12, 4.5, (3, 6), (2, 3)),
    "private": ("Phòng tiêm chủng “{}”, cơ sở 1", 0.10, 1.6, (1, 3), (1, 1)),
    "cdc": ("Trung tâm Kiểm soát bệnh tật - điểm tiêm {}", 0.03, 4.0, (3, 5), (2, 2)),
    "military": ("Bệnh viện Quân dân y {}", 0.04, 1.5, (2, 2), (1, 2)),
}
HOURS = {"commune-station": "10", "health-centre": "10", "hospital": "13",
         "private": "11", "cdc": "10", "military": "10"}


class Facility:
    __slots__ = ("code", "name", "kind", "province", "commune", "size", "clerks", "signers", "sessions", "opened",
                 "staff", "hours", "iso_dates", "word_sex", "trade_names", "files", "signs", "references", "lag")

    def __init__(self, rng, code, kind, province, commune):
        pattern, _, size, clerks, signers = KINDS[kind]
        self.code, self.kind, self.province, self.commune = code, kind, province, commune
        self.name = pattern.format(" ".join(rng.sample(names.WORDS, 2)))
        self.size = size * rng.lognormvariate(0, 0.6)
        self.clerks = [f"clerk-{n}@{code}" for n in range(1, rng.randint(*clerks) + 1)]
        self.signers = [f"sign-{n}@{code}" for n in range(1, rng.randint(*signers) + 1)]
        # Small stations vaccinate on some days of the week only.
        days = rng.randint(2, 4) if kind == "commune-station" else 6
        self.sessions = frozenset(rng.sample(range(6), days))
        self.opened = -999  # long before the campaign
        # Both columns are optional: half of the facilities filled them in.
        told = rng.random() < 0.5
        self.staff = len(self.clerks) + len(self.signers) + rng.randint(1, 8) if told else ""
        self.hours = HOURS[kind] if told else ""
        self.iso_dates, self.word_sex = rng.random() < 0.5, rng.random() < 0.4
        self.trade_names = rng.random() < 0.6
        # Some type into the page all day, some send a file at the end of the day.
        self.files = rng.random() < 0.2
        self.signs = rng.choices(("evening", "twice", "often", "next-morning", "weekly"), (45, 20, 12, 18, 5))[0]
        self.references = rng.choice(("day", "count", "prefix"))
        self.lag = rng.randint(0, 9)  # days until a new lot arrives here

    def clerk(self, rng):
        """The first clerk does most of the work."""
        return self.clerks[min(int(rng.expovariate(1.1)), len(self.clerks) - 1)]

    def session_on_or_after(self, day, working, rng=None):
        # With dice: who cannot come on a day comes on some other day of the week, not all on Monday.
        if rng and day % 7 not in self.sessions:
            day += rng.randint(1, 6)
        while day % 7 not in self.sessions or not working(day) or day < self.opened:
            day += 1
        return day


def make(rng, count):
    """At least one facility of a public kind in every province; sizes differ widely."""
    facilities, kinds = [], list(KINDS)
    weights = [KINDS[kind][1] for kind in kinds]
    for province, (share, _) in PROVINCES.items():
        for n in range(max(2, round(count * share))):
            kind = ("hospital", "commune-station")[n] if n < 2 else rng.choices(kinds, weights)[0]
            communes = PLACES[province]
            facilities.append(Facility(rng, f"{province}-{n + 1:04d}", kind, province, communes[n % len(communes)]))
    return facilities
