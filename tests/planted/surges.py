"""Honest surges that come and go: a new site, a mobile team, a backlog of paper."""
import surges_city
import surges_steady
from clock import DAYS, at_hour, day_date, is_working, moment, next_working, office_seconds
from facilities import PROVINCES
from honest import course, course_product, dose_in_course, somebody


def new_site(campaign):
    """Opens in the middle of the campaign, with large numbers from its first day."""
    rng = campaign.rng
    place = campaign.add_facility(rng.choice(("cdc", "health-centre", "private")), rng.choice(("79", "01", "24")))
    place.clerks = [f"clerk-{n}@{place.code}" for n in range(1, 8)]
    place.opened, place.sessions = rng.randint(35, 70), frozenset(range(7))
    weights = [float(other is place) for other in campaign.facilities]
    total, start = campaign.part(0.03), len(campaign.records)
    while len(campaign.records) - start < total:
        day = place.opened + int(rng.expovariate(1 / 14))
        course(campaign, somebody(campaign, place), place, min(day, DAYS), weights, "new-site")


def mobile_team(campaign):
    """A team of a hospital or CDC vaccinates people far from its own province within a few days."""
    rng = campaign.rng
    place = rng.choice(campaign.quiet(("hospital", "cdc")))
    campaign.crowded.add(place.code)
    far = rng.choice([province for province in PROVINCES if province != place.province])
    communes = rng.sample(campaign.people.places[far], 3)
    first, days = rng.randint(20, 100), rng.randint(3, 5)
    product = rng.choice(("EU/1/21/1529", "EU/1/20/1528", "BBIBP-CorV"))
    for _ in range(campaign.part(0.015)):
        day = first + rng.randrange(days)
        person = campaign.people.citizen(far, rng.choice(communes), 18)
        # They type on the road: in the evening of the day, or back home.
        at = moment(day, rng.triangular(8, 21.5, 17) * 3600) if rng.random() < 0.8 else \
            moment(next_working(first + days + rng.randint(0, 3)), office_seconds(rng))
        dose_in_course(campaign, place, person, product, day, at, rng.choice(place.clerks), "mobile-team", far)


def backlog(campaign):
    """Paper slips entered weeks late, announced by the province two days before; some days also in the evening."""
    rng = campaign.rng
    place = rng.choice(campaign.quiet(("health-centre", "hospital"))[:12])
    campaign.crowded.add(place.code)
    entry, days = rng.randint(50, 105), rng.randint(5, 9)
    campaign.backlog_at = (place, entry, days)
    evenings = {day for day in range(days) if rng.random() < 0.4}
    slips, start = {}, len(campaign.records)
    for _ in range(campaign.part(0.03)):
        slip_day = place.session_on_or_after(entry - rng.randint(21, 42), is_working)
        n = rng.randrange(days)
        hour = rng.uniform(18, 21.5) * 3600 if n in evenings and rng.random() < 0.4 else office_seconds(rng)
        person = somebody(campaign, place)
        dose_in_course(campaign, place, person, course_product(rng, person), slip_day,
                       moment(next_working(entry + n), hour), rng.choice(place.clerks), "backlog")
    for record in campaign.records[start:]:
        if record.surge == "backlog":
            slips.setdefault(record.product, []).append(record.day)
    for product, days_of in sorted(slips.items()):
        # The province counts the slips by eye: its number is near, not exact.
        announce(campaign, place, entry - 2, product, days_of, round(len(days_of) * rng.uniform(0.9, 1.12)))


def announce(campaign, place, day, product, days, expected, honest=True):
    """`from` and `to` are the first and the last day of vaccination on the slips."""
    campaign.act(at_hour(day, 10.2), "announce-backlog", f"province-1@{place.province}", place, honest,
                 product=product, expected=max(1, expected),
                 **{"from": day_date(min(days)).isoformat(), "to": day_date(max(days)).isoformat()})


def all_surges(campaign):
    for surge in (new_site, surges_steady.industrial_clinic, surges_steady.small_commune, surges_city.city_campaign,
                  mobile_team, backlog, surges_city.night_shift, surges_steady.first_doses_elsewhere):
        surge(campaign)
