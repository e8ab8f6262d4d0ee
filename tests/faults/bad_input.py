"""
Bad files and wrong commands, as they come: exit code 1 for what is refused, 2 for wrong usage, every fault named on
stderr, never a stack trace, and a refused file leaves the store as it was.
"""
import fcntl
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from check import LONGEST, SCRATCH, check, command, issuer, run_well, section

HEADER = ("reference,facility,family_name,given_name,sex,date_of_birth,identity_type,identity_number,nationality,"
          "product,lot,dose_number,dose_kind,vaccinated_on")
GOOD = "R{0},01-A,Nguyễn,Văn An,M,1980-01-01,CCCD,001080000001,VNM,Pfizer,L1,1,primary,2022-01-01"


def contents(data: Path) -> list[str]:
    """Everything but the settings: the store's clock goes on with every command."""
    with closing(sqlite3.connect(data / "issuer.db")) as database:
        return [line for line in database.iterdump() if not line.startswith('INSERT INTO "setting"')]


def outcome_faults(result: subprocess.CompletedProcess, code: int, words) -> list[str]:
    faults = []
    if result.returncode != code:
        faults.append(f"exit code {result.returncode}, not {code}: {result.stderr[:300]}")
    faults += [f"{word!r} is not on stderr: {result.stderr[:500]!r}" for word in words if word not in result.stderr]
    if "   at " in result.stderr + result.stdout or "Unhandled" in result.stderr:
        faults.append(f"a stack trace: {result.stderr[:300]}")
    if code != 0 and not result.stderr.strip():
        faults.append("nothing on stderr")
    return faults


def says(title: str, code: int, words, *arguments, **options) -> None:
    check(title, outcome_faults(issuer(*arguments, **options), code, words))


def bad_files() -> dict[str, tuple[bytes, list[str]]]:
    """By title: the file, and what stderr must name."""
    def text(*lines):
        return "\n".join(lines).encode() + b"\n"

    columns = HEADER.split(",")
    without = [",".join(c for c in columns if c not in left_out) for left_out in (("product",), ("sex", "vaccinated_on"))]
    good = GOOD.format(1)
    return {
        "an empty file": (b"", ["empty"]),
        "a Windows-1258 file": ("\n".join([HEADER, good]).replace("ễ", "ê").encode("cp1258"), ["UTF-8"]),
        "a UTF-16 file": ("\n".join([HEADER, good]).encode("utf-16"), ["UTF-8"]),
        "a file that breaks its encoding in row 3000":
            (text(HEADER, *[GOOD.format(i) for i in range(3000)]) + b"R\xff\xfe,\n", ["UTF-8"]),
        "a file without its product column": (text(without[0], good), ["product"]),
        "a file without two columns": (text(without[1], good), ["sex", "vaccinated_on"]),
        "a column twice": (text(HEADER + ",sex", good + ",M"), ["sex", "twice"]),
        "two columns missing and one twice": (text(without[1] + ",lot", good), ["sex", "vaccinated_on", "lot"]),
        "a header of nothing known": (text("a,b,c", "1,2,3"), ["missing"]),
        "a header of 2 MB": (text("x" * 2_000_000, good), ["header"]),
        "NUL bytes": (HEADER.encode() + b"\n" + b"\0" * 4096 + b"\n", []),
        "random bytes": (bytes((i * 7919 + i // 256 * 31) % 256 for i in range(20000)), []),
    }


def bad_rows() -> dict[str, list[str]]:
    """By title: the lines of a file in which one cell is past reading. It costs its own row, never the file."""
    good = GOOD.format("cell")
    return {
        "a cell of 2 MB": [good, GOOD.format(2).replace("Nguyễn", "N" * 2_000_000)],
        "a quote that is never closed": [GOOD.format(3).replace("Văn An", '"Văn An'), good],
        "a row with cells too many": [GOOD.format(4) + ",x,y", good],
    }


def check_cells(place: Path, data: Path) -> None:
    for number, (title, lines) in enumerate(bad_rows().items()):
        path = place / f"cell-{number}.csv"
        path.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
        result = issuer("import", path, "--data", data, "--json")
        check(f"{title} costs its row alone",
              outcome_faults(result, 1, [f"cell-{number}.csv.errors.csv"])
              + [result.stdout] * ('"refused":1' not in result.stdout or '"rows":2' not in result.stdout))


def check_files(place: Path, data: Path) -> None:
    before = contents(data)
    for number, (title, (content, words)) in enumerate(bad_files().items()):
        path = place / f"bad-{number}.csv"
        path.write_bytes(content)
        result = issuer("import", path, "--data", data)
        faults = outcome_faults(result, 1, words)
        if contents(data) != before:
            faults.append("the store has changed")
            before = contents(data)
        check(f"import refuses {title}, names it, and stores nothing", faults)


def check_rows(place: Path, data: Path) -> None:
    """Rows are refused one by one, with all their faults; the others enter."""
    path = place / "rows.csv"
    formulas = [GOOD.format(f"F{i}").replace("Văn An", cell)
                for i, cell in enumerate(("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)"))]
    ten = "T,99-X,=1,,?,32/13/1999,Ausweis,12,1,x,,zwei,y,2099-01-01"
    path.write_text("\n".join([HEADER, GOOD.format("ok"), *formulas, ten]) + "\n", "utf-8")
    result = issuer("import", path, "--data", data, "--json")
    check("import takes the good row and refuses formulas and the row of ten faults",
          outcome_faults(result, 1, ["rows.csv.errors.csv"])
          + [result.stdout] * ('"accepted":1' not in result.stdout or '"refused":5' not in result.stdout))
    lines = (place / "rows.csv.errors.csv").read_text("utf-8-sig").splitlines()
    named = [fault for fault in ("unknown-facility", "formula", "bad-sex", "bad-date", "bad-identity-type",
                                 "bad-nationality", "unknown-product", "bad-dose-number", "bad-dose-kind",
                                 "future-date") if fault not in lines[-1]]
    check("the errors file names all ten faults of a row", [f"not named: {named}; {lines[-1]}"] * bool(named))
    with closing(sqlite3.connect(data / "issuer.db")) as database:
        stored = database.execute("select count(*) from record where reference <> 'Rok'").fetchone()[0]
    check("nothing of a refused row is stored", stored == 0)


def check_usage(place: Path, data: Path) -> None:
    for title, arguments in {
        "no verb": (), "an unknown verb": ("frobnicate",), "an unknown option": ("match", "--fast"),
        "import without a file": ("import",), "a number that is none": ("demo", "--people", "x", "--out", place / "x"),
        "nobody": ("demo", "--people", "0", "--out", place / "x"),
        "a seed that is none": ("sample", "--seed", "x", "--out", place / "x"),
        "no --out": ("demo", "--people", "5"), "an unknown role": ("token", "--role", "king"),
        "an instant that is none": ("match", "--now", "yesterday", "--data", data),
        "an instant without an offset": ("match", "--now", "2026-01-01T00:00:00", "--data", data),
        "seconds that are none": ("serve", "--job-seconds", "x", "--data", data),
    }.items():
        says(f"wrong usage, {title}, ends with 2", 2, [], *arguments)
    check("every verb has --help", [
        f"{verb}: {result.returncode}" for verb in
        ("demo", "sample", "import", "match", "attest", "issue", "publish", "certificates", "decode",
         "verify", "csca", "dsc", "token", "serve", "migrate", "policy")
        if (result := issuer(verb, "--help")).returncode != 0 or "Usage:" not in result.stdout])


def check_environments(place: Path, data: Path) -> None:
    now = ("--now", "2030-01-01T00:00:00Z")
    for environment in (None, "Production"):
        name = environment or "not set"
        other = place / f"store-{name}"
        says(f"a mistyped store is told where the environment is {name}", 1, ["there is no store"],
             "match", "--data", other, environment=environment)
        says(f"a key request without a token is refused where the environment is {name}", 1, ["--token"],
             "dsc", "request", "--out", place / "one.csr", "--data", other, environment=environment)
        says(f"--now is refused where the environment is {name}", 1, ["--now"],
             "match", *now, "--data", other, environment=environment)
        says(f"a development token is refused where the environment is {name}", 1, ["Development"],
             "token", "--role", "auditor", "--data", other, environment=environment)
        says(f"issue without a token is refused where the environment is {name}", 1, ["--token"],
             "issue", "--data", other, environment=environment)
    says("an environment set to nothing is as good as not set", 1, ["--token"],
         "issue", "--data", place / "store-not set", environment=None, DOTNET_ENVIRONMENT="")
    says("a development store is refused in Production", 1, ["Development"],
         "match", "--data", data, environment="Production")
    garbage = place / "garbage"
    garbage.mkdir()
    (garbage / "issuer.db").write_bytes(b"not a database, not at all " * 400)
    says("a store that is no database is refused", 1, [], "match", "--data", garbage)
    says("a data directory that cannot be is refused", 1, [], "match", "--data", "/proc/nowhere")
    says("a campaign that is not there is refused", 1, ["facilities.csv"],
         "demo", "--from", place / "nowhere", "--out", place / "never")
    says("publish on a store without certificates works", 0, [], "publish", "--data", data)


def check_lock(data: Path) -> None:
    """The lock is the operating system's: held here as another process would."""
    descriptor = os.open(data / "jobs.lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        says("issue is refused in one line while another job runs", 1, ["another process"], "issue", "--data", data)
    finally:
        os.close(descriptor)
    says("and runs when that one is done", 0, [], "issue", "--data", data)


def check_second_issue(place: Path) -> None:
    """Two real ones at once: one does the work, the other may be refused, and together they issue each only once."""
    run_well("sample", "--people", 1500, "--seed", 5, "--out", place / "two")
    data = place / "two/data"
    for kind in ("facilities", "lots", "population", "records"):
        issuer("import", place / f"two/{kind}.csv", "--data", data)
    for verb in ("match", "attest"):
        run_well(verb, "--data", data)
    environment = os.environ | {"DOTNET_ENVIRONMENT": "Development"}
    both = [subprocess.Popen(command("issue", "--data", data), env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = [(process, *process.communicate(timeout=LONGEST)) for process in both]
    codes = sorted(process.returncode for process, _, _ in ended)
    errors = [error.strip() for process, _, error in ended if process.returncode == 1]
    check("two issues at once: at least one works, another is refused in one clear line",
          codes in ([0, 0], [0, 1]) and all("another process" in e and "\n" not in e for e in errors))
    with closing(sqlite3.connect(data / "issuer.db")) as database:
        twice = database.execute("select count(*) from (select lineage_id from certificate where signature is not null "
                                 "group by lineage_id having count(*) > 1)").fetchone()[0]
        open_intents = database.execute("select count(*) from certificate where signature is null").fetchone()[0]
    check("two issues at once: nobody has two certificates, nothing is left open", twice == 0 and open_intents == 0)


def main() -> None:
    place = SCRATCH / "bad-input"
    data = place / "data"
    place.mkdir(parents=True)
    (place / "facilities.csv").write_text("code,name\n01-A,Bệnh viện Bạch Mai\n", "utf-8")
    run_well("import", place / "facilities.csv", "--data", data)
    with section("bad files"):
        check_files(place, data)
    with section("bad rows"):
        check_rows(place, data)
        check_cells(place, data)
    with section("wrong usage"):
        check_usage(place, data)
    with section("environments"):
        check_environments(place, data)
    with section("one job at a time"):
        check_lock(data)
        check_second_issue(place)


main()
