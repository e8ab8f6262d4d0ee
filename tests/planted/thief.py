"""A thief at one facility: which login, which hours, which days, how it is signed. The seed decides the style."""
from campaign import Record
from clock import DAYS, at_hour, day_of, is_working, moment, office_seconds, weekday


def pick(rng, given, **weights):
    return given or rng.choices(list(weights), list(weights.values()))[0]


def pick_place(campaign, rng, kinds=None):
    """Any facility, big ones and surge sites more often: a thief likes company."""
    places = [p for p in campaign.facilities if kinds is None or p.kind in kinds]
    company = campaign.busy | campaign.crowded
    return rng.choices(places, [p.size ** 0.7 * (3 if p.code in company else 1) for p in places])[0]


class Thief:
    def __init__(self, campaign, rng, pattern, place, first=0, last=DAYS, hours=None, spread=None, signing=None,
                 login=None, careful=None):
        self.campaign, self.rng, self.pattern, self.place = campaign, rng, pattern, place
        self.first, self.last = max(first, place.opened), last
        self.records, self.corrected = [], []
        self.hours = pick(rng, hours, working=4, beside=3, late=2, lunch=1, evening=2, night=1, mixed=2)
        self.spread = pick(rng, spread, steady=3, shadow=3, growing=2, bursts=2, weekday=1)
        self.signing = pick(rng, signing, duped=5, accomplice=3, quick=2)
        self.login = pick(rng, login, one=5, several=2, new=2)
        # A careful thief writes only days on which the place really vaccinated.
        self.careful = rng.random() < 0.6 if careful is None else careful
        self.logins = {"one": [place.clerk(rng)], "several": place.clerks,
                       "new": [f"clerk-{len(place.clerks) + 1}@{place.code}"]}[self.login]
        self.signer = rng.choice(place.signers)
        self.busy_days = self._busy_days()
        campaign.thieves.update(self.logins)
        campaign.notes.setdefault("styles", []).append(
            {"facility": place.code, "hours": self.hours, "spread": self.spread, "signing": self.signing,
             "login": self.login, "careful": self.careful})

    def _busy_days(self):
        days = {}
        for record in self.campaign.records:
            if record.facility is self.place and record.honest:
                days.setdefault(day_of(record.at), []).append(record.at)
        return days

    def moments(self, count):
        """When the thief sits at the screen, in order."""
        days = list(range(self.first, self.last + 1))
        rng, start = self.rng, self.first
        if self.spread == "shadow":
            weights = [len(self.busy_days.get(day, ())) for day in days]
        elif self.spread == "growing":
            weights = [is_working(day) * 1.04 ** (day - start) for day in days]
        elif self.spread == "bursts":
            chosen = set(rng.sample(days, min(len(days), rng.randint(3, 9))))
            weights = [float(day in chosen) for day in days]
        elif self.spread == "weekday":
            chosen = rng.randrange(7 if self.hours in ("night", "evening") else 6)
            weights = [float(weekday(day) == chosen) for day in days]
        else:
            weights = [1.0 if is_working(day) else float(self.hours == "night") for day in days]
        if not any(weights):
            weights = [1.0] * len(days)
        return sorted(self.moment(day) for day in rng.choices(days, weights, k=count))

    def moment(self, day):
        rng, hours = self.rng, self.hours
        if hours == "mixed":
            hours = rng.choice(("working", "beside", "late", "evening", "night"))
        if hours == "beside" and day in self.busy_days:
            # Between the rows of honest people, or in the same file.
            return rng.choice(self.busy_days[day]) + (0 if self.place.files else rng.randint(15, 240))
        if hours in ("working", "beside"):
            return moment(day, office_seconds(rng))
        return at_hour(day, rng.uniform(*{"late": (16, 18), "lunch": (11.6, 13.2), "evening": (17.5, 21.8),
                                          "night": (22, 28.5)}[hours]))

    def believable(self, day):
        """The nearest earlier day on which the place vaccinates."""
        if self.careful:
            while day % 7 not in self.place.sessions or not is_working(day):
                day -= 1
        return day

    def enter(self, person, typed, product, lot, day, number, kind, at, by=None, signing=None):
        record = Record(self.place, person, typed, product, lot, day, number, kind, int(at),
                        by or self.rng.choice(self.logins))
        record.honest, record.pattern = False, self.pattern
        record.signing = "facility" if (signing or self.signing) == "duped" else "none"
        self.records.append(record)
        return self.campaign.enter(record)

    def sign_own(self, share=1.0):
        """An accomplice, or a stolen signatory's login, signs what nobody else signs."""
        rng = self.rng
        mine = [(r.at, r) for r in self.records if r.signing == "none" and rng.random() < share]
        mine += [(at, r) for at, r in self.corrected if r.signing == "none"]
        mine.sort(key=lambda item: item[0])
        batch, most = [], rng.choice((5, 20, 60))
        for n, (at, record) in enumerate(mine):
            if record not in batch:
                batch.append(record)
            gap = mine[n + 1][0] - at if n + 1 < len(mine) else 10 ** 6
            if gap > (900 if self.signing == "quick" else 4 * 3600) or len(batch) == most:
                wait = rng.randint(30, 300) if self.signing == "quick" else rng.randint(600, 3 * 3600)
                self.campaign.sign(at + wait, self.signer, self.place, batch, honest=False)
                batch = []
        if mine:
            self.campaign.thieves.add(self.signer)
