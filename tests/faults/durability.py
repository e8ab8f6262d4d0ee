"""
Nothing is acknowledged before it is on the disk: strace sees the store's WAL synced after its last write, and only
then the answer, on stdout for `import`, on the socket for `POST /v1/records` (reliability.md, "Nothing lost", 7).
"""
import http.client
import json
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from check import LONGEST, SCRATCH, check, command, development, eventually, run_well, section, serve, stop

CALL = re.compile(r"(?P<name>\w+)\((?P<fd>\d+)<(?P<target>[^>]*)>(?P<rest>.*)")
UNFINISHED, RESUMED = "<unfinished ...>", re.compile(r"<\.\.\. (?P<name>\w+) resumed>")
SYNCS, WRITES, SENDS = {"fdatasync", "fsync"}, {"pwrite64", "write"}, {"write", "writev", "sendto", "sendmsg"}


def tracing(trace: Path) -> list:
    calls = ",".join(sorted(SYNCS | WRITES | SENDS))
    return ["strace", "-f", "-y", "-qq", "-s", "64", "-e", f"trace={calls}", "-o", trace]


def finished_calls(trace: Path):
    """
    The calls in the order in which they matter: writes and sends when they began, syncs when they returned 0. A call
    that another thread interrupted is in two lines.
    """
    open_calls = {}
    for line in trace.read_text("utf-8", "replace").splitlines():
        thread, _, text = line.partition(" ")
        text = text.strip()
        if resumed := RESUMED.match(text):
            call = open_calls.pop(thread, None)
            if call and call["name"] in SYNCS and text.endswith("= 0"):
                yield call
            continue
        match = CALL.match(text)
        if not match:
            continue
        call = match.groupdict()
        if text.endswith(UNFINISHED):
            open_calls[thread] = call
        if call["name"] not in SYNCS or text.endswith("= 0"):
            yield call


def answer_places(calls: list, is_answer) -> list[int]:
    return [place for place, call in enumerate(calls) if call["name"] in SENDS and is_answer(call)]


def durability_faults(trace: Path, is_answer) -> list[str]:
    """Walks back from the answer: the WAL's last write before it must have a sync after it."""
    calls = list(finished_calls(trace))
    answers = answer_places(calls, is_answer)
    if not answers:
        return ["no answer in the trace"]
    wal = [(place, call["name"]) for place, call in enumerate(calls)
           if call["target"].endswith("/issuer.db-wal") and (answers[-2:-1] or [-1])[0] < place < answers[-1]]
    written = max((place for place, name in wal if name in WRITES), default=None)
    if written is None:
        return ["the answer came without a write to the WAL since the answer before"]
    if not any(name in SYNCS and place > written for place, name in wal):
        return [f"no sync of the WAL between its last write and the answer, among {len(calls)} calls"]
    return []


def check_is_not_blind(trace: Path, is_answer) -> None:
    without = trace.with_suffix(".unsynced")
    lines = trace.read_text("utf-8", "replace").splitlines(keepends=True)
    without.write_text("".join(line for line in lines if "sync" not in line), "utf-8")
    check("a trace without its syncs is seen through", bool(durability_faults(without, is_answer)))


def check_import(campaign: Path, data: Path, trace: Path) -> None:
    # Population first, traced: it does nothing after its last commit but say its counts.
    run_well("import", campaign / "facilities.csv", "--data", data)
    import_people = command("import", campaign / "population.csv", "--data", data, "--json")
    result = subprocess.run([*tracing(trace), *import_people], capture_output=True, text=True, env=development(),
                            timeout=LONGEST, check=True)
    check("import says its counts", json.loads(result.stdout)["accepted"] > 0)
    check("import: the WAL is synced before the counts are said",
          durability_faults(trace, lambda call: "accepted" in call["rest"]))


def get(address: str, path: str, **headers) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=LONGEST)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def post_record(address: str, token: str, reference: str) -> tuple[int, str]:
    body = json.dumps({
        "reference": reference, "family_name": "Nguyễn", "given_name": "Văn An", "sex": "M",
        "date_of_birth": "1980-01-01", "identity_number": "001080000001", "product": "Pfizer",
        "vaccinated_on": "2022-01-01"})
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=LONGEST)
    connection.request("POST", "/v1/records", body.encode(), {
        "Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def first_round_is_done(address: str, token: str) -> bool:
    """Health speaks of the publisher, which comes last in a round, and progress says when it was counted."""
    _, health = get(address, "/healthz/ready")
    _, progress = get(address, "/v1/progress", Authorization=f"Bearer {token}")
    return "publication" in json.loads(health) and bool(json.loads(progress).get("counted_at"))


def is_created(call: dict) -> bool:
    return '"HTTP/1.1 201' in call["rest"]


def check_serve(campaign: Path, data: Path, trace: Path) -> None:
    facility = (campaign / "facilities.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    token = run_well("token", "--role", "facility-clerk", "--facility", facility, "--data", data).strip()
    # No job round in between: the sync that is seen must be the request's own.
    process, said = serve("--data", data, "--job-seconds", 86400, under=tracing(trace))
    try:
        address = said["addresses"][0]
        eventually("the first round of serve is done", lambda: first_round_is_done(address, token))
        for number in range(1, 6):
            status, body = post_record(address, token, f"durable-{number}")
            check(f"POST /v1/records answers 201, record {number}", [f"{status}: {body}"] * (status != 201))
            eventually("strace has written the answer down",
                       lambda: len(answer_places(list(finished_calls(trace)), is_created)) >= number)
            check(f"POST /v1/records: the WAL is synced before the 201 is on the socket, record {number}",
                  durability_faults(trace, is_created))
        check_is_not_blind(trace, is_created)
    finally:
        stop(process)


def main() -> None:
    scratch = SCRATCH / "durability"
    scratch.mkdir(parents=True, exist_ok=True)
    campaign, data = scratch / "campaign", scratch / "data"
    run_well("sample", "--people", 50, "--seed", 3, "--out", campaign)
    with section("durability of import"):
        check_import(campaign, data, scratch / "import.trace")
    with section("durability of POST /v1/records"):
        check_serve(campaign, data, scratch / "serve.trace")


if __name__ == "__main__":
    main()
