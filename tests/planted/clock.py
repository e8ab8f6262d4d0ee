"""Days and moments. A day is a number counted from FIRST_DAY, a moment is seconds since 1970 (UTC)."""
from datetime import date, datetime, timedelta, timezone

FIRST_DAY = date(2021, 9, 13)  # a Monday
DAYS = 130                     # vaccination days: to 2022-01-20
LAST_DAY = 158                 # entries end: 2022-02-18
ZONE = 7 * 3600                # Vietnam has no summer time

# New Year, the last week of the lunar year (Tet): offices are closed.
HOLIDAYS = {(date(2022, 1, 1) - FIRST_DAY).days} | {
    (date(2022, 1, 31) - FIRST_DAY).days + n for n in range(6)}

_BASE = int(datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=timezone.utc).timestamp()) - ZONE
_DATES = {}


def day_date(day):
    """The calendar date of a day number (negative before the campaign)."""
    if day not in _DATES:
        _DATES[day] = FIRST_DAY + timedelta(days=day)
    return _DATES[day]


def weekday(day):
    """0 is Monday, 6 is Sunday."""
    return day % 7


def is_working(day):
    return weekday(day) < 6 and day not in HOLIDAYS


def moment(day, local_seconds):
    """Local time of a day; more than 86,400 seconds is the next morning."""
    return _BASE + day * 86400 + int(local_seconds)


def at_hour(day, hour):
    return moment(day, hour * 3600)


def day_of(at):
    return (at - _BASE) // 86400


def local_hour(at):
    return (at - _BASE) % 86400 / 3600


def stamp(at):
    """RFC 3339, UTC."""
    return datetime.fromtimestamp(at, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def office_seconds(rng):
    """A second of an ordinary working day: most in the morning, a pause at noon, some work later."""
    part = rng.random()
    if part < 0.52:
        return rng.triangular(7.4, 11.6, 9.6) * 3600
    if part < 0.95:
        return rng.triangular(13.2, 17.2, 15.0) * 3600
    if part < 0.98:
        return rng.uniform(11.6, 13.2) * 3600
    return rng.uniform(17.2, 19.5) * 3600


def next_working(day):
    while not is_working(day):
        day += 1
    return day
