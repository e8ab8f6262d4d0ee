"""Writes the folder. References are given last, in the order of entry, so that planted rows do not stand out."""
import csv
import json
import os

from clock import day_date, day_of, stamp


def give_references(campaign):
    counters = {}
    for record in sorted(campaign.records, key=lambda r: r.at):  # sorted is stable: equal moments keep their order
        place = record.facility
        day = day_date(day_of(record.at))
        key = (place.code, day) if place.references == "day" else place.code
        counters[key] = n = counters.get(key, 0) + 1
        record.reference = {"day": f"{day:%y%m%d}-{n:04d}", "count": f"{n:07d}",
                            "prefix": f"T{place.code[-2:]}/{n:05d}"}[place.references]


def line(at, act):
    shown = {"at": stamp(at), **act}
    record = shown.pop("record", None)
    if act["act"] == "enter":
        shown["surge"] = record.surge
        if record.pattern:
            shown["pattern"] = record.pattern
        # What was typed first; a later correction is in its own act.
        shown["row"] = {**shown.pop("first"), "reference": record.reference}
    elif act["act"] == "correct":
        shown["row"] = {**act["row"], "reference": record.reference}
    elif record is not None:
        shown["reference"] = record.reference
    if "records" in shown:
        shown["references"] = [r.reference for r in shown.pop("records")]
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def write_csv(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write(campaign, out, pattern, strength):
    os.makedirs(out, exist_ok=True)
    give_references(campaign)
    write_csv(f"{out}/facilities.csv", ("code", "name", "kind", "province", "commune", "staff", "hours"),
              [(p.code, p.name, p.kind, p.province, p.commune, p.staff, p.hours)
               for p in sorted(campaign.facilities, key=lambda p: p.code)])
    write_csv(f"{out}/lots.csv", ("product", "lot", "expires_on", "facility", "doses"), campaign.deliveries)
    write_csv(f"{out}/population.csv",
              ("identity_number", "old_identity_number", "family_name", "given_name", "sex", "date_of_birth",
               "commune"),
              [(p.number, p.old_number, p.family, p.given, p.sex, p.born, p.commune)
               for p in sorted(campaign.people.register, key=lambda p: p.number[::-1])])
    with open(f"{out}/acts.ndjson", "w", encoding="utf-8", newline="\n") as file:
        for at, _, act in sorted(campaign.acts, key=lambda entry: entry[:2]):
            file.write(line(at, act) + "\n")
    with open(f"{out}/expected.json", "w", encoding="utf-8", newline="\n") as file:
        json.dump(expected(campaign, pattern, strength), file, ensure_ascii=False, indent=1)
        file.write("\n")


def expected(campaign, pattern, strength):
    honest = [r for r in campaign.records if r.honest]
    surges, planted, acts = {}, {}, {}
    for record in honest:
        if record.surge:
            surges[record.surge] = surges.get(record.surge, 0) + 1
    for record in campaign.records:
        if not record.honest:
            planted[record.pattern] = planted.get(record.pattern, 0) + 1
    for _, _, act in campaign.acts:
        if not act["honest"]:
            acts[act["act"]] = acts.get(act["act"], 0) + 1
    bad = [r for r in campaign.records if not r.honest]
    return {"pattern": pattern, "strength": strength, "seed": campaign.seed, "honest_records": len(honest),
            "honest_people": len({r.person.number for r in honest}), "honest_surges": surges,
            "planted_records": planted, "planted_acts": acts,
            "planted_facilities": sorted({r.facility.code for r in bad}),
            "thieves": sorted(campaign.thieves), "wanted_certificates": len(campaign.wanted),
            "wanted": sorted(campaign.wanted), "victims": sorted(campaign.victims), "notes": campaign.notes}
