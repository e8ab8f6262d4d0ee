using System.Net;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Grpc;
using Issuer.Server.Edge.Grpc.V1;
using Issuer.Server.Tests.Http;
using Record = Issuer.Server.Edge.Grpc.V1.Record;
using TrustListMessage = Issuer.Server.Edge.Grpc.V1.TrustList;

namespace Issuer.Server.Tests.Grpc;

/// <summary>The same question over REST and over gRPC has the same answer.</summary>
public sealed class TwinTests(Certified fixture) : IClassFixture<Certified>
{
    const string Submit = "/issuer.v1.Records/Submit";

    [Fact]
    public void A_record_has_the_same_fields_in_json_csv_and_protobuf() =>
        Assert.Equal(
            RecordFields.Names.Order(), Record.Descriptor.Fields.InDeclarationOrder().Select(f => f.Name).Order());

    [Fact]
    public void Every_field_of_a_message_arrives_in_the_row()
    {
        var record = new Record();
        foreach (var field in Record.Descriptor.Fields.InDeclarationOrder())
        {
            field.Accessor.SetValue(record, field.FieldType switch
            {
                FieldType.Int32 => field.FieldNumber,
                FieldType.Int64 => (long)field.FieldNumber,
                _ => (object)$"{field.FieldNumber}",
            });
        }
        var numbers = Record.Descriptor.Fields.InDeclarationOrder().ToDictionary(f => f.Name, f => $"{f.FieldNumber}");
        Assert.Equal(
            RecordFields.RowOf(name => numbers[name]) with { ReadingFaults = [] },
            GrpcRecords.RowOf(record) with { ReadingFaults = [] });
    }

    [Fact]
    public async Task What_REST_accepted_is_unchanged_over_gRPC_under_the_same_id()
    {
        using var clerk = fixture.Service.Clerk();
        using var grpc = ClerksGrpc();
        var dose = Person.Duc.Dose("twin", 1, "2026-09-01");
        var rest = await clerk.SubmitAsync(dose);
        var again = (await grpc.CallAsync(Submit, MessageOf(dose))).Read(SubmittedRecord.Parser);

        Assert.Equal((rest.GetProperty("id").GetString(), 1, "unchanged", "pending"),
            (again.Id, again.Version, again.Outcome, again.State));
        Assert.Equal(
            rest.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()),
            again.Warnings.Select(w => w.Code));
    }

    [Fact]
    public async Task The_same_faults_refuse_over_both()
    {
        using var clerk = fixture.Service.Clerk();
        using var grpc = ClerksGrpc();
        var dose = Person.Duc.Dose("twin-faults", 12, "2019-01-01");
        dose["sex"] = "X";
        var rest = await clerk.SubmitAsync(dose, HttpStatusCode.UnprocessableEntity);
        var ending = await grpc.CallAsync(Submit, MessageOf(dose));

        Assert.Equal(StatusCode.InvalidArgument, ending.Status);
        Assert.Equal(rest.Faults().Order(), ending.Faults.Order());
    }

    [Fact]
    public async Task Contradicting_what_is_stored_is_a_conflict_over_both()
    {
        using var clerk = fixture.Service.Clerk();
        using var grpc = ClerksGrpc();
        await clerk.SubmitAsync(Person.Duc.Dose("twin-conflict", 1, "2026-09-01"));
        var other = Person.Duc.Dose("twin-conflict", 1, "2026-09-02");
        await clerk.SubmitAsync(other, HttpStatusCode.Conflict);
        Assert.Equal(StatusCode.Aborted, (await grpc.CallAsync(Submit, MessageOf(other))).Status);
    }

    [Fact]
    public async Task A_stream_is_summed_and_only_what_was_refused_comes_back()
    {
        using var grpc = ClerksGrpc();
        var doses = Enumerable.Range(0, 1201).Select(i => Person.Duc.Dose($"stream-{i}", 1, "2026-09-01")).ToList();
        doses[700]["vaccinated_on"] = "yesterday";
        doses[1200]["reference"] = "stream-0";
        var summary = (await grpc.CallAsync("/issuer.v1.Records/SubmitStream", doses.Select(MessageOf)))
            .Read(SubmitSummary.Parser);

        Assert.Equal((1201, 1199, 1, 1), (summary.Received, summary.Accepted, summary.Unchanged, summary.Refused));
        var refused = Assert.Single(summary.RefusedRecords);
        Assert.Equal((700, "stream-700", "vaccinated_on"), (refused.Index, refused.Reference, refused.Faults[0].Field));
    }

    [Fact]
    public async Task The_holder_gets_the_same_current_certificate()
    {
        using var citizen = fixture.Service.Citizen(Person.Hoa.Number);
        using var grpc = fixture.Service.Grpc(fixture.TokenOf(Roles.Citizen, own: true));
        var current = (await grpc.CallAsync("/issuer.v1.Certificates/GetCurrent", new GetCurrentRequest()))
            .Read(Certificate.Parser);
        var rest = await citizen.GetAsync($"/v1/me/certificates/{current.Id}").JsonAsync(HttpStatusCode.OK);
        Assert.Equal(rest.GetProperty("hc1").GetString(), current.Hc1);
        Assert.Equal(rest.GetProperty("expires_at").GetDateTimeOffset().ToUnixTimeSeconds(), current.ExpiresAt);
    }

    [Fact]
    public async Task The_trust_list_is_the_same_file()
    {
        using var client = fixture.Service.Client();
        using var grpc = fixture.Service.Grpc();
        var list = (await grpc.CallAsync("/issuer.v1.TrustLists/Get", new GetTrustListRequest())).Read(
            TrustListMessage.Parser);
        using var rest = await client.GetAsync("/v1/trust-list");
        Assert.Equal(await rest.Content.ReadAsByteArrayAsync(), list.Json.ToByteArray());
        Assert.Equal(rest.Headers.ETag!.Tag, $"\"{list.Etag}\"");
    }

    [Fact]
    public void Every_kind_of_refusal_has_a_status() =>
        Assert.DoesNotContain(StatusCode.OK, Enum.GetValues<RejectionKind>().Select(GrpcStatus.Of));

    GrpcClient ClerksGrpc() => fixture.Service.Grpc(fixture.TokenOf(Roles.FacilityClerk, own: true));

    static IMessage MessageOf(Dictionary<string, object?> dose) =>
        JsonParser.Default.Parse<Record>(System.Text.Json.JsonSerializer.Serialize(dose));
}
