using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Issuer.Core.Facilities;
using Issuer.Server.Hosting.Stores;
using V1 = Issuer.Server.Edge.Grpc.V1;

namespace Issuer.Server.Tests.Grpc;

/// <summary>What a facility does over gRPC with what it submitted, beside the same over REST.</summary>
public sealed class FacilityTwinTests : FacilityTwins
{
    [Fact]
    public async Task A_record_stands_alike_and_is_listed_alike()
    {
        using var clerk = service.Clerk();
        using var grpc = Clerk();
        await SwappedAsync(clerk, "one");
        await clerk.SubmitAsync(Person.Hoa.Dose("two", 1, "2026-09-01"));
        await service.RoundAsync();

        var rest = (await clerk.GetAsync("/v1/records?limit=1").JsonAsync(HttpStatusCode.OK));
        var list = (await grpc.CallAsync("/issuer.v1.Records/List", new V1.ListRecordsRequest { Limit = 1 }))
            .Read(V1.RecordList.Parser);
        Assert.Equal(rest.GetProperty("next").GetString(), list.Next);
        var rested = Assert.Single(rest.GetProperty("records").EnumerateArray());
        AssertSame(rested, Assert.Single(list.Records));
        Assert.Equal("day-month-swapped", list.Records[0].Suggestion);

        var next = (await grpc.CallAsync("/issuer.v1.Records/List", new V1.ListRecordsRequest { After = list.Next }))
            .Read(V1.RecordList.Parser);
        var id = Assert.Single(next.Records).Id;
        Assert.Equal("", next.Next);
        AssertSame(
            await clerk.GetAsync($"/v1/records/{id}").JsonAsync(HttpStatusCode.OK),
            (await grpc.CallAsync("/issuer.v1.Records/GetState", new V1.GetStateRequest { Id = id }))
                .Read(V1.RecordState.Parser));
        Assert.Equal(
            ["limit:out-of-range"],
            (await grpc.CallAsync("/issuer.v1.Records/List", new V1.ListRecordsRequest { Limit = 500 })).Faults);
    }

    [Fact]
    public async Task A_correction_over_gRPC_is_the_version_that_REST_shows_and_needs_the_version_before()
    {
        using var clerk = service.Clerk();
        using var grpc = Clerk();
        var dose = Person.Hoa.Dose("corrected", 1, "2026-09-01");
        var id = (await clerk.SubmitAsync(dose)).GetProperty("id").GetString()!;
        dose["lot"] = "VC124";
        var correction = new V1.CorrectRequest { Id = id, Version = 1, Record = MessageOf(dose) };
        var corrected = (await grpc.CallAsync("/issuer.v1.Records/Correct", correction))
            .Read(V1.SubmittedRecord.Parser);
        Assert.Equal((id, 2, "corrected", "pending"),
            (corrected.Id, corrected.Version, corrected.Outcome, corrected.State));
        using var read = await clerk.GetAsync($"/v1/records/{id}");
        Assert.Equal("\"2\"", read.Headers.ETag!.Tag);

        dose["lot"] = "VC125";
        correction.Record = MessageOf(dose);
        var stale = await grpc.CallAsync("/issuer.v1.Records/Correct", correction);
        using var put =
            new HttpRequestMessage(HttpMethod.Put, $"/v1/records/{id}") { Content = JsonContent.Create(dose) };
        put.Headers.IfMatch.ParseAdd("\"1\"");
        var rest = await clerk.SendAsync(put).JsonAsync(HttpStatusCode.Conflict);
        Assert.Equal(StatusCode.Aborted, stale.Status);
        Assert.Equal(rest.Faults(), stale.Faults);
        Assert.Equal(rest.GetProperty("detail").GetString(), stale.Message);
    }

    [Fact]
    public async Task Another_reference_in_a_correction_is_the_same_fault()
    {
        using var clerk = service.Clerk();
        using var grpc = Clerk();
        var id = (await clerk.SubmitAsync(Person.Hoa.Dose("fixed", 1, "2026-09-01"))).GetProperty("id").GetString()!;
        var renamed = await grpc.CallAsync(
            "/issuer.v1.Records/Correct",
            new V1.CorrectRequest
            {
                Id = id, Version = 1, Record = MessageOf(Person.Hoa.Dose("renamed", 1, "2026-09-01")),
            });
        Assert.Equal((StatusCode.InvalidArgument, "reference:reference-is-fixed"),
            (renamed.Status, Assert.Single(renamed.Faults)));
    }

    [Fact]
    public async Task Statements_are_the_same_bytes_and_a_signature_over_gRPC_is_kept_for_both()
    {
        using var clerk = service.Clerk();
        using var signatory = service.Signatory();
        using var grpc = service.Grpc(SignatoryToken(service.Issuer.Get<NationalClock>().Now));
        await clerk.SubmitAsync(Person.Hoa.Dose("1", 1, "2026-09-01"));
        await service.RoundAsync();
        var (id, statement) = Assert.Single(await signatory.StatementsAsync());
        var waiting = Assert.Single((await grpc.CallAsync(
            "/issuer.v1.Attestations/ListToAttest", new V1.ListToAttestRequest())).Read(V1.StatementList.Parser)
            .Statements);
        Assert.Equal(id, waiting.RecordId);
        Assert.Equal(statement, waiting.Statement_.ToByteArray());

        var good = CompactJws.Sign(statement, service.Keys[RunningService.Facility]);
        var bad = CompactJws.Sign(statement, service.Keys[RunningService.OtherFacility]);
        var results = (await grpc.CallAsync(
            "/issuer.v1.Attestations/Attest", new V1.AttestRequest { Signatures = { bad, "x", good, good } }))
            .Read(V1.AttestResponse.Parser).Results;
        Assert.Equal(["bad-signature", "malformed-jws", "", "statement-changed"], results.Select(r => r.Fault));
        Assert.Empty(await signatory.StatementsAsync());
        Assert.True((await clerk.GetAsync($"/v1/records/{id}").JsonAsync(HttpStatusCode.OK))
            .GetProperty("attested").GetBoolean());
    }

    [Fact]
    public async Task Signing_needs_a_recent_authentication_and_takes_a_thousand()
    {
        using var stale = service.Grpc(SignatoryToken(service.Issuer.Get<NationalClock>().Now.AddHours(-1)));
        var refused = await stale.CallAsync("/issuer.v1.Attestations/Attest", new V1.AttestRequest());
        Assert.Equal((StatusCode.PermissionDenied, "auth_time:stale-authentication"),
            (refused.Status, Assert.Single(refused.Faults)));

        using var fresh = service.Grpc(SignatoryToken(service.Issuer.Get<NationalClock>().Now));
        var text = new string('x', 100);
        var thousand = new V1.AttestRequest { Signatures = { Enumerable.Repeat(text, 1000) } };
        var results = (await fresh.CallAsync("/issuer.v1.Attestations/Attest", thousand))
            .Read(V1.AttestResponse.Parser).Results;
        Assert.Equal((1000, "malformed-jws"), (results.Count, results.Select(r => r.Fault).Distinct().Single()));
        thousand.Signatures.Add("x");
        Assert.Equal(
            StatusCode.ResourceExhausted,
            (await fresh.CallAsync("/issuer.v1.Attestations/Attest", thousand)).Status);
    }

    static V1.Record MessageOf(Dictionary<string, object?> dose) =>
        JsonParser.Default.Parse<V1.Record>(JsonSerializer.Serialize(dose));
}
