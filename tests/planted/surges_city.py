"""Honest surges of a city: two weeks in which everybody works, and a hospital's night shift."""
from clock import day_date, moment, weekday
from facilities import CAMPAIGN_CITY, PROVINCES
from honest import course_product, dose_in_course, somebody

# A city gave 374,137 doses in two weeks. We take 2.5 million for all that it gave in these months (a city of about
# 1.4 million people), so two weeks are a seventh of its share of the records.
CITY_TWO_WEEKS = 374_137 / 2_500_000


def city_campaign(campaign):
    """One city vaccinates for two weeks, weekends too, over all of its facilities."""
    rng = campaign.rng
    first = rng.randint(25, 105)
    places = [p for p in campaign.facilities if p.province == CAMPAIGN_CITY and p.code not in campaign.busy]
    weights = [p.size for p in places]
    for _ in range(campaign.part(PROVINCES[CAMPAIGN_CITY][0] * CITY_TWO_WEEKS)):
        place, day = rng.choices(places, weights)[0], first + rng.randrange(14)
        person = somebody(campaign, place)
        at = moment(day + (rng.random() < 0.2), rng.triangular(7, 20, 14) * 3600)
        dose_in_course(campaign, place, person, course_product(rng, person), day, at, rng.choice(place.clerks),
                       "city-campaign")
    campaign.notes["city_campaign"] = {"province": CAMPAIGN_CITY, "first": day_date(first).isoformat()}


def night_shift(campaign):
    """A hospital vaccinates factory and port workers after their late shift."""
    rng = campaign.rng
    place = rng.choice(campaign.quiet(("hospital",), rng.choice(("79", "75", "01"))) or campaign.quiet(("hospital",)))
    campaign.crowded.add(place.code)
    place.signs = "night"
    first = rng.randint(15, 100)
    for _ in range(campaign.part(0.01)):
        day = first + rng.randrange(16)
        if weekday(day) == 6:
            day += 1
        person = somebody(campaign, place)
        # A dose after midnight belongs to the next day.
        hour = rng.triangular(19, 26.5, 22.5)
        dose_in_course(campaign, place, person, course_product(rng, person), day + (hour >= 24),
                       moment(day, hour * 3600 + 60), rng.choice(place.clerks), "night-shift")
