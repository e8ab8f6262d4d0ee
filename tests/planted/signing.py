"""Signatories sign what waits, in batches, by the habit of their facility."""
from random import Random

from clock import LAST_DAY, at_hour, is_working, weekday

HOURS = {"evening": (17.1,), "twice": (11.6, 16.9), "often": (9.0, 10.8, 13.8, 15.4, 17.0), "next-morning": (8.0,),
         "weekly": (15.5,), "night": (8.0, 17.1, 26.6)}
BATCH = 120  # a longer list is signed page by page


def moments(rng, habit):
    for day in range(LAST_DAY + 14):
        if habit != "night" and not is_working(day) or habit == "weekly" and weekday(day) not in (1, 4):
            continue
        for hour in HOURS[habit]:
            yield at_hour(day, hour + rng.triangular(-0.4, 0.6, 0))


def waiting(campaign):
    """facility code -> [(since when, record)]; a corrected record must be signed again."""
    lists = {}
    for at, _, act in campaign.acts:
        if act["act"] in ("enter", "correct") and act["record"].signing == "facility":
            lists.setdefault(act["facility"], []).append((at, len(lists), act["record"]))
    return lists


def sign_all(campaign):
    for code, items in sorted(waiting(campaign).items()):
        place, rng = campaign.by_code[code], Random(f"{campaign.seed} signing {code}")
        items.sort(key=lambda item: item[0])
        pending, next_item = [], 0
        for at in moments(rng, place.signs):
            while next_item < len(items) and items[next_item][0] < at:
                if rng.random() > 0.008:  # a few are never signed
                    pending.append(items[next_item][2])
                next_item += 1
            # Some are put aside for a question and signed with the next batch.
            taken = [r for r in pending if rng.random() < 0.97]
            pending = [r for r in pending if r not in set(taken)] if len(taken) < len(pending) else []
            taken = list(dict.fromkeys(r for r in taken if r.withdrawn is None or r.withdrawn > at))
            who = rng.choice(place.signers)
            for n in range(0, len(taken), BATCH):
                campaign.sign(int(at) + n, who, place, taken[n:n + BATCH])
