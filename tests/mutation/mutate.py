#!/usr/bin/env python3
"""Mutation testing of the format and of the decisions, by Stryker, a group of files at a time so that it resumes.

    tests/mutation/mutate.py [--out DIR] [GROUP…]

A group whose files and tests are the same as in DIR is not run again. A mutant that timed out counts as killed only if
it times out again at four times the limit; one that no test reaches has survived; mutants of text for people are
counted apart. Nothing is ignored. Ends with exit code 1 when a score is below 90 %.
"""
import argparse
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests" / "Issuer.Tests"
LEAST = 90.0
LIMIT_MS = 5_000
KILLED = {"Killed", "Timeout"}
COUNTED = KILLED | {"Survived", "NoCoverage"}


def digest(group):
    """Of everything that the outcome hangs on: the project that is mutated, its tests, and the group itself."""
    total = hashlib.sha256(json.dumps(group, sort_keys=True).encode())
    for tree in (ROOT / "src" / group["project"], TESTS):
        for file in sorted(tree.rglob("*.cs")):
            if not {"bin", "obj"} & set(file.parts):
                total.update(file.read_bytes())
    return total.hexdigest()


def stryker(group, mutate, out, limit):
    """One run; returns the mutants by (file, id)."""
    config = out / "stryker-config.json"
    out.mkdir(parents=True, exist_ok=True)
    config.write_text(json.dumps({"stryker-config": {
        "project": group["project"] + ".csproj",
        "configuration": "Release",
        "mutate": mutate,
        "test-case-filter": group["tests"],
        "reporters": ["json"],
        "coverage-analysis": "perTest",
        "additional-timeout": limit,
        "concurrency": 2,
    }}))
    ran = subprocess.run(
        ["dotnet", "stryker", "-f", str(config), "-O", str(out)], cwd=TESTS, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    reports = sorted(out.rglob("mutation-report.json"))
    if not reports:
        sys.exit(f"{group['name']}: Stryker made no report\n{ran.stdout[-4000:]}")
    files = json.loads(reports[-1].read_text())["files"]
    return {(file, mutant["id"]): mutant for file, found in files.items() for mutant in found["mutants"]}


def spans(mutants):
    """Of the mutants as Stryker takes them: FILE{from..to}, in characters."""
    for (file, _), mutant in mutants.items():
        text = pathlib.Path(file).read_text(encoding="utf-8-sig")
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        at = [starts[place["line"] - 1] + place["column"] - 1
              for place in (mutant["location"]["start"], mutant["location"]["end"])]
        yield f"**/{pathlib.Path(file).name}{{{at[0]}..{at[1]}}}"


def place(file, mutant):
    start = mutant["location"]["start"]
    return pathlib.Path(file).name, start["line"], start["column"], mutant["mutatorName"], mutant.get("replacement")


def measure(group, out):
    mutants = stryker(group, [f"**/{name}" if "**" not in name else name for name in group["files"]], out, LIMIT_MS)
    slow = {key: mutant for key, mutant in mutants.items() if mutant["status"] == "Timeout"}
    if slow:
        again = {place(file, mutant): mutant["status"]
                 for (file, _), mutant in stryker(group, sorted(set(spans(slow))), out / "again", 4 * LIMIT_MS).items()}
        for (file, _), mutant in slow.items():
            mutant["status"] = again.get(place(file, mutant), "Survived")
    return [dict(zip(("file", "line", "column", "mutator", "replacement"), place(file, mutant)),
                 status=mutant["status"])
            for (file, _), mutant in mutants.items() if mutant["status"] in COUNTED]


def score(mutants):
    return 100.0 * sum(mutant["status"] in KILLED for mutant in mutants) / len(mutants) if mutants else 100.0


def report(name, mutants):
    code = [mutant for mutant in mutants if mutant["mutator"] != "String mutation"]
    text = [mutant for mutant in mutants if mutant["mutator"] == "String mutation"]
    print(f"{name}: {score(code):.1f} % of {len(code)} mutants killed, {score(text):.1f} % of {len(text)} in text")
    for mutant in sorted(code, key=lambda m: (m["file"], m["line"], m["column"])):
        if mutant["status"] not in KILLED:
            print(f"  {mutant['file']}:{mutant['line']}:{mutant['column']} {mutant['status']}: "
                  f"{mutant['mutator']} -> {' '.join((mutant['replacement'] or '').split())[:100]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("groups", nargs="*")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "artifacts" / "mutation")
    wanted = parser.parse_args()
    groups = json.loads((ROOT / "tests" / "mutation" / "groups.json").read_text())
    every = []
    for group in (g for g in groups if not wanted.groups or g["name"] in wanted.groups):
        kept = wanted.out / f"{group['name']}.json"
        known = json.loads(kept.read_text()) if kept.exists() else {}
        if known.get("digest") != digest(group):
            scratch = wanted.out / group["name"]
            shutil.rmtree(scratch, ignore_errors=True)
            known = {"digest": digest(group), "mutants": measure(group, scratch)}
            kept.write_text(json.dumps(known, indent=1))
        report(group["name"], known["mutants"])
        every += known["mutants"]
    total = score([mutant for mutant in every if mutant["mutator"] != "String mutation"])
    print(f"{'ok' if total >= LEAST else 'not ok'} - {total:.1f} % of the mutants are killed ({LEAST:.0f} % asked for)")
    sys.exit(0 if total >= LEAST else 1)


if __name__ == "__main__":
    main()
