#!/usr/bin/env python3
"""Mutation testing of the format and of the decisions, by Stryker.

    tests/mutation/mutate.py [--out DIR] [--jobs N] [--again] [--survivors] [GROUP…]

The result of each file is kept in DIR (artifacts/mutation). A file is not run again while it, its tests and its group
are the same, so a run that was stopped goes on where it was. --again runs what has results too. --survivors is for
writing tests: it runs only the mutants that survived last time and keeps the result as a draft, which the next run
without it does anew.

Nothing is ignored. A mutant that timed out counts as killed only if it times out again at four times the limit. One
that no test reaches has survived. Mutants of text for people are counted apart. Ends with exit code 1 when a score is
below 90 %, or when a survivor has no reason in survivors.json.
"""
import argparse
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "mutation"
TESTS = ROOT / "tests" / "Issuer.Tests"
LEAST = 90.0
LIMIT_MS = 5_000
KILLED = {"Killed", "Timeout"}
COUNTED = KILLED | {"Survived", "NoCoverage"}
# Two words: a name, a code or a format has one.
FOR_PEOPLE = re.compile(r"[^\W\d_]{2,}[,;:]? [^\W\d_{(\"]")


def files_of(group):
    """As they are called in the project."""
    project = ROOT / "src" / group["project"]
    return sorted(str(file.relative_to(project)) for name in group["files"] for file in project.glob(name))


def digest(group, name):
    """Of what the outcome hangs on: the file, the folders that its tests are in, and how they are run."""
    total = hashlib.sha256(filter_of(group).encode())
    total.update((ROOT / "src" / group["project"] / name).read_bytes())
    for folder in sorted({test.split(".")[0] for test in group["tests"]}):
        for file in sorted((TESTS / folder).glob("*.cs")):
            total.update(file.read_bytes())
    return total.hexdigest()


def filter_of(group):
    """Its tests, without the slow ones that kill nothing the others leave."""
    wanted = "|".join(f"FullyQualifiedName~Issuer.Tests.{test}" for test in group["tests"])
    return f"({wanted})" + "".join(f"&FullyQualifiedName!~{test}" for test in group.get("without", []))


def stryker(group, mutate, out, limit, jobs):
    """One run over some files, or spans of them: the mutants of each file."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    config = out / "stryker-config.json"
    config.write_text(json.dumps({"stryker-config": {
        "project": group["project"] + ".csproj",
        "configuration": "Release",
        "mutate": mutate,
        "test-case-filter": filter_of(group),
        "reporters": ["json"],
        "coverage-analysis": "perTest",
        "additional-timeout": limit,
        "concurrency": jobs,
    }}))
    with (out / "stryker.log").open("w") as log:
        subprocess.run(
            ["dotnet", "stryker", "-f", str(config), "-O", str(out)], cwd=TESTS, stdin=subprocess.DEVNULL, stdout=log,
            stderr=subprocess.STDOUT, env=os.environ | {"DOTNET_TieredPGO": "0"}, check=False)
    reports = list(out.rglob("mutation-report.json"))
    if not reports:
        sys.exit(f"{group['name']}: Stryker made no report\n{(out / 'stryker.log').read_text()[-4000:]}")
    project = ROOT / "src" / group["project"]
    return {
        str(pathlib.Path(file).relative_to(project)): [
            told(mutant, found["source"]) for mutant in found["mutants"] if mutant["status"] in COUNTED]
        for file, found in json.loads(reports[0].read_text())["files"].items()}


def told(mutant, source):
    """A mutant as it is kept: where it begins and ends in characters, what it was and what it becomes."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    begin, end = (
        starts[place["line"] - 1] + place["column"] - 1
        for place in (mutant["location"]["start"], mutant["location"]["end"]))
    original = source[begin:end]
    return {
        "line": mutant["location"]["start"]["line"], "begin": begin, "end": end, "mutator": mutant["mutatorName"],
        "was": " ".join(original.split()), "becomes": " ".join((mutant.get("replacement") or "").split()),
        "status": mutant["status"],
        "for_people": mutant["mutatorName"] == "String mutation" and bool(FOR_PEOPLE.search(original)),
    }


def key(mutant):
    return mutant["begin"], mutant["end"], mutant["mutator"], mutant["becomes"]


def spans(found, statuses):
    return [f"**/{name}{{{mutant['begin']}..{mutant['end']}}}"
            for name, mutants in found.items() for mutant in mutants if mutant["status"] in statuses]


def merge(found, newer, statuses, otherwise=None):
    """Takes over what a later run says of the mutants that had one of the statuses."""
    for name, mutants in found.items():
        known = {key(mutant): mutant["status"] for mutant in newer.get(name, [])}
        for mutant in mutants:
            if mutant["status"] in statuses:
                mutant["status"] = known.get(key(mutant), otherwise or mutant["status"])


def measure(group, names, out, jobs):
    found = stryker(group, [f"**/{name}" for name in names], out / group["name"], LIMIT_MS, jobs)
    found = {name: found.get(name, []) for name in names}
    slow = sorted(set(spans(found, {"Timeout"})))
    if slow:
        again = stryker(group, slow, out / f"{group['name']}-slow", 4 * LIMIT_MS, jobs)
        merge(found, again, {"Timeout"}, otherwise="Survived")
    return found


def measure_survivors(group, known, out, jobs):
    open_ones = COUNTED - KILLED
    if survived := sorted(set(spans(known, open_ones))):
        merge(known, stryker(group, survived, out / f"{group['name']}-draft", LIMIT_MS, jobs), open_ones)
    return known


def run(group, wanted):
    """The kept results of a group's files, after running those that have none or old ones."""
    kept = {name: wanted.out / "results" / group["project"] / f"{name}.json" for name in files_of(group)}
    known = {name: json.loads(path.read_text()) for name, path in kept.items() if path.exists()}
    stale = [name for name in kept if known.get(name, {}).get("digest") != digest(group, name)]
    if wanted.survivors:
        drafts = measure_survivors(
            group, {name: known[name]["mutants"] for name in known}, wanted.out, wanted.jobs)
        fresh = {name: {"digest": "draft", "mutants": mutants} for name, mutants in drafts.items()}
    elif todo := list(kept) if wanted.again else stale:
        digests = {name: digest(group, name) for name in todo}
        fresh = {name: {"digest": digests[name], "mutants": mutants}
                 for name, mutants in measure(group, todo, wanted.out, wanted.jobs).items()}
    else:
        fresh = {}
    for name, result in fresh.items():
        kept[name].parent.mkdir(parents=True, exist_ok=True)
        kept[name].write_text(json.dumps(result, indent=1))
    return {f"{group['project']}/{name}": result["mutants"] for name, result in (known | fresh).items()}


def score(mutants):
    return 100.0 * sum(mutant["status"] in KILLED for mutant in mutants) / len(mutants) if mutants else 100.0


def report(found, reasons):
    """Prints a line for each file and each survivor; returns the code mutants and how many lack a reason."""
    every, unexplained = [], 0
    for name, mutants in found.items():
        code = [mutant for mutant in mutants if not mutant["for_people"]]
        text = [mutant for mutant in mutants if mutant["for_people"]]
        print(f"{name}: {score(code):.1f} % of {len(code)}"
              + (f", of text for people {score(text):.0f} % of {len(text)}" if text else ""))
        every += code
        why = {(reason["was"], reason["becomes"]): reason["why"] for reason in reasons.get(name, [])}
        for mutant in sorted(code, key=key):
            if mutant["status"] not in KILLED:
                reason = why.get((mutant["was"], mutant["becomes"]))
                unexplained += reason is None
                print(f"  {mutant['line']}: {mutant['status']}: {mutant['was'][:100]} => {mutant['becomes'][:100]}"
                      + (f" ({reason})" if reason else ""))
    return every, unexplained


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("groups", nargs="*")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "artifacts" / "mutation")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--survivors", action="store_true")
    wanted = parser.parse_args()
    reasons = json.loads((HERE / "survivors.json").read_text())
    every, unexplained = [], 0
    for group in json.loads((HERE / "groups.json").read_text()):
        if not wanted.groups or group["name"] in wanted.groups:
            code, lacking = report(run(group, wanted), reasons)
            print(f"note - {group['name']}: {score(code):.1f} % of {len(code)} mutants of code are killed", flush=True)
            every, unexplained = every + code, unexplained + lacking
    total = score(every)
    print(f"{'ok' if total >= LEAST else 'not ok'} - {total:.1f} % of {len(every)} mutants of code are killed "
          f"({LEAST:.0f} % asked for)")
    print(f"{'not ok' if unexplained else 'ok'} - every survivor has a reason ({unexplained} have none)")
    sys.exit(0 if total >= LEAST and not unexplained else 1)


if __name__ == "__main__":
    main()
