"""Issuer's gRPC as python3-grpcio speaks it: check_grpc.py ADDRESS CLERK_TOKEN CITIZEN_TOKEN PREFIX OTHERS.

OTHERS is JSON: the tokens of a signatory and an operator, and the text of a certificate.
"""
import importlib
import json
import subprocess
import sys
import threading

import grpc

from check import LONGEST, ROOT, SCRATCH, check, section

ADDRESS, CLERK, CITIZEN, PREFIX = sys.argv[1:5]
OTHERS = json.loads(sys.argv[5])
PROTOS = ROOT / "openapi"


def messages_of(name: str):
    out = SCRATCH / "protos"
    out.mkdir(exist_ok=True)
    subprocess.run(["protoc", f"-I{PROTOS}", f"--python_out={out}", f"{name}.proto"], check=True)
    sys.path.insert(0, str(out))
    return importlib.import_module(f"{name}_pb2")


wire, health = messages_of("issuer"), messages_of("health")
channel = grpc.insecure_channel(ADDRESS)


def method(kind, path: str, reply):
    return kind(path, request_serializer=lambda m: m.SerializeToString(), response_deserializer=reply.FromString)


submit = method(channel.unary_unary, "/issuer.v1.Records/Submit", wire.SubmittedRecord)
submit_stream = method(channel.stream_unary, "/issuer.v1.Records/SubmitStream", wire.SubmitSummary)
get_current = method(channel.unary_unary, "/issuer.v1.Certificates/GetCurrent", wire.Certificate)
get_trust_list = method(channel.unary_unary, "/issuer.v1.TrustLists/Get", wire.TrustList)
check_health = method(channel.unary_unary, "/grpc.health.v1.Health/Check", health.HealthCheckResponse)


def bearer(token: str):
    return [("authorization", f"Bearer {token}")]


def record(reference: str, **changes):
    fields = dict(reference=f"{PREFIX}-{reference}", full_name="Trần Văn Ba", sex="Nam", date_of_birth="1980-02-03",
                  product="Vero Cell", lot="L1", dose_number=1, vaccinated_on="2021-09-01")
    return wire.Record(**(fields | changes))


def status_of(call) -> grpc.RpcError:
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call succeeded")


def endless(first, stop: threading.Event, wants_more: threading.Event):
    yield first
    wants_more.set()
    stop.wait(LONGEST)


with section("python: health"):
    answer = check_health(health.HealthCheckRequest(), timeout=LONGEST)
    check("python: health says SERVING", answer.status == health.HealthCheckResponse.SERVING)

with section("python: unary"):
    first = submit(record("one"), metadata=bearer(CLERK), timeout=LONGEST)
    again = submit(record("one"), metadata=bearer(CLERK), timeout=LONGEST)
    check("python: a record is accepted once, and sent again it is unchanged",
          (first.outcome, again.outcome, first.id == again.id) == ("accepted", "unchanged", True))
    refused = status_of(lambda: submit(record("bad", sex="X", lot="\x07"), metadata=bearer(CLERK), timeout=LONGEST))
    faults = wire.Faults.FromString(dict(refused.trailing_metadata())["issuer-faults-bin"]).faults
    check("python: all faults of a refused record come in the trailers",
          refused.code() == grpc.StatusCode.INVALID_ARGUMENT and {f.field for f in faults} == {"sex", "lot"}
          and all(f.message_vi for f in faults))

with section("python: stream"):
    rows = (record(f"s{i}", vaccinated_on="soon" if i == 1500 else "2021-09-01") for i in range(3000))
    summary = submit_stream(rows, metadata=bearer(CLERK), timeout=LONGEST)
    check("python: a stream of 3,000 is summed, with the refused row",
          (summary.received, summary.accepted, summary.refused) == (3000, 2999, 1)
          and [(r.index, r.reference) for r in summary.refused_records] == [(1500, f"{PREFIX}-s1500")])

with section("python: deadline"):
    stop, sent = threading.Event(), threading.Event()
    late = status_of(lambda: submit_stream(endless(record("late"), stop, sent), metadata=bearer(CLERK), timeout=0.5))
    stop.set()
    check("python: a call past its deadline ends with DEADLINE_EXCEEDED",
          late.code() == grpc.StatusCode.DEADLINE_EXCEEDED)

with section("python: cancellation"):
    stop, sent = threading.Event(), threading.Event()
    call = submit_stream.future(endless(record("cancelled"), stop, sent), metadata=bearer(CLERK))
    sent.wait(LONGEST)
    call.cancel()
    stop.set()
    ended = status_of(call.result) if not call.cancelled() else None
    check("python: a cancelled stream ends as CANCELLED", call.cancelled() or ended.code() == grpc.StatusCode.CANCELLED)
    later = submit(record("cancelled"), metadata=bearer(CLERK), timeout=LONGEST)
    check("python: nothing of it was stored, and the service goes on", later.outcome == "accepted")

with section("python: access"):
    check("python: without a token UNAUTHENTICATED",
          status_of(lambda: submit(record("x"), timeout=LONGEST)).code() == grpc.StatusCode.UNAUTHENTICATED)
    check("python: with a wrong token UNAUTHENTICATED",
          status_of(lambda: submit(record("x"), metadata=bearer("no.such.token"), timeout=LONGEST)).code()
          == grpc.StatusCode.UNAUTHENTICATED)
    check("python: with a citizen's token PERMISSION_DENIED",
          status_of(lambda: submit(record("x"), metadata=bearer(CITIZEN), timeout=LONGEST)).code()
          == grpc.StatusCode.PERMISSION_DENIED)

with section("python: holder and public"):
    certificate = get_current(wire.GetCurrentRequest(), metadata=bearer(CITIZEN), timeout=LONGEST)
    check("python: a holder gets the current certificate", certificate.hc1.startswith("HC1:"))
    check("python: the trust list is there for everybody",
          get_trust_list(wire.GetTrustListRequest(), timeout=LONGEST).json.startswith(b"["))

with section("python: correction and state"):
    correct = method(channel.unary_unary, "/issuer.v1.Records/Correct", wire.SubmittedRecord)
    get_state = method(channel.unary_unary, "/issuer.v1.Records/GetState", wire.RecordState)
    request = wire.CorrectRequest(id=first.id, version=1, record=record("one", lot="L2"))
    corrected = correct(request, metadata=bearer(CLERK), timeout=LONGEST)
    state = get_state(wire.GetStateRequest(id=first.id), metadata=bearer(CLERK), timeout=LONGEST)
    check("python: a correction is the version that its state shows",
          (corrected.outcome, corrected.version, state.version, state.reference)
          == ("corrected", 2, 2, f"{PREFIX}-one"))
    request.record.lot = "L3"
    check("python: correcting an older version is ABORTED",
          status_of(lambda: correct(request, metadata=bearer(CLERK), timeout=LONGEST)).code() == grpc.StatusCode.ABORTED)

with section("python: attestations"):
    to_attest = method(channel.unary_unary, "/issuer.v1.Attestations/ListToAttest", wire.StatementList)
    attest = method(channel.unary_unary, "/issuer.v1.Attestations/Attest", wire.AttestResponse)
    to_attest(wire.ListToAttestRequest(limit=5), metadata=bearer(OTHERS["signatory"]), timeout=LONGEST)
    results = attest(wire.AttestRequest(signatures=["x.y.z"]), metadata=bearer(OTHERS["signatory"]), timeout=LONGEST).results
    check("python: a signature that is none is told as that", [r.fault for r in results] == ["malformed-jws"])

with section("python: worklist"):
    worklist = method(channel.unary_unary, "/issuer.v1.Worklist/List", wire.WorklistPage)
    page = worklist(wire.ListWorklistRequest(limit=3), metadata=bearer(OTHERS["operator"]), timeout=LONGEST)
    after = worklist(wire.ListWorklistRequest(limit=3, after=page.next), metadata=bearer(OTHERS["operator"]), timeout=LONGEST)
    seen = [item.record_id for item in [*page.items, *after.items]]
    check("python: the worklist is read piece by piece", len(seen) == len(set(seen)) == 6)

with section("python: revocations"):
    revoke = method(channel.unary_unary, "/issuer.v1.Revocations/Revoke", wire.Revoked)
    fault = status_of(lambda: revoke(wire.RevokeRequest(certificate_id=certificate.id, reason="other"),
                                     metadata=bearer(OTHERS["operator"]), timeout=LONGEST))
    told = wire.Faults.FromString(dict(fault.trailing_metadata())["issuer-faults-bin"]).faults
    check("python: a reason that needs a note is refused without one",
          fault.code() == grpc.StatusCode.INVALID_ARGUMENT and [f.field for f in told] == ["note"])

with section("python: verification"):
    verify_stream = method(channel.stream_stream, "/issuer.v1.Verification/VerifyStream", wire.Verdict)
    codes = [("good", OTHERS["hc1"]), ("bad", "HC1:NCF"), ("again", OTHERS["hc1"])]
    verdicts = list(verify_stream((wire.VerifyRequest(id=i, hc1=hc1) for i, hc1 in codes), timeout=20))
    check("python: a stream of codes comes back judged, in order",
          [(v.id, v.verdict) for v in verdicts] == [("good", "valid"), ("bad", "malformed"), ("again", "valid")])

with section("python: health of one service, watched"):
    watch = method(channel.unary_stream, "/grpc.health.v1.Health/Watch", health.HealthCheckResponse)
    watched = watch(health.HealthCheckRequest(service="issuer.v1.Attestations"), timeout=LONGEST)
    check("python: health is watched", next(watched).status == health.HealthCheckResponse.SERVING)
    watched.cancel()
