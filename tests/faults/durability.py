"""
Nothing is acknowledged before it is on the disk: strace sees the store's WAL synced after its last write, and only
then the answer, on stdout for `import`, on the socket for `POST /v1/records` (reliability.md, "Nothing lost", 7).
"""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

from check import SCRATCH, check, command, run_well, section

CALL = re.compile(r"(?P<name>\w+)\((?P<fd>\d+)<(?P<target>[^>]*)>(?P<rest>.*)")
UNFINISHED, RESUMED = "<unfinished ...>", re.compile(r"<\.\.\. (?P<name>\w+) resumed>")
SYNCS, WRITES, SENDS = {"fdatasync", "fsync"}, {"pwrite64", "write"}, {"write", "writev", "sendto", "sendmsg"}


def traced(trace: Path, *arguments) -> list[str]:
    calls = ",".join(sorted(SYNCS | WRITES | SENDS))
    return ["strace", "-f", "-y", "-qq", "-s", "64", "-e", f"trace={calls}", "-o", trace, *command(*arguments)]


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


def durability_faults(trace: Path, is_answer) -> list[str]:
    """Walks back from the answer: the WAL's last write before it must have a sync after it."""
    calls = list(finished_calls(trace))
    answers = [place for place, call in enumerate(calls) if call["name"] in SENDS and is_answer(call)]
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


def development() -> dict:
    return os.environ | {"DOTNET_ENVIRONMENT": "Development"}


def check_import(campaign: Path, data: Path, trace: Path) -> None:
    # Population first, traced: it does nothing after its last commit but say its counts.
    run_well("import", campaign / "facilities.csv", "--data", data)
    result = subprocess.run(traced(trace, "import", campaign / "population.csv", "--data", data, "--json"),
                            capture_output=True, text=True, env=development(), timeout=120, check=True)
    check("import says its counts", json.loads(result.stdout)["accepted"] > 0)
    check("import: the WAL is synced before the counts are said",
          durability_faults(trace, lambda call: "accepted" in call["rest"]))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def post_record(port: int, token: str, reference: str) -> tuple[int, str]:
    body = json.dumps({
        "reference": reference, "family_name": "Nguyễn", "given_name": "Văn An", "sex": "M",
        "date_of_birth": "1980-01-01", "identity_number": "001080000001", "product": "Pfizer",
        "vaccinated_on": "2022-01-01"})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/v1/records", body.encode(), {
        "Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def wait_until_ready(process: subprocess.Popen, port: int) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"serve ended with {process.returncode}")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz/live")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("serve was not ready within a minute")


def is_created(call: dict) -> bool:
    return '"HTTP/1.1 201' in call["rest"]


def check_serve(campaign: Path, data: Path, trace: Path) -> None:
    facility = (campaign / "facilities.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    token = run_well("token", "--role", "facility-clerk", "--facility", facility, "--data", data).strip()
    port = free_port()
    # No job round in between: the sync that is seen must be the request's own.
    process = subprocess.Popen(
        traced(trace, "serve", "--data", data, "--urls", f"http://127.0.0.1:{port}", "--job-seconds", 3600),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=development(),
        start_new_session=True)
    try:
        wait_until_ready(process, port)
        time.sleep(2)
        for number in range(1, 6):
            status, body = post_record(port, token, f"durable-{number}")
            check(f"POST /v1/records answers 201, record {number}", [f"{status}: {body}"] * (status != 201))
            # strace writes a line a moment after the call.
            time.sleep(0.3)
            check(f"POST /v1/records: the WAL is synced before the 201 is on the socket, record {number}",
                  durability_faults(trace, is_created))
        check_is_not_blind(trace, is_created)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


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
