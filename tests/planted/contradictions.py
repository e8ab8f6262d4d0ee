"""contradictions: records against strangers with a good certificate, to have it revoked or stopped."""
from clock import DAYS, LAST_DAY, day_of
from lots import PRODUCTS
from thief import Thief, pick_place
from drip import share_out

ATTACKS = {1: 25, 2: 250, 3: 2500}
WAYS = ("other-product", "other-number", "earlier", "later", "same-again", "much-more", "by-correction",
        "withdrawn-later")


def targets(campaign, rng, count, near=None):
    """Honest people whose course is complete and right."""
    people = campaign.customers_with(2) + campaign.customers_with(3)
    rng.shuffle(people)
    # sort is stable: neighbours first where the thief wants neighbours.
    people.sort(key=lambda p: near is not None and p.province != near)
    return people[:count]


def contradictions(campaign, rng, strength):
    parts = {1: 1, 2: rng.choice((1, 2)), 3: rng.choice((1, 3, 6))}[strength]
    taken = set()
    for count in share_out(rng, ATTACKS[strength], parts):
        place = pick_place(campaign, rng)
        first = rng.randint(60, 100)
        # The signature decides whether the claim counts, so a thief mostly finds one.
        thief = Thief(campaign, rng, "contradictions", place, first, LAST_DAY - 8,
                      signing=rng.choice(("duped", "duped", "accomplice", "quick", "none")))
        ways = rng.sample(WAYS, rng.randint(1, 4))
        near = place.province if rng.random() < 0.4 else None
        people = [p for p in targets(campaign, rng, count + len(taken), near) if p.number not in taken][:count]
        for at, person in zip(thief.moments(len(people)), people):
            taken.add(person.number)
            campaign.victims.append(person.number)
            attack(thief, rng, person, rng.choice(ways), at)
        if thief.signing in ("accomplice", "quick"):
            thief.sign_own()
        campaign.notes["styles"][-1]["ways"] = ways
    campaign.notes["attacked_people"] = len(taken)


def attack(thief, rng, person, way, at):
    """One claim against one person: its facts are right, so that it lands on the same person."""
    doses = sorted(person.doses, key=lambda r: r.day)
    true = rng.choice(doses)
    product, day, number, kind = true.product, true.day, true.dose or 1, true.kind
    others = [p for p in PRODUCTS if p != product]
    if way == "other-product":
        for dose in doses[:rng.choice((1, 2))]:
            record(thief, person, rng.choice(others), dose.day, dose.dose or 1, dose.kind, at)
            at += 60
        return
    if way == "other-number":
        number = rng.choice([n for n in (1, 2, 3, 4) if n != number])
    elif way == "earlier":
        day, number = doses[0].day - rng.randint(5, 60), rng.choice((1, 1, 2))
        product = rng.choice(others)
    elif way == "later":
        # A first dose after the last one: the course would begin anew.
        day, number, kind = min(day_of(at), doses[-1].day + rng.randint(1, 20)), 1, "primary"
    elif way == "much-more":
        for n in range(3):
            record(thief, person, rng.choice(others), doses[-1].day + 1 + n, 3 + n, "booster", at + 50 * n)
        return
    elif way == "by-correction":
        # A harmless stranger first, corrected onto the victim when it is in.
        stranger = thief.campaign.people.citizen(thief.place.province)
        entry = record(thief, stranger, rng.choice(others), day, number, kind, at)
        thief.campaign.correct(at + rng.randint(3600, 5 * 86400), entry.by, entry, honest=False, **person.facts())
        return
    entry = record(thief, person, product, day, number, kind, at)
    if way == "withdrawn-later":
        # Leaves no row behind, only what it has set off.
        thief.campaign.withdraw(at + rng.randint(2, 6) * 86400, entry.by, entry, honest=False)


def record(thief, person, product, day, number, kind, at):
    day = min(day, day_of(at), DAYS + 25)
    lot = thief.campaign.lots.in_use(product, day, thief.place.lag)
    return thief.enter(person, person.facts(), product, lot, day, number, kind, at)
