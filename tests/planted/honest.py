"""The ordinary campaign: people near home, two doses some weeks apart, entered the same day or a little later."""
import mistakes
from campaign import Record
from clock import DAYS, FIRST_DAY, LAST_DAY, is_working, moment, next_working, office_seconds
from facilities import PROVINCES
from lots import BOOSTERS, CODES, PRODUCTS

SUMMER = "summer-slips"  # doses from before the platform, entered in its first weeks


def entry_moment(rng, place, day):
    """When a dose of a day is entered: the same day, some days later, or in the long tail; and by whom, for a file."""
    part = rng.random()
    delay = (0 if part < 0.72 else 1 if part < 0.86 else rng.randint(2, 4) if part < 0.95
             else rng.randint(5, 14) if part < 0.99 else rng.randint(15, 40))
    day = next_working(min(day + delay, LAST_DAY))
    if place.files and delay < 5:
        # One file with the whole day's rows: all of them carry the same moment.
        return moment(day, 16.6 * 3600 + day * 7919 % 4000), place.clerks[day % len(place.clerks)]
    return moment(day, office_seconds(rng)), None


def dose(campaign, place, person, product, day, number, kind, at=None, by=None, surge=None):
    """One honest dose, with what a tired clerk leaves out."""
    rng, typed_alone = campaign.rng, True
    if person.typed is None:
        person.typed, person.fault = mistakes.typed(rng, person)
    if at is None:
        at, by = entry_moment(rng, place, day)
        typed_alone = by is None
    by = by or place.clerk(rng)
    if typed_alone:
        at = campaign.free(by, at)
    lot = campaign.lots.in_use(product, day, place.lag)
    campaign.lots.used_here(place, product, lot)
    if rng.random() < 0.008:
        lot = "" if rng.random() < 0.5 else lot[:-1]
    record = Record(place, person, person.typed, product, lot, day, "" if rng.random() < 0.03 else number,
                    "" if rng.random() < 0.15 else kind, at, by)
    record.surge = surge
    return campaign.enter(record)


def course_product(rng, person):
    if int(person.born[:4]) > FIRST_DAY.year - 18:
        return "EU/1/20/1528"
    return rng.choices(CODES, [PRODUCTS[code][3] for code in CODES])[0]


def booster_product(rng):
    return rng.choices([code for code, _ in BOOSTERS], [share for _, share in BOOSTERS])[0]


def home_of(campaign, place, near=0.78, province=0.16):
    """Province and commune of somebody who comes to a facility."""
    rng, part = campaign.rng, campaign.rng.random()
    if part < near:
        return place.province, place.commune
    if part < near + province:
        return place.province, None
    return rng.choice(list(PROVINCES)), None


def somebody(campaign, place, foreign=None):
    rng = campaign.rng
    share = (0.025 if place.province == "79" else 0.006) if foreign is None else foreign
    if rng.random() < share:
        return campaign.people.foreigner(place.province)
    return campaign.people.citizen(*home_of(campaign, place))


def later_place(campaign, place, weights):
    """Most people come back to the same place, some go to another one in the province."""
    part = campaign.rng.random()
    if part < 0.87:
        return place
    chosen = campaign.rng.choices(campaign.facilities, weights)[0]
    return chosen if part > 0.98 or chosen.province == place.province else place


def course(campaign, person, place, first, weights, surge=None):
    """All doses of a person from a first day on, as far as the campaign reaches."""
    rng = campaign.rng
    product, day = course_product(rng, person), place.session_on_or_after(first, is_working, rng)
    doses = {"EU/1/20/1525": 1, "Abdala": 3}.get(product, 2)
    number = 1
    while number <= doses and day <= DAYS:
        at = by = None
        if day < 0:
            # Paper from the summer; the clerks type it in beside their daily work.
            at, by = moment(next_working(rng.randint(0, 20)), office_seconds(rng)), place.clerk(rng)
        dose(campaign, place, person, product, day, number, "primary", at, by, SUMMER if day < 0 else surge)
        if rng.random() < 0.05:
            return
        place = later_place(campaign, place, weights)
        if product == "EU/1/21/1529" and number == 1 and rng.random() < 0.12:
            product = "EU/1/20/1528"
        last, number = day, number + 1
        day = place.session_on_or_after(day + rng.randint(*PRODUCTS[product][4]), is_working, rng)
    if number > doses and rng.random() < 0.6:
        day = place.session_on_or_after(last + rng.randint(90, 180), is_working, rng)
        if day <= DAYS:
            dose(campaign, place, person, booster_product(rng), day, number, "booster")


def dose_in_course(campaign, place, person, product, day, at, by, surge, home=None):
    """A surge's dose: a first one with the second weeks later, or a second one with the first weeks before.

    The other dose is an ordinary one, at a facility of the person's province."""
    rng = campaign.rng
    gap = rng.randint(*PRODUCTS[product][4])
    second = gap and day - gap >= 0 and rng.random() < 0.3
    dose(campaign, place, person, product, day, 2 if second else 1, "primary", at, by, surge)
    near = [p for p in campaign.facilities if p.province == (home or person.province) and p.code not in campaign.busy]
    other = rng.choices(near, [p.size for p in near])[0]
    other_day = other.session_on_or_after(day - gap if second else day + gap, is_working, rng)
    if gap and (other_day < day - 14 if second else other_day <= DAYS) and rng.random() < 0.93:
        dose(campaign, other, person, product, other_day, 1 if second else 2, "primary")


def background(campaign):
    """Fills up to the wanted number of honest records."""
    rng = campaign.rng
    places = [p for p in campaign.facilities if p.code not in campaign.busy]
    weights = [p.size for p in places]
    later = [p.size if p.code not in campaign.busy else 0 for p in campaign.facilities]
    while len(campaign.records) < campaign.wanted_honest:
        place = rng.choices(places, weights)[0]
        first = rng.randint(-95, -50) if rng.random() < 0.05 else int(rng.triangular(0, DAYS, 24))
        course(campaign, somebody(campaign, place), place, first, later)
        if rng.random() < 0.02:
            duplicate(campaign, rng.choice(campaign.records), rng.choices(places, weights)[0])
    for _ in range(len(campaign.people.register) // 8):
        # The register also holds people who were never vaccinated.
        campaign.people.citizen(rng.choices(list(PROVINCES), [share for share, _ in PROVINCES.values()])[0])


def duplicate(campaign, record, place):
    """The same dose entered once more, by the same facility or by the person's home facility."""
    rng = campaign.rng
    if rng.random() < 0.5:
        place = record.facility
    day = next_working(min(LAST_DAY, max(0, record.day) + rng.randint(1, 30)))
    dose(campaign, place, record.person, record.product, record.day, record.dose, record.kind,
         moment(day, office_seconds(rng)), place.clerk(rng))
