"""slow-drip and blank-lots: nothing loud, spread over the whole time, or with lots that lead nowhere."""
import names
from clock import DAYS
from goods import Goods
from lots import PRODUCTS
from thief import Thief, pick_place

DRIP = {1: 130, 2: 420, 3: 2000}
BLANK = {1: 60, 2: 600, 3: 5000}


def share_out(rng, total, parts):
    """Uneven parts of a total, none of them empty."""
    shares = [rng.uniform(0.5, 1.5) for _ in range(parts)]
    counts = [max(1, int(total * share / sum(shares))) for share in shares]
    counts[0] += total - sum(counts)
    return counts


def slow_drip(campaign, rng, strength):
    """Careful staff: ordinary hours, lots of the house, customers from near by, a few a day from start to end."""
    parts = {1: 1, 2: rng.choice((1, 2, 3)), 3: rng.choice((5, 8, 12))}[strength]
    for count in share_out(rng, DRIP[strength], parts):
        place = pick_place(campaign, rng)
        thief = Thief(campaign, rng, "slow-drip", place, rng.randint(0, 12), DAYS,
                      hours=rng.choice(("working", "beside", "beside", "mixed")),
                      spread=rng.choice(("steady", "steady", "shadow")), signing=rng.choice(("duped", "accomplice")),
                      login=rng.choice(("one", "several")), careful=True)
        goods = Goods(thief, courses=rng.choice(({"patient": 6, "backdated": 1}, {"patient": 3, "second": 4},
                                                 {"single": 1, "second": 2, "booster": 3}, {"backdated": 1})),
                      lots=rng.choice(("in_use", "rest")), customers=rng.choice(("near", "families", "near")))
        for at in thief.moments(count):
            goods.serve(at)
        thief.sign_own()


class Unlisted(Goods):
    """Lots that were left blank, invented, or belong to somebody or something else."""

    def __init__(self, thief, **given):
        super().__init__(thief, **given)
        ways = ("blank", "invented", "near-miss", "other-product", "expired", "never-here", "words", "repeated")
        chosen = self.rng.sample(ways, self.rng.randint(1, 3))
        self.ways = [(way, self.rng.choice((1, 2, 5))) for way in chosen]
        self.campaign.notes["styles"][-1]["lots"] = dict(self.ways)
        self.own = {product: self.invent(product) for product in PRODUCTS}

    def invent(self, product):
        """Looks like a lot of the product, and no such lot exists."""
        known = self.campaign.lots.known()
        while True:
            lot = names.fill(self.rng, PRODUCTS[product][1] + "999") + self.rng.choice("ABCDEFGHKM")
            if lot not in known:
                return lot

    def lot(self, product, day):
        rng, lots, place = self.rng, self.campaign.lots, self.thief.place
        way = rng.choices([way for way, _ in self.ways], [weight for _, weight in self.ways])[0]
        right = lots.in_use(product, day, place.lag)
        if way == "blank":
            return ""
        if way == "invented":
            return self.invent(product)
        if way == "repeated":
            return self.own[product]
        if way == "near-miss":
            return right[:2] + right[3] + right[2] + right[4:] if right[2] != right[3] else right[:-1] + "Z"
        if way == "other-product":
            return lots.in_use(rng.choice([p for p in PRODUCTS if p != product]), day, place.lag)
        if way == "expired":
            return lots.rows[product][0][0]
        if way == "never-here":
            return rng.choice(lots.rows[product][-2:])[0]
        return rng.choice(("không rõ", "-", "0", "theo sổ", "X", "chưa nhập"))


def blank_lots(campaign, rng, strength):
    parts = {1: 1, 2: rng.choice((1, 2)), 3: rng.choice((2, 4, 6))}[strength]
    for count in share_out(rng, BLANK[strength], parts):
        place = pick_place(campaign, rng)
        first = rng.randint(0, 70)
        thief = Thief(campaign, rng, "blank-lots", place, first, min(DAYS, first + rng.randint(25, 100)))
        goods = Unlisted(thief)
        for at in thief.moments(count):
            goods.serve(at)
        thief.sign_own()
