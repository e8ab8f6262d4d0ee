using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Health.V1;
using Issuer.Server.Edge.Access;
using Issuer.Server.Tests.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Reflection = Grpc.Reflection.V1Alpha;
using V1 = Issuer.Server.Edge.Grpc.V1;

namespace Issuer.Server.Tests.Grpc;

/// <summary>Who may call which method, and what somebody gets who is not the owner.</summary>
public sealed class GrpcMatrixTests(Certified fixture) : IClassFixture<Certified>
{
    /// <param name="Roles">None: everybody, without a token.</param>
    /// <param name="Message">What is sent by the owner.</param>
    /// <param name="Others">
    /// The status for the right role of another facility or person; with OK, none of the owner's ids may be in the
    /// answer. Null: nobody owns it.
    /// </param>
    /// <param name="Timeout">Of what ends by its deadline alone; null: it ends by itself.</param>
    sealed record Row(
        string Method, string[] Roles, Func<Certified, IMessage> Message, StatusCode? Others, string? Timeout = null)
    {
        public StatusCode Admitted => Timeout is null ? StatusCode.OK : StatusCode.DeadlineExceeded;
    }

    static readonly string[] Facility = [Roles.FacilityClerk, Roles.FacilitySignatory];
    static readonly string[] Ministry = [Roles.MinistryOperator, Roles.MinistrySecurity];

    static readonly Row[] Table =
    [
        new("/issuer.v1.Records/Submit", [Roles.FacilityClerk], f => Read(f.NewRecord()), StatusCode.InvalidArgument),
        new("/issuer.v1.Records/SubmitStream", [Roles.FacilityClerk], f => Read(f.NewRecord()), StatusCode.OK),
        new("/issuer.v1.Records/Correct", [Roles.FacilityClerk],
            f => new V1.CorrectRequest { Id = f.RecordId, Version = 1, Record = Read(f.Correction) },
            StatusCode.NotFound),
        new("/issuer.v1.Records/GetState", Facility, f => new V1.GetStateRequest { Id = f.RecordId },
            StatusCode.NotFound),
        new("/issuer.v1.Records/List", Facility, _ => new V1.ListRecordsRequest(), StatusCode.OK),
        new("/issuer.v1.Attestations/ListToAttest", [Roles.FacilitySignatory], _ => new V1.ListToAttestRequest(),
            StatusCode.OK),
        new("/issuer.v1.Attestations/Attest", [Roles.FacilitySignatory], _ => new V1.AttestRequest(), null),
        new("/issuer.v1.Worklist/List",
            [Roles.FacilityClerk, Roles.Commune, Roles.Province, Roles.MinistryOperator],
            _ => new V1.ListWorklistRequest(), StatusCode.OK),
        new("/issuer.v1.Worklist/ListCourse",
            [Roles.FacilityClerk, Roles.Commune, Roles.Province, Roles.MinistryOperator],
            _ => new V1.ListCourseRequest(), StatusCode.OK),
        new("/issuer.v1.Worklist/AcceptSuggestion", [Roles.FacilityClerk],
            f => new V1.AcceptSuggestionRequest { RecordId = f.SwappedId, Version = 1 }, StatusCode.NotFound),
        new("/issuer.v1.Worklist/ConfirmDose", [Roles.FacilitySignatory, Roles.Province, Roles.MinistryOperator],
            f => new V1.ConfirmDoseRequest { RecordId = f.UnlikelyId, Version = 1 }, null),
        new("/issuer.v1.Worklist/ReleaseAnswer", [Roles.Desk, Roles.Province, Roles.MinistryOperator],
            f => new V1.ReleaseAnswerRequest { RecordId = f.RecordId }, null),
        new("/issuer.v1.Certificates/GetCurrent", [Roles.Citizen, Roles.App], _ => new V1.GetCurrentRequest(),
            StatusCode.NotFound),
        new("/issuer.v1.Certificates/GetOfRecord", Facility, f => new V1.GetOfRecordRequest { RecordId = f.AttestedId },
            StatusCode.NotFound),
        new("/issuer.v1.Certificates/HandOut", Facility, _ => new V1.HandOutRequest
        {
            IdentityNumber = Person.Hoa.Number, DateOfBirth = Person.Hoa.Born, LastVaccinatedOn = "2026-09-01",
        }, null),
        new("/issuer.v1.Revocations/Revoke", Ministry,
            f => new V1.RevokeRequest { CertificateId = f.RevokedId, Reason = "leaked" }, null),
        new("/issuer.v1.Revocations/WithdrawRecord", [Roles.FacilityClerk, Roles.MinistryOperator],
            f => new V1.WithdrawRecordRequest { RecordId = f.WithdrawnId, Version = 1, Reason = "duplicate" }, null),
        new("/issuer.v1.Revocations/RequestUndo", [Roles.MinistryOperator],
            f => new V1.RequestUndoRequest { CertificateId = f.RevokedId, Reason = "mistaken" }, null),
        new("/issuer.v1.Revocations/ListActs", [.. Ministry, Roles.Auditor], _ => new V1.ListActsRequest(), null),
        new("/issuer.v1.TrustLists/Get", [], _ => new V1.GetTrustListRequest(), null),
        new("/issuer.v1.Verification/Verify", [], _ => new V1.VerifyRequest { Hc1 = "HC1:" }, null),
        new("/issuer.v1.Verification/VerifyStream", [], _ => new V1.VerifyRequest { Hc1 = "HC1:" }, null),
        new("/grpc.health.v1.Health/Check", [], _ => new HealthCheckRequest(), null),
        new("/grpc.health.v1.Health/Watch", [], _ => new HealthCheckRequest(), null, "200m"),
        .. new[] { "v1", "v1alpha" }.Select(version => new Row(
            $"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo", [.. Roles.All],
            _ => new Reflection.ServerReflectionRequest { ListServices = "" }, null)),
    ];

    public static TheoryData<string> Methods => [.. Table.Select(row => row.Method)];

    [Fact]
    public void Every_method_is_in_the_table()
    {
        var mapped = fixture.Service.GrpcServices.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName)
            .OfType<string>();
        Assert.Equal(Table.Select(row => row.Method).Order(), mapped.Order());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_role_gets_in_where_the_table_says_so_and_nowhere_else(string method)
    {
        var row = RowOf(method);
        foreach (var role in Roles.All)
        {
            var own = await SendAsync(row, fixture.TokenOf(role, own: true));
            if (row.Roles.Length > 0 && !row.Roles.Contains(role))
            {
                Assert.True(own.Status == StatusCode.PermissionDenied, $"{role}: {own.Status}");
                continue;
            }
            Assert.True(own.Status == row.Admitted, $"{role}: {own.Status} {own.Message}");
            if (row.Others is { } status)
            {
                var others = await SendAsync(row, fixture.TokenOf(role, own: false));
                Assert.True(others.Status == status, $"{role} elsewhere: {others.Status} {others.Message}");
                var said = System.Text.Encoding.Latin1.GetString([.. others.Replies.SelectMany(reply => reply)]);
                Assert.DoesNotContain(fixture.RecordId, said, StringComparison.Ordinal);
                Assert.DoesNotContain(fixture.CertificateId, said, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Without_a_token_or_with_a_bad_one_only_what_is_public_answers(string method)
    {
        var row = RowOf(method);
        var role = row.Roles.FirstOrDefault(Roles.Citizen);
        var good = fixture.TokenOf(role, own: true).Split('.');
        string?[] tokens =
        [
            null, "nonsense", fixture.TokenOf(role, own: true, TimeSpan.FromMinutes(-1)),
            $"{good[0]}.{good[1]}.{new string('A', good[2].Length)}",
        ];
        foreach (var token in tokens)
        {
            Assert.Equal(
                row.Roles.Length == 0 ? row.Admitted : StatusCode.Unauthenticated,
                (await SendAsync(row, token)).Status);
        }
    }

    static V1.Record Read(string json) => JsonParser.Default.Parse<V1.Record>(json);

    static Row RowOf(string method) => Table.Single(row => row.Method == method);

    async Task<GrpcEnding> SendAsync(Row row, string? token)
    {
        using var grpc = fixture.Service.Grpc(token);
        return await grpc.SendAsync(
            row.Method, GrpcClient.FrameOf(row.Message(fixture).ToByteArray()), row.Timeout);
    }
}
