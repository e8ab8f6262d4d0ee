"""walk-in-theft: a clerk enters records under strangers' numbers to be shown the strangers' certificates."""
from datetime import date, timedelta

import mistakes
import names
from clock import DAYS, day_date, day_of
from lots import PRODUCTS
from thief import Thief, pick_place

THEFT = {1: 30, 2: 250, 3: 2000}


def guess_birth(rng, born, knows):
    """What a thief writes for a birth date: known, known in part, or read off the identity number (its year)."""
    year, month, day = born[:4], born[5:7] or "01", born[8:] or "01"
    if knows == "all":
        return born
    if knows == "year-month":
        return f"{year}-{month}-{rng.randint(1, 28):02d}"
    if knows == "day-month":
        return f"{int(year) + rng.randint(-3, 3)}-{month}-{min(int(day), 28):02d}"
    return f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def victims(campaign, rng, count):
    """Strangers with a full course, and when these run out anybody in the register."""
    people = campaign.customers_with(2) + campaign.customers_with(3)
    people = [p for p in people if p.country == "VNM"]
    rng.shuffle(people)
    rest = [p for p in campaign.people.register if not p.doses]
    rng.shuffle(rest)
    return (people + rest)[:count]


def walk_in_theft(campaign, rng, strength):
    place = pick_place(campaign, rng)
    first = rng.randint(max(40, place.opened), max(75, place.opened))
    thief = Thief(campaign, rng, "walk-in-theft", place, first, DAYS + 15,
                  signing=rng.choice(("none", "none", "accomplice", "quick", "duped")))
    ways = rng.choice((("record",), ("desk",), ("record", "desk")))
    knows = rng.choice((("all",), ("year-month", "day-month"), ("year",), ("all", "year", "year-month")))
    tries = rng.choice((1, 3, 8))
    people = victims(campaign, rng, THEFT[strength])
    entered = []
    for at, person in zip(thief.moments(len(people)), people):
        campaign.victims.append(person.number)
        campaign.want(person)
        known = rng.choice(knows)
        if rng.choice(ways) == "record":
            entered.append(by_record(thief, rng, person, known, at))
        else:
            by_desk(thief, rng, person, known, at, tries)
    if thief.signing in ("accomplice", "quick"):
        thief.sign_own(share=rng.choice((1.0, 0.6)))
    campaign.notes["styles"][-1].update(ways=list(ways), knows=list(knows), tries=tries)
    campaign.after.append(lambda: ask(thief, rng, entered))


def by_record(thief, rng, person, known, at):
    """A dose under the stranger's number. The name may be known from a list, or be anybody's."""
    typed = {**person.facts(), "date_of_birth": guess_birth(rng, person.born, known)}
    part = rng.random()
    if part < 0.2:
        typed["family_name"], typed["given_name"] = names.vietnamese(rng, person.sex)
    elif part < 0.35:
        typed["given_name"] = names.plain(person.given)
    day = thief.believable(day_of(at) - rng.choice((0, 1, 2, 10)))
    product = rng.choice(list(PRODUCTS)[:4])
    return thief.enter(person, typed, product, thief.campaign.lots.in_use(product, day, thief.place.lag), day,
                       rng.choice((1, 2, 3)), "", at)


def ask(thief, rng, entered):
    """Minutes after the entry where nobody signs, else after the signature; often more than once."""
    logins = thief.logins + thief.place.clerks
    for record in entered:
        at = (record.signed[-1] if record.signed else record.at) + rng.randint(20, 900)
        for _ in range(rng.choice((1, 1, 2, 4))):
            thief.campaign.walk_in(at, rng.choice(logins), record, honest=False)
            at += rng.randint(30, 86400)


def by_desk(thief, rng, person, known, at, tries):
    """Hand-outs with guessed facts: the number is right (or nearly), dates come from what is usual."""
    last = max((r.day for r in person.doses), default=30)
    login = rng.choice(thief.logins)
    for _ in range(tries):
        day = date.fromisoformat(str(day_date(last))) + timedelta(days=rng.randint(-6, 6))
        number = person.number if rng.random() < 0.85 else mistakes.wrong_digit(rng, person.number)
        thief.campaign.hand_out(at, login, thief.place, number, guess_birth(rng, person.born, known),
                                day.isoformat(), honest=False)
        at += rng.choice((8, 30, 90, 3600)) + rng.randint(0, 20)
