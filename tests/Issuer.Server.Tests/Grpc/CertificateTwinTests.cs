using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features.Publication;
using V1 = Issuer.Server.Edge.Grpc.V1;

namespace Issuer.Server.Tests.Grpc;

/// <summary>Delivering, revoking and judging a certificate over gRPC, beside the same over REST.</summary>
public sealed class CertificateTwinTests : OneCertified
{
    [Fact]
    public async Task A_facility_is_given_the_same_certificate_and_the_fetch_is_audited()
    {
        using var clerk = service.Clerk(sub: "counter");
        using var grpc = service.Grpc(service.Token(
            Roles.FacilityClerk, ("sub", "counter"), ("facility", RunningService.Facility)));
        var record = (await clerk.GetAsync("/v1/records").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records")[0].GetProperty("id").GetString()!;
        var rest = await clerk.GetAsync($"/v1/records/{record}/certificate").JsonAsync(HttpStatusCode.OK);
        var before = await service.AuditRowsAsync("counter", FetchAct);
        var certificate = (await grpc.CallAsync(
            "/issuer.v1.Certificates/GetOfRecord", new V1.GetOfRecordRequest { RecordId = record }))
            .Read(V1.Certificate.Parser);

        Assert.Equal(
            (rest.GetProperty("id").GetString(), rest.GetProperty("hc1").GetString()),
            (certificate.Id, certificate.Hc1));
        Assert.Equal(before + 1, await service.AuditRowsAsync("counter", FetchAct));
        Assert.Equal(
            StatusCode.NotFound,
            (await grpc.CallAsync(
                "/issuer.v1.Certificates/GetOfRecord", new V1.GetOfRecordRequest { RecordId = "0000000000000" }))
                    .Status);
    }

    [Fact]
    public async Task Revoked_over_gRPC_is_revoked_over_REST_and_asked_twice_changes_nothing()
    {
        using var ministry = service.Client(Token(Roles.MinistryOperator));
        using var grpc = service.Grpc(Token(Roles.MinistryOperator));
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString()!;
        var revoke = new V1.RevokeRequest { CertificateId = id, Reason = "fraud" };
        var first = (await grpc.CallAsync("/issuer.v1.Revocations/Revoke", revoke)).Read(V1.Revoked.Parser);
        var again = await ministry.PostAsJsonAsync($"/v1/certificates/{id}/revoke", new { reason = "fraud" })
            .JsonAsync(HttpStatusCode.OK);
        Assert.Equal((1, 0), (first.Certificates, again.GetProperty("certificates").GetInt32()));
        Assert.Equal("revoked", (await citizen.CertificatesAsync())[0].GetProperty("state").GetString());

        var undo = (await grpc.CallAsync(
            "/issuer.v1.Revocations/RequestUndo",
            new V1.RequestUndoRequest { CertificateId = id, Reason = "mistaken" }))
            .Read(V1.Approval.Parser);
        Assert.Equal(("undo-revocation", "requested", "officer"), (undo.Act, undo.State, undo.RequestedBy));
        using var second = service.Client(service.Token(Roles.MinistrySecurity, ("sub", "second")));
        await second.PostAsync($"/v1/approvals/{undo.Id}/approve", null).JsonAsync(HttpStatusCode.OK);
        Assert.Equal("current", (await citizen.CertificatesAsync())[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Every_fault_of_a_revocation_is_the_same()
    {
        using var ministry = service.Client(Token(Roles.MinistryOperator));
        using var grpc = service.Grpc(Token(Roles.MinistryOperator));
        foreach (var (reason, note, until) in new[]
        {
            ("other", "", "2020-01-01T00:00:00Z"), ("", "x", "soon"), ("because", new string('x', 501), ""),
        })
        {
            var rest = await ministry.PostAsJsonAsync(
                "/v1/certificates/0000000000000/revoke",
                new { reason = OrNull(reason), note = OrNull(note), suspend_until = OrNull(until) })
                .JsonAsync(HttpStatusCode.UnprocessableEntity);
            var ending = await grpc.CallAsync(
                "/issuer.v1.Revocations/Revoke",
                new V1.RevokeRequest
                {
                    CertificateId = "0000000000000", Reason = reason, Note = note, SuspendUntil = until,
                });
            Assert.Equal(StatusCode.InvalidArgument, ending.Status);
            Assert.Equal(rest.Faults().Order(), ending.Faults.Order());
        }
    }

    [Fact]
    public async Task A_record_is_withdrawn_by_its_facility_with_its_version()
    {
        using var clerk = service.Clerk();
        using var grpc = service.Grpc(Token(Roles.FacilityClerk));
        var record = (await clerk.GetAsync("/v1/records").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records")[1].GetProperty("id").GetString()!;
        var withdraw = new V1.WithdrawRecordRequest { RecordId = record, Version = 7, Reason = "fraud" };
        Assert.Equal(
            StatusCode.Aborted, (await grpc.CallAsync("/issuer.v1.Revocations/WithdrawRecord", withdraw)).Status);
        withdraw.Version = 1;
        withdraw.Reason = "leaked";
        Assert.Equal(
            ["reason:not-listed"], (await grpc.CallAsync("/issuer.v1.Revocations/WithdrawRecord", withdraw)).Faults);
        withdraw.Reason = "fraud";
        Assert.Equal(1, (await grpc.CallAsync("/issuer.v1.Revocations/WithdrawRecord", withdraw))
            .Read(V1.Revoked.Parser).Certificates);
        Assert.True((await clerk.GetAsync($"/v1/records/{record}").JsonAsync(HttpStatusCode.OK))
            .GetProperty("withdrawn").GetBoolean());
    }

    [Fact]
    public async Task A_verdict_is_the_same_and_a_stream_gives_one_for_each_in_order()
    {
        using var grpc = service.Grpc();
        using var anybody = service.Client();
        using var citizen = service.Citizen(Person.Hoa.Number);
        await service.Issuer.Get<PublishRound>().RunAsync(isForced: true, null, default);
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString()!;
        var hc1 = (await citizen.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK))
            .GetProperty("hc1").GetString()!;
        V1.VerifyRequest[] asked =
        [
            new() { Id = "good", Hc1 = hc1 }, new() { Id = "bad", Hc1 = "HC1:NCF" },
            new() { Id = "late", Hc1 = hc1, At = "2028-06-01T00:00:00Z" },
        ];
        foreach (var one in asked)
        {
            var rest = await anybody.PostAsJsonAsync("/v1/verify", new { hc1 = one.Hc1, at = OrNull(one.At) })
                .JsonAsync(HttpStatusCode.OK);
            var verdict = (await grpc.CallAsync("/issuer.v1.Verification/Verify", one)).Read(V1.Verdict.Parser);
            Assert.Equal(
                (rest.GetProperty("verdict").GetString(), rest.GetProperty("detail").GetString(),
                    rest.GetProperty("can_be_had_anew").GetBoolean()),
                (verdict.Verdict_, verdict.Detail, verdict.CanBeHadAnew));
        }
        var streamed = (await grpc.CallAsync(
            "/issuer.v1.Verification/VerifyStream",
            [.. asked, new V1.VerifyRequest { Id = "when", Hc1 = hc1, At = "soon" }, new V1.VerifyRequest(), asked[0]]))
            .ReadAll(V1.Verdict.Parser);
        Assert.Equal(
            [("good", "valid"), ("bad", "malformed"), ("late", "expired"), ("when", "malformed"), ("", "malformed"),
                ("good", "valid")],
            streamed.Select(verdict => (verdict.Id, verdict.Verdict_)));
    }

    [Theory]
    [InlineData("", "", "hc1:missing")]
    [InlineData("HC1:", "soon", "at:bad-instant")]
    public async Task A_question_that_cannot_be_read_is_refused_as_over_REST(string hc1, string at, string fault)
    {
        using var grpc = service.Grpc();
        var ending =
            await grpc.CallAsync("/issuer.v1.Verification/Verify", new V1.VerifyRequest { Hc1 = hc1, At = at });
        Assert.Equal((StatusCode.InvalidArgument, fault), (ending.Status, Assert.Single(ending.Faults)));
    }

    const string FetchAct = "certificate-fetched";

    static string? OrNull(string text) => text.Length == 0 ? null : text;

    string Token(string role) => role == Roles.FacilityClerk
        ? service.Token(role, ("sub", "clerk"), ("facility", RunningService.Facility))
        : service.Token(role, ("sub", "officer"));
}
