"""invented-boosters and invented-passports: doses on top of nothing, and people who do not exist."""
import mistakes
import names
from clock import DAYS, day_of
from drip import share_out
from goods import Goods
from lots import PRODUCTS
from thief import Thief, pick_place

BOOSTERS = {1: 80, 2: 800, 3: 8000}
PASSPORTS = {1: 50, 2: 400, 3: 3000}


def invented_boosters(campaign, rng, strength):
    """A single entry with a number that claims earlier doses. It costs the thief one row instead of two."""
    claims = rng.choice((((3, "booster"),), ((2, "primary"),), ((3, "additional"), (3, "booster")),
                         ((2, "booster"), (2, "primary"), (3, "booster")), ((3, ""), (2, ""), (4, "booster"))))
    parts = {1: 1, 2: rng.choice((1, 2, 3)), 3: rng.choice((2, 5, 9))}[strength]
    for count in share_out(rng, BOOSTERS[strength], parts):
        # Where honest people with first doses from abroad go too, or anywhere.
        crowded = sorted({r.facility.code for r in campaign.records if r.surge == "first-doses-elsewhere"})
        place = campaign.by_code[rng.choice(crowded)] if rng.random() < 0.5 else pick_place(campaign, rng)
        first = rng.randint(20, 80)
        thief = Thief(campaign, rng, "invented-boosters", place, first, DAYS)
        goods = Goods(thief, courses={"single": 1})
        for at in thief.moments(count):
            person, product = goods.customer(), rng.choice(goods.products)
            number, kind = rng.choice(claims)
            day = thief.believable(day_of(at) - rng.choice((0, 0, 1, 3)))
            thief.enter(person, mistakes.typed(rng, person, 0.02)[0], product, goods.lot(product, day), day, number,
                        kind, at)
            campaign.want(person)
        thief.sign_own()


def passport(rng, people, province, style, start, n):
    """A foreigner whom no country knows. Passports cannot be checked against the register."""
    person = people.foreigner(province, rng.choice(names.FOREIGN[:3]) if style == "few-countries" else None)
    if style == "counting":
        person.number = f"{person.number[0]}{start + rng.randint(0, 2) + n * 3:08d}"
    elif style == "viet":
        # A Vietnamese who buys a certificate under a passport, to stay out of the register.
        person.country, person.number = rng.choice(("USA", "DEU", "AUS")), f"{rng.choice('NXC')}{start + 7 * n:08d}"
        person.family, person.given = names.vietnamese(rng, person.sex)
    return person


def junk(campaign, rng, thief, count, way):
    """Rows that only make the place look big: invented numbers, copies, or people with no number at all."""
    pool = [r for r in campaign.records if r.honest and r.facility.province == thief.place.province]
    for at in thief.moments(count):
        day = thief.believable(day_of(at) - rng.choice((0, 0, 1)))
        if way == "copies":
            source = rng.choice(pool)
            person, typed, product = source.person, source.typed, source.product
        else:
            person, product = campaign.people.unregistered(thief.place.province), rng.choice(list(PRODUCTS)[:4])
            typed = person.facts()
            if way == "no-number":
                typed["identity_number"] = ""
        thief.enter(person, typed, product, campaign.lots.in_use(product, day, thief.place.lag), day,
                    rng.choice((1, 2)), "primary", at, signing=rng.choice(("none", "none", thief.signing)))


def invented_passports(campaign, rng, strength):
    for count in share_out(rng, PASSPORTS[strength], {1: 1, 2: rng.choice((1, 2)), 3: rng.choice((1, 3))}[strength]):
        place = pick_place(campaign, rng)
        first = max(0, place.opened) + rng.randint(0, 25)
        style = rng.choice(("few-countries", "counting", "viet", "any"))
        cover = Thief(campaign, rng, "invented-passports", place, first, first + rng.randint(20, 50))
        junk(campaign, rng, cover, count * rng.randint(3, 8), rng.choice(("invented", "copies", "no-number")))
        begin = rng.choice((first, cover.last))
        thief = Thief(campaign, rng, "invented-passports", place, begin, min(DAYS, begin + rng.randint(15, 60)))
        goods = Goods(thief)
        numbers, start = iter(range(count)), rng.randrange(10**7, 9 * 10**7)
        goods.customer = lambda: passport(rng, campaign.people, place.province, style, start, next(numbers))
        # Half-done customers are real people; here nobody is.
        goods.courses = {name: n for name, n in goods.courses.items() if name in ("backdated", "patient", "single")}
        if not any(goods.courses.values()):
            goods.courses = {"backdated": 1}
        for at in thief.moments(count):
            goods.serve(at)
        thief.sign_own()
        campaign.notes["styles"][-1].update(passports=style, courses=goods.courses)
