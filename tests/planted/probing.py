"""registry-probing: the answers of the register (right or wrong) are used to learn a birth date or a number."""
from datetime import date, timedelta

from clock import DAYS, day_of
from drip import share_out
from thief import Thief, pick_place

TRIES = {1: 60, 2: 600, 3: 6000}
WAYS = ("one-request", "rows", "corrections", "slowly")


def dates(rng, person, order):
    """Birth dates to try. The identity number tells the year, so a clever thief stays in it."""
    year = int(person.born[:4])
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    if order == "random":
        rng.shuffle(days)
    elif order == "near":
        true = date.fromisoformat(person.born) if len(person.born) == 10 else days[180]
        days.sort(key=lambda day: (abs((day - true).days) + rng.randint(0, 20), day))
    return [day.isoformat() for day in days]


def numbers(rng, person, order):
    """Numbers to try for a known person: province, century, sex and year are known, six digits are not."""
    start, tail = person.number[:6], int(person.number[6:])
    if order == "walk":
        first = rng.randrange(990000)
        return [f"{start}{first + n:06d}" for n in range(365)]
    if order == "near":
        return [f"{start}{(tail + rng.randint(-400, 400)) % 1000000:06d}" for _ in range(365)]
    return [f"{start}{rng.randrange(1000000):06d}" for _ in range(365)]


def registry_probing(campaign, rng, strength):
    parts = {1: 1, 2: rng.choice((1, 2, 3)), 3: rng.choice((2, 5, 10))}[strength]
    for count in share_out(rng, TRIES[strength], parts):
        place = pick_place(campaign, rng)
        first = rng.randint(max(3, place.opened), max(90, place.opened))
        thief = Thief(campaign, rng, "registry-probing", place, first, min(DAYS + 20, first + rng.choice((2, 15, 60))),
                      signing="none")
        way, known = rng.choice(WAYS), rng.choice(("number", "person"))
        order = rng.choice(("random", "near", "walk"))
        # One famous person, or a list of people with a few tries each.
        each = rng.choice((6, 20, 60, 180))
        while count > 0:
            person = rng.choice(campaign.people.register)
            if person.number in campaign.victims:
                continue
            campaign.victims.append(person.number)
            guesses = dates(rng, person, order) if known == "number" else numbers(rng, person, order)
            field = "date_of_birth" if known == "number" else "identity_number"
            probe(thief, rng, person, field, guesses[:min(each, count)], way)
            count -= min(each, count)
        campaign.notes["styles"][-1].update(way=way, knows=known, order=order, tries_each=each)


def probe(thief, rng, person, field, guesses, way):
    login = rng.choice(thief.logins)
    at = thief.moments(1)[0]
    moments = [at] * len(guesses) if way == "one-request" else sorted(thief.moments(len(guesses)))
    if way == "rows":
        gap = rng.choice((4, 25, 120))
        moments = [at + n * gap for n in range(len(guesses))]
    first, entries = None, []
    for n, guess in enumerate(guesses):
        if way == "corrections" and first is not None:
            # Always the same record: each answer comes back as its new state.
            at += rng.choice((30, 90, 600))
            thief.campaign.correct(at, login, first, honest=False, **{field: guess})
            continue
        typed = {**person.facts(), field: guess}
        moment = at if way == "corrections" else moments[n]
        day = thief.believable(day_of(moment))
        product = rng.choice(("EU/1/21/1529", "EU/1/20/1528"))
        entry = thief.enter(person, typed, product, thief.campaign.lots.in_use(product, day, thief.place.lag), day, 1,
                            "primary", moment, by=login)
        first = first or entry
        entries.append(entry)
    if rng.random() < 0.3:
        # Takes the traces away.
        for n, entry in enumerate(entries):
            thief.campaign.withdraw(max(at, moments[-1]) + 600 + 9 * n, login, entry, honest=False)
