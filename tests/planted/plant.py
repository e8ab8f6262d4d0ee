#!/usr/bin/env python3
"""Makes a campaign with planted fraud: plant.py --pattern NAME --strength 1|2|3 --seed N --out DIR."""
import argparse
import os
import sys
from random import Random

sys.dont_write_bytecode = True

import contradictions
import desk
import drip
import honest
import invented
import output
import probing
import signing
import sold
import surges
import theft
from campaign import Campaign

PATTERNS = {
    "sold-certificates": sold.sold_certificates,
    "slow-drip": drip.slow_drip,
    "blank-lots": drip.blank_lots,
    "invented-boosters": invented.invented_boosters,
    "invented-passports": invented.invented_passports,
    "walk-in-theft": theft.walk_in_theft,
    "contradictions": contradictions.contradictions,
    "registry-probing": probing.registry_probing,
    "night-login": sold.night_login,
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pattern", required=True, choices=[*PATTERNS, "none"],
                        help="which fraud; none writes the honest background alone")
    parser.add_argument("--strength", type=int, choices=(1, 2, 3), default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--honest", type=int, default=100_000, help="honest dose records, at least (default 100,000)")
    parser.add_argument("--out", required=True)
    return parser.parse_args()


def make(seed, count, pattern, strength):
    campaign = Campaign(seed, count)
    # 1. What honest people do.
    surges.all_surges(campaign)
    honest.background(campaign)
    desk.corrections(campaign)
    desk.withdrawals(campaign)
    campaign.deliveries = campaign.lots.deliveries(Random(f"{seed} deliveries"))
    # 2. What the thief does, with dice of its own: the background stays the same.
    rng = Random(f"{seed} {pattern} {strength}")
    campaign.rng = campaign.people.rng = rng
    if pattern != "none":
        PATTERNS[pattern](campaign, rng, strength)
    # 3. Signatories see both and cannot tell them apart; then certificates can be asked for.
    signing.sign_all(campaign)
    desk.counter(campaign)
    for step in campaign.after:
        step()
    return campaign


def main():
    options = arguments()
    campaign = make(options.seed, options.honest, options.pattern, options.strength)
    output.write(campaign, options.out, options.pattern, options.strength)
    planted = sum(not record.honest for record in campaign.records)
    print(f"{os.path.basename(options.out)}: {len(campaign.records) - planted} honest records, {planted} planted, "
          f"{len(campaign.wanted)} certificates wanted, {len(campaign.victims)} victims")


if __name__ == "__main__":
    main()
