"""What facilities type wrong. A quarter of the people does not match the register, as in Vietnam in 2022."""
import names

SHARE = 0.25


def typed(rng, person, share=SHARE):
    """The columns as typed for a person, and the kind of fault (None when right)."""
    row = person.facts()
    # The old nine digits are not a fault: the register knows them too.
    if person.old_number and rng.random() < 0.35:
        row["identity_type"], row["identity_number"] = "CMND", person.old_number
    if rng.random() >= share or person.country != "VNM":
        return row, None
    fault = rng.choices(("marks", "slip", "swapped", "birth-date", "digit", "missing", "sex", "length", "order"),
                        (24, 12, 12, 8, 18, 12, 4, 6, 4))[0]
    born, number = row["date_of_birth"], row["identity_number"]
    if fault in ("swapped", "birth-date") and len(born) < 10:
        fault = "marks"
    if fault == "swapped" and (int(born[8:]) > 12 or born[5:7] == born[8:]):
        fault = "birth-date"
    if fault == "marks":
        row["family_name"], row["given_name"] = names.plain(person.family), names.plain(person.given)
    elif fault == "slip":
        field = "given_name" if person.given else "family_name"
        row[field] = names.slip(rng, row[field])
    elif fault == "swapped":
        row["date_of_birth"] = f"{born[:4]}-{born[8:]}-{born[5:7]}"
    elif fault == "birth-date":
        # Never a later year: that would make a newborn of a child.
        row["date_of_birth"] = f"{int(born[:4]) - rng.choice((0, 1, 1, 10))}{born[4:7]}-{1 + int(born[8:]) % 28:02d}"
    elif fault == "digit":
        row["identity_number"] = wrong_digit(rng, number)
    elif fault == "missing":
        row["identity_type"], row["identity_number"] = "CCCD", ""
    elif fault == "sex":
        row["sex"] = "F" if person.sex == "M" else "M"
    elif fault == "length":
        # A spreadsheet that drops the leading zero, or a digit typed twice.
        row["identity_number"] = number[1:] if rng.random() < 0.6 else number + number[-1]
    elif person.given:
        row["family_name"], row["given_name"] = person.given, person.family
    return row, fault


def wrong_digit(rng, number):
    i = rng.randrange(len(number) - 6, len(number))
    return number[:i] + str((int(number[i]) + rng.randrange(1, 10)) % 10) + number[i + 1:]
