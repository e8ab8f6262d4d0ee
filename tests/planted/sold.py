"""sold-certificates and night-login: one facility's login makes doses for people who had none."""
from clock import DAYS, at_hour, day_date, day_of, weekday
from goods import Goods
from surges import announce
from thief import Thief, pick_place

SOLD = {1: 604, 2: 6000, 3: 54000}            # Munich, St Gallen, one account in France
NIGHT = {1: 50, 2: 500, 3: 4000}
LENGTH = {1: (14, 40), 2: (60, 120), 3: (80, 125)}  # days


def fetch(thief, share):
    """Some customers get their certificate at the counter of the same place, once the doses are signed."""
    campaign, rng = thief.campaign, thief.rng
    last = {}
    for record in thief.records:
        if record.signed:
            last[record.person.number] = record
    for record in last.values():
        if rng.random() < share:
            at = record.signed[-1] + rng.randint(300, 4 * 86400)
            if rng.random() < 0.6:
                campaign.walk_in(at, rng.choice(thief.logins), record, honest=False)
            else:
                person = record.person
                campaign.hand_out(at, rng.choice(thief.logins), thief.place, person.number, person.born,
                                  day_date(record.day).isoformat(), honest=False)


def sold_certificates(campaign, rng, strength):
    kinds = None if strength == 1 else ("hospital", "health-centre", "private", "cdc")
    place = pick_place(campaign, rng, kinds)
    length = rng.randint(*LENGTH[strength])
    first = rng.randint(max(3, place.opened), max(3, place.opened, DAYS + 10 - length))
    # 54,000 do not fit in a few days, however bold the thief.
    spread = rng.choice(("steady", "shadow", "growing")) if strength == 3 else None
    thief = Thief(campaign, rng, "sold-certificates", place, first, min(first + length, DAYS + 20), spread=spread)
    goods = Goods(thief)
    if strength > 1 and rng.random() < 0.25:
        false_backlog(campaign, rng, thief, goods, SOLD[strength])
    for at in thief.moments(SOLD[strength]):
        goods.serve(at)
    thief.sign_own()
    share = rng.choice((0, 0, 0.05, 0.3))
    campaign.after.append(lambda: fetch(thief, share))


def false_backlog(campaign, rng, thief, goods, count):
    """The province believes the facility and announces a backlog that does not exist."""
    goods.age = (21, 42)
    days = (thief.first - 42, thief.last - 21)
    for product in goods.products:
        expected = round(count * rng.uniform(0.2, 1))
        announce(campaign, thief.place, thief.first - 2, product, days, expected, honest=False)
    campaign.notes["styles"][-1].update(age=goods.age, announced=goods.products)


def night_login(campaign, rng, strength):
    """A stolen clerk's and a stolen signatory's login, while their owners sleep or are at home."""
    places = [pick_place(campaign, rng) for _ in range(strength)]
    for n, place in enumerate(places):
        length = rng.choice((6, 20, 60, 100))
        first = rng.randint(max(5, place.opened), max(5, place.opened, DAYS - length))
        thief = Thief(campaign, rng, "night-login", place, first, first + length, hours="night", login="one",
                      spread=rng.choice(("steady", "bursts", "growing")), signing=rng.choice(("quick", "accomplice")))
        goods = Goods(thief)
        count = NIGHT[strength] // strength + (n < NIGHT[strength] % strength)
        for at in thief.moments(count):
            goods.serve(weekend(thief, at) if rng.random() < 0.3 else at)
        if rng.random() < 0.4:
            # The signatory's login is used on the next night only.
            thief.signing = "accomplice"
        thief.sign_own()


def weekend(thief, at):
    """The same night's work moved to the Sunday of that week, in daylight."""
    day = day_of(at)
    return at_hour(day + 6 - weekday(day), thief.rng.uniform(7, 22))
