"""Honest places that always look odd: many foreigners, two people alone, boosters without first doses."""
import names
from clock import DAYS, is_working, moment, next_working, office_seconds
from honest import booster_product, course, dose, somebody


def industrial_clinic(campaign):
    """A clinic at an industrial zone: four of ten are foreigners, mostly of two countries."""
    rng = campaign.rng
    place = campaign.add_facility("private", rng.choice(("24", "75", "31")))
    place.sessions = frozenset(range(6))
    weights = [float(other is place) for other in campaign.facilities]
    total, start = campaign.part(0.012), len(campaign.records)
    while len(campaign.records) - start < total:
        foreign = rng.random() < 0.4
        person = (campaign.people.foreigner(place.province, rng.choice(names.FOREIGN[:2])) if foreign
                  else somebody(campaign, place, 0))
        # Factories send whole shifts: few days, many people.
        course(campaign, person, place, rng.choice((8, 15, 16, 30, 45, 46, 70)), weights, "industrial-clinic")


def small_commune(campaign):
    """One clerk and one signatory, side by side: each dose is entered and signed within minutes."""
    rng = campaign.rng
    place = campaign.add_facility("commune-station", rng.choice(("66", "37", "96")))
    place.clerks, place.signers = place.clerks[:1], place.signers[:1]
    place.sessions = frozenset(rng.sample(range(5), 2))
    weights = [float(other is place) for other in campaign.facilities]
    total, start = campaign.part(0.003), len(campaign.records)
    place.files = False
    while len(campaign.records) - start < total:
        course(campaign, somebody(campaign, place, 0), place, int(rng.triangular(0, DAYS, 30)), weights,
               "small-commune")
    by_moment = sorted(campaign.records[start:], key=lambda record: record.at)
    group = []
    for n, record in enumerate(by_moment):
        record.signing = "own"
        group.append(record)
        after = by_moment[n + 1].at if n + 1 < len(by_moment) else record.at + 86400
        if after - record.at > 1800 or len(group) == 8:
            campaign.sign(record.at + rng.randint(40, 600), place.signers[0], place, group)
            group = []
    if group:
        campaign.sign(by_moment[-1].at + 300, place.signers[0], place, group)


def first_doses_elsewhere(campaign):
    """Boosters of people whose first doses were given abroad or at a site that has closed: no earlier record."""
    rng = campaign.rng
    places = [p for p in campaign.facilities if p.kind in ("hospital", "health-centre", "private")
              and p.code not in campaign.busy]
    # They go where the word has spread: a few places have most of them.
    weights = [min(15, rng.paretovariate(1)) for _ in places]
    for _ in range(campaign.part(0.01)):
        place = rng.choices(places, weights)[0]
        day = place.session_on_or_after(rng.randint(40, DAYS - 4), is_working)
        person = somebody(campaign, place, 0.2)
        at = moment(next_working(day + rng.choice((0, 0, 0, 1, 3))), office_seconds(rng))
        dose(campaign, place, person, booster_product(rng), day, rng.choice((3, 3, 3, 2)), "booster", at,
             place.clerk(rng), "first-doses-elsewhere")
