"""What a thief writes for a customer: the doses of a course, with lots that look right or not."""
import mistakes
from clock import DAYS, day_of
from facilities import PROVINCES
from lots import PRODUCTS
from thief import pick


class Goods:
    """Customers and courses of one thief."""

    def __init__(self, thief, courses=None, lots=None, customers=None):
        rng = thief.rng
        self.thief, self.rng, self.campaign = thief, rng, thief.campaign
        names = ("backdated", "patient", "single", "second", "booster", "corrected")
        self.courses = courses or dict(zip(names, (rng.choice((0, 0, 1, 3, 6)) for _ in names)))
        if not any(self.courses.values()):
            self.courses = {"backdated": 1}
        self.lots = pick(rng, lots, in_use=6, rest=3, one=2, neighbour=2, old=1)
        self.customers = pick(rng, customers, near=4, anywhere=3, families=2)
        self.products = rng.sample(["EU/1/20/1528", "EU/1/21/1529", "BBIBP-CorV", "EU/1/20/1507"], rng.randint(1, 3))
        self.pools, self.family, self.rest, self.fixed = {}, None, None, {}
        # Fresh doses, or as if from old paper slips: at the place of a real backlog that is the better story.
        slips = self.campaign.backlog_at and self.campaign.backlog_at[0] is thief.place
        fresh = rng.choice(((0, 0), (0, 1), (0, 5)))
        self.age = (21, 42) if rng.random() < (0.7 if slips else 0.12) else fresh
        self.campaign.notes["styles"][-1].update(age=self.age, courses=self.courses, lots=self.lots,
                                                 customers=self.customers)

    def customer(self):
        people, rng, place = self.campaign.people, self.rng, self.thief.place
        if self.customers == "families" and self.family and rng.random() < 0.7:
            person = people.citizen(self.family.province, self.family.commune, 16)
            person.family = self.family.family
            return person
        near = self.customers != "anywhere" and rng.random() < 0.85
        self.family = people.citizen(place.province if near else rng.choice(list(PROVINCES)), None, 16)
        return self.family

    def half_done(self, doses):
        """An honest person with some doses who buys the next one; None when there are no more."""
        if doses not in self.pools:
            pool = [p for p in self.campaign.customers_with(doses) if p.number not in self.campaign.wanted]
            self.rng.shuffle(pool)
            self.pools[doses] = pool
        while self.pools[doses] and self.pools[doses][-1].number in self.campaign.wanted:
            self.pools[doses].pop()
        return self.pools[doses].pop() if self.pools[doses] else None

    def lot(self, product, day):
        lots, rng, place = self.campaign.lots, self.rng, self.thief.place
        if self.lots == "one":
            return self.fixed.setdefault(product, lots.in_use(product, day, place.lag))
        if self.lots == "old":
            return lots.in_use(product, day - 60, place.lag)
        if self.lots == "neighbour":
            return lots.in_use(product, day, rng.choice(self.campaign.facilities).lag + 12)
        if self.lots == "rest":
            return self.leftover(product) or lots.in_use(product, day, place.lag)
        return lots.in_use(product, day, place.lag)

    def leftover(self, product):
        """A lot of which this place received more than it used."""
        if self.rest is None:
            self.rest = {}
            for code, lot, _, facility, doses in self.campaign.deliveries:
                if facility == self.thief.place.code:
                    self.rest[code, lot] = self.rest.get((code, lot), 0) + doses
            for (facility, code, lot), used in sorted(self.campaign.lots.used.items()):
                if facility == self.thief.place.code:
                    self.rest[code, lot] = self.rest.get((code, lot), 0) - used
        for (code, lot), left in self.rest.items():
            if code == product and left > 0:
                self.rest[code, lot] -= 1
                return lot
        return None

    def serve(self, at):
        """Enters what one customer bought; the customer's number is wanted from now on."""
        rng, thief = self.rng, self.thief
        course = rng.choices(list(self.courses), list(self.courses.values()))[0]
        day = thief.believable(day_of(at) - rng.randint(*self.age))
        product = rng.choice(self.products)
        owned = {"second": 1, "booster": 2}.get(course)
        person = self.half_done(owned) if owned else None
        if person and max(r.day for r in person.doses) + (28 if owned == 1 else 85) > day:
            person = None
        if person is None:
            course = "backdated" if owned == 1 else course
            person = self.customer()
        typed = mistakes.typed(rng, person, 0.02)[0]

        def enter(product, day, number, kind, at):
            return thief.enter(person, typed, product, self.lot(product, day), day, number, kind, at)

        if course == "single":
            enter("EU/1/20/1525", day, 1, "primary", at)
        elif course in ("second", "booster"):
            enter(product, day, owned + 1, "primary" if owned == 1 else "booster", at)
        else:
            gap = rng.randint(*PRODUCTS[product][4])
            early = thief.believable(day - gap)
            patient = course == "patient" and self.age[0] == 0 and day_of(at) - gap >= max(0, thief.place.opened)
            if course == "corrected":
                # An invention first; weeks later it is "put right", as after a complaint, and becomes the customer.
                typed = self.campaign.people.unregistered(thief.place.province).facts()
            rows = [enter(product, early, 1, "primary", at - gap * 86400 if patient else at - rng.randint(25, 150)),
                    enter(product, min(day, DAYS + 20), 2, "primary", at)]
            if course == "corrected":
                self.put_right(rows, person, at + rng.randint(2, 15) * 86400)
        self.campaign.want(person)

    def put_right(self, rows, person, at):
        for n, row in enumerate(rows):
            self.campaign.correct(at + 50 * n, self.rng.choice(self.thief.logins), row, False, **person.facts())
            self.thief.corrected.append((at + 50 * n, row))
