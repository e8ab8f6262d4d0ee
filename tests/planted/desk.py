"""Honest work after a dose: corrections, withdrawals of rows entered twice, and people at the counter."""
from random import Random

import mistakes
from clock import LAST_DAY, day_date, day_of, moment, next_working, office_seconds


def later(rng, at, least, most):
    """A working moment some days after another."""
    day = next_working(min(LAST_DAY, day_of(at) + rng.randint(least, most)))
    return max(moment(day, office_seconds(rng)), at + 600)


def corrections(campaign):
    """A part of the wrong records is put right when the person comes back or complains."""
    rng = campaign.rng
    people = {}
    for record in campaign.records:
        if record.honest and record.person.fault:
            people.setdefault(record.person.number, []).append(record)
    for records in people.values():
        if rng.random() > 0.2:
            continue
        right = records[0].person.facts()
        at = later(rng, max(record.at for record in records), 2, 40)
        for n, record in enumerate(records):
            if record.at < at and record.withdrawn is None:
                campaign.correct(at + 70 * n, record.facility.clerk(rng), record, **right)


def withdrawals(campaign):
    rng, seen = campaign.rng, set()
    for record in campaign.records:
        if not record.honest:
            continue
        key = (record.person.number, record.day, record.facility.code)
        if (key in seen and rng.random() < 0.5) or rng.random() < 0.001:
            campaign.withdraw(later(rng, record.at, 1, 12), record.facility.clerk(rng), record)
        seen.add(key)


def next_date(text):
    """Another day of the same month; a year alone stays as it is."""
    return f"{text[:8]}{1 + int(text[8:]) % 28:02d}" if len(text) == 10 else text


def counter(campaign):
    """People who ask at the counter for their certificate. Must run after signing."""
    rng = Random(f"{campaign.seed} counter")
    for record in list(campaign.records):
        if not record.honest or not record.signed or record.withdrawn or rng.random() > 0.03:
            continue
        place, person = record.facility, record.person
        at = later(rng, record.signed[-1], 1, 15)
        others = [who for who in place.clerks if who != record.by] or place.signers
        if rng.random() < 0.5:
            campaign.walk_in(at, rng.choice(others), record)
            continue
        last = max(dose.day for dose in person.doses if dose.at < at)
        number, born, last = person.number, person.born, day_date(last).isoformat()
        if rng.random() < 0.12:
            # People mix up their dates, and clerks mistype numbers; then they try again.
            wrong = rng.choice(("number", "born", "last"))
            campaign.hand_out(at, rng.choice(others), place,
                              mistakes.wrong_digit(rng, number) if wrong == "number" else number,
                              next_date(born) if wrong == "born" else born,
                              next_date(last) if wrong == "last" else last)
            at += rng.randint(40, 400)
        campaign.hand_out(at, rng.choice(others), place, number, born, last)
