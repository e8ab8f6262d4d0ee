"""Vaccines and their lots: which lot a facility uses on a day, and what it received."""
from datetime import timedelta

from clock import day_date

# EU code -> (trade name, letters of a lot, doses in a box, share of primary courses, days to the next dose)
PRODUCTS = {
    "EU/1/21/1529": ("AstraZeneca", "AZ", 100, 36, (28, 56)),
    "EU/1/20/1528": ("Pfizer", "PF", 60, 31, (28, 42)),
    "BBIBP-CorV": ("Vero Cell", "VC", 50, 20, (28, 42)),
    "EU/1/20/1507": ("Moderna", "MD", 50, 8, (28, 49)),
    "Abdala": ("Abdala", "AB", 40, 2, (28, 35)),
    "Sputnik-V": ("Sputnik V", "SV", 50, 1, (28, 42)),
    "EU/1/20/1525": ("Janssen", "JN", 50, 1, (0, 0)),
    "Hayat-Vax": ("Hayat-Vax", "HV", 50, 1, (28, 42)),
}
CODES = list(PRODUCTS)
BOOSTERS = (("EU/1/20/1528", 60), ("EU/1/21/1529", 18), ("EU/1/20/1507", 16), ("BBIBP-CorV", 6))
LIFE = 24  # days that a lot is handed out before the next one follows


class Lots:
    def __init__(self, rng):
        # product -> [(lot, first day, expiry)], from well before the campaign to its end
        self.rows, self.used = {}, {}
        for product, (_, letters, *_rest) in PRODUCTS.items():
            self.rows[product] = []
            for n, start in enumerate(range(-130, 170, LIFE)):
                lot = f"{letters}{rng.randrange(1000):03d}{chr(65 + n)}"
                expires = day_date(start + rng.randint(75, 160)) + timedelta(days=20)
                self.rows[product].append((lot, start, expires))

    def known(self):
        return {lot for rows in self.rows.values() for lot, _, _ in rows}

    def in_use(self, product, day, lag=0):
        """The lot that a facility opens on a day."""
        index = (day - lag + 130) // LIFE
        return self.rows[product][max(0, min(index, len(self.rows[product]) - 1))][0]

    def used_here(self, facility, product, lot):
        key = (facility.code, product, lot)
        self.used[key] = self.used.get(key, 0) + 1

    def deliveries(self, rng):
        """Rows of lots.csv: what honest use needed and a rest, in whole boxes; some is passed on to a neighbour."""
        expires = {(p, lot): e for p, rows in self.rows.items() for lot, _, e in rows}
        rows, codes = [], sorted({code for code, _, _ in self.used})
        for (code, product, lot), count in sorted(self.used.items()):
            box = PRODUCTS[product][2]
            doses = -(-int(count * rng.uniform(1.05, 1.6) + 1) // box) * box
            expiry = expires[product, lot].isoformat()
            if rng.random() < 0.02:
                rows.append((product, lot, expiry, code, doses + box))
                rows.append((product, lot, expiry, code, -box))
                rows.append((product, lot, expiry, rng.choice(codes), box))
            else:
                rows.append((product, lot, expiry, code, doses))
        return rows
