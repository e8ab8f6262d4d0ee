using System.Net;
using System.Text;
using System.Text.Json;
using Issuer.Server.Edge.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Issuer.Server.Tests.Http;

/// <summary>Every endpoint × every role × {own, other's, no token, expired token} (design.md section 6).</summary>
public sealed class AuthorizationMatrixTests(Certified fixture) : IClassFixture<Certified>
{
    static readonly string[] Facility = [Roles.FacilityClerk, Roles.FacilitySignatory];
    static readonly string[] Holder = [Roles.Citizen, Roles.App];

    static readonly string[] Ministry = [Roles.MinistryOperator, Roles.MinistrySecurity];
    static readonly string[] Reviewing = [Roles.Province, Roles.MinistryOperator];
    static readonly string[] Counting = [Roles.FacilityClerk, Roles.Province, Roles.MinistryOperator];

    internal static readonly MatrixRow[] Table =
    [
        new("POST /v1/records", [Roles.FacilityClerk], "/v1/records", "{record-body}",
            HttpStatusCode.UnprocessableEntity),
        new("GET /v1/records", Facility, "/v1/records", null, HttpStatusCode.OK),
        new("GET /v1/records/{id}", Facility, "/v1/records/{record}", null, HttpStatusCode.NotFound),
        new("POST /v1/records/{id}/accept-suggestion", [Roles.FacilityClerk], "/v1/records/{swapped}/accept-suggestion",
            null, HttpStatusCode.NotFound),
        new("POST /v1/records/{id}/confirm", [Roles.FacilitySignatory, Roles.Province, Roles.MinistryOperator],
            "/v1/records/{unlikely}/confirm", null, null),
        new("POST /v1/records/{id}/release-answer", [Roles.Desk, Roles.Province, Roles.MinistryOperator],
            "/v1/records/{record}/release-answer", null, null),
        new("POST /v1/cleaning-lists", [Roles.Province, Roles.MinistryOperator], "/v1/cleaning-lists",
            $$"""{"facility":"{{RunningService.Facility}}"}""", null),
        new("GET /v1/cleaning-lists", [Roles.Province, Roles.MinistryOperator], "/v1/cleaning-lists", null, null),
        new("GET /v1/worklist", [Roles.FacilityClerk, Roles.Commune, Roles.Province, Roles.MinistryOperator],
            "/v1/worklist", null, HttpStatusCode.OK),
        new("GET /v1/worklist/course",
            [Roles.FacilityClerk, Roles.Commune, Roles.Province, Roles.MinistryOperator], "/v1/worklist/course", null,
            HttpStatusCode.OK),
        new("POST /v1/worklist/answers", [Roles.Commune, Roles.MinistryOperator], "/v1/worklist/answers",
            "record_id,version,outcome\n", null),
        new("PUT /v1/records/{id}", [Roles.FacilityClerk], "/v1/records/{record}", "{correction}",
            HttpStatusCode.NotFound),
        new("POST /v1/records/import", [Roles.FacilityClerk], "/v1/records/import", "{csv}", HttpStatusCode.Accepted),
        new("GET /v1/imports/{id}", [Roles.FacilityClerk], "/v1/imports/{import}", null, HttpStatusCode.NotFound),
        new("GET /v1/imports/{id}/faults", [Roles.FacilityClerk], "/v1/imports/{import}/faults", null,
            HttpStatusCode.NotFound),
        new("GET /v1/records/to-attest", [Roles.FacilitySignatory], "/v1/records/to-attest", null, HttpStatusCode.OK),
        new("POST /v1/attestations", [Roles.FacilitySignatory], "/v1/attestations", "{\"signatures\":[]}", null),
        new("PUT /v1/facilities/{code}/attestation-key", [Roles.MinistrySecurity],
            $"/v1/facilities/{RunningService.OtherFacility}/attestation-key", "{key}", null),
        new("GET /v1/me", Holder, "/v1/me", null, HttpStatusCode.OK),
        new("GET /v1/me/certificates", Holder, "/v1/me/certificates", null, HttpStatusCode.OK),
        new("GET /v1/me/certificates/{id}", Holder, "/v1/me/certificates/{certificate}", null, HttpStatusCode.NotFound),
        new("GET /v1/me/certificates/{id}/qr.png", Holder, "/v1/me/certificates/{certificate}/qr.png", null,
            HttpStatusCode.NotFound),
        new("GET /v1/me/certificates/{id}/qr.svg", Holder, "/v1/me/certificates/{certificate}/qr.svg", null,
            HttpStatusCode.NotFound),
        new("GET /v1/records/{id}/certificate", Facility, "/v1/records/{attested}/certificate", null,
            HttpStatusCode.NotFound),
        new("GET /v1/records/{id}/certificate/qr.png", Facility, "/v1/records/{attested}/certificate/qr.png", null,
            HttpStatusCode.NotFound),
        new("POST /v1/certificates/hand-out", Facility, "/v1/certificates/hand-out", "{hand-out}", null),
        new("POST /v1/hand-out-allowances", [Roles.Province, Roles.MinistryOperator], "/v1/hand-out-allowances",
            $$"""{"facility":"{{RunningService.Facility}}","per_clerk_and_day":60,"until":"2027-01-20","reason":"-"}""",
            null),
        new("POST /v1/me/certificates/{id}/report-leak", Holder, "/v1/me/certificates/{revoked}/report-leak", null,
            HttpStatusCode.NotFound),
        new("POST /v1/certificates/{id}/revoke", Ministry, "/v1/certificates/{revoked}/revoke",
            """{"reason":"leaked"}""", null),
        new("POST /v1/certificates/{id}/undo-revocation", [Roles.MinistryOperator],
            "/v1/certificates/{revoked}/undo-revocation", """{"reason":"mistaken"}""", null),
        new("POST /v1/revocations", [Roles.FacilitySignatory, Roles.Province, .. Ministry],
            "/v1/revocations?preview=true",
            $$"""{"reason":"fraud","because":"invented","facility":"{{RunningService.Facility}}"}""", null),
        new("GET /v1/revocations", [.. Ministry, Roles.Auditor], "/v1/revocations", null, null),
        new("POST /v1/dscs/withdraw", [Roles.MinistrySecurity], "/v1/dscs/withdraw", "{dsc}", null),
        new("POST /v1/records/{id}/withdraw", [Roles.FacilityClerk, Roles.MinistryOperator],
            "/v1/records/{withdrawn}/withdraw", """{"reason":"duplicate"}""", null),
        new("GET /v1/approvals", [Roles.Province, .. Ministry, Roles.Auditor], "/v1/approvals", null, null),
        new("POST /v1/approvals/{id}/approve", [Roles.Province, .. Ministry],
            "/v1/approvals/{new-backlog}/approve", null, null),
        new("POST /v1/approvals/{id}/reject", [Roles.FacilitySignatory, Roles.Province, .. Ministry],
            "/v1/approvals/{own-set}/reject", null, null),
        new("GET /v1/holds/records", Ministry, "/v1/holds/records", null, null),
        new("GET /v1/holds", [.. Facility, Roles.Province, .. Ministry], "/v1/holds", null, HttpStatusCode.OK),
        new("GET /v1/holds/{id}", [.. Facility, Roles.Province, .. Ministry], "/v1/holds/{hold}", null, null),
        new("POST /v1/holds/{id}/clear", Reviewing, "/v1/holds/{hold}/clear", """{"reason":"a mobile team"}""", null),
        new("POST /v1/holds/{id}/withdraw", Reviewing, "/v1/holds/{hold}/withdraw", """{"reason":"invented"}""", null),
        new("POST /v1/backlogs", Reviewing, "/v1/backlogs",
            $$"""
            {"facility":"{{RunningService.Facility}}","product":"EU/1/20/1528","from":"2021-07-01","to":"2021-09-30",
                "expected":400,"reason":"on paper"}
            """, null),
        new("GET /v1/subjects/proposals", [Roles.MinistryOperator], "/v1/subjects/proposals", null, null),
        new("POST /v1/holds/release", [Roles.MinistryOperator], "/v1/holds/release",
            """{"records":["{held}"],"reason":"paper seen"}""", null),
        new("POST /v1/facilities/exempt-cap", [Roles.MinistryOperator], "/v1/facilities/exempt-cap",
            $$"""{"facility":"{{RunningService.OtherFacility}}","cap":99,"reason":"embassies"}""", null),
        new("POST /v1/subjects/merge", [Roles.MinistryOperator], "/v1/subjects/merge", "{alike}", null),
        new("POST /v1/subjects/undo-merge", [Roles.MinistryOperator], "/v1/subjects/undo-merge",
            """{"merge":"{merge}","reason":"brothers"}""", null),
        new("POST /v1/policy/allow-shortened", [Roles.MinistryOperator], "/v1/policy/allow-shortened",
            """{"days":30,"reason":"the ceremony is late"}""", null),
        new("GET /v1/policies", [.. Ministry, Roles.Auditor], "/v1/policies", null, null),
        new("POST /v1/policies/import", Ministry, "/v1/policies/import",
            """
            {"policy":{"kind":"exempt-cap","validFrom":"2027-01-01","least":9,"percent":5},"reason":"embassies"}
            """, null),
        new("POST /v1/authority/change", [Roles.MinistrySecurity], "/v1/authority/change",
            """{"issuer":"https://id.example","reason":"another provider"}""", null),
        new("GET /v1/duplicates", Counting, "/v1/duplicates", null, null),
        new("POST /v1/duplicates/{id}/merge", Counting, "/v1/duplicates/{twice}/merge",
            """{"original":"{once}"}""", null),
        new("POST /v1/duplicates/{id}/undo", Counting, "/v1/duplicates/{marked}/undo", null, null),
        new("POST /v1/me/reports", Holder, "/v1/me/reports", "{new-report-body}", HttpStatusCode.Created),
        new("GET /v1/me/reports", Holder, "/v1/me/reports", null, HttpStatusCode.OK),
        new("GET /v1/me/reports/{id}", Holder, "/v1/me/reports/{my-report}", null, HttpStatusCode.NotFound),
        new("GET /v1/reports", [.. Counting, Roles.Desk], "/v1/reports", null, HttpStatusCode.OK),
        new("GET /v1/reports/refusal-reasons", [.. Counting, Roles.Desk], "/v1/reports/refusal-reasons", null, null),
        new("POST /v1/reports", [Roles.Desk], "/v1/reports", "{new-desk-report-body}", null),
        new("POST /v1/reports/look-up", [Roles.Desk], "/v1/reports/look-up",
            """{"identity_number":"001185000001","date_of_birth":"1985-03-12","full_name":"Nguyễn Thị Hòa"}""", null),
        new("POST /v1/reports/{id}/accept", Counting, "/v1/reports/{late-report}/accept", "{}", null),
        new("POST /v1/reports/{id}/refuse", Counting, "/v1/reports/{late-report}/refuse",
            """{"reason":"blurred"}""", null),
        new("GET /v1/progress", [.. Facility, Roles.Commune, Roles.Province, .. Ministry, Roles.Auditor],
            "/v1/progress", null, HttpStatusCode.OK),
        new("GET /v1/trust-list", [], "/v1/trust-list", null, null),
        new("GET /v1/trust-list/anchor", [], "/v1/trust-list/anchor", null, null),
        .. new[]
        {
            "/v1/trust-list/list.jws", "/v1/trust-list/certificates.pem", "/.well-known/jwks.json",
            "/.well-known/did.json", "/trust-anchor/did.json",
            "/signercertificateUpdate", "/signercertificateStatus", "/signercertificateStatus/delta",
            "/v1/manifest.jws", "/v1/bundle.bin", "/v1/value-sets.json",
        }.Select(Public),
        new("GET /v1/revocation/{**path}", [], "/v1/revocation/compact/full-00000002.cose", null, null),
        Public("/lists"),
        .. new[] { "", "/null", "/null/chunks/{cid}/slices", "/null/chunks/{cid}/slices/{sid}" }
            .Select(path => Public("/lists/{kid}/partitions" + path))
            .Select(row => row with { Endpoint = row.Endpoint.Replace("/null", "/{id}", StringComparison.Ordinal) }),
        new("POST /lists/{kid}/partitions/{id}/slices", [], "/lists/{kid}/partitions/null/slices", "null", null),
        new("POST /lists/{kid}/partitions/{id}/chunks/{cid}/slices", [],
            "/lists/{kid}/partitions/null/chunks/{cid}/slices", """["{sid}"]""", null),
        new("POST /v1/verify", [], "/v1/verify", """{"hc1":"HC1:"}""", null),
        new("GET /v1/trust-list/list-{digest}.json", [], "/v1/trust-list/list-{list}.json", null, null),
        new("GET /v1/trust-list/foreign-{digest}.json", [], "/v1/trust-list/foreign-{foreign}.json", null, null),
        new("POST /signercertificateUpdate", [], "/signercertificateUpdate", "[]", null),
        new("GET /healthz/live", [], "/healthz/live", null, null),
        new("GET /healthz/ready", [], "/healthz/ready", null, null),
        new("GET /metrics", [], "/metrics", null, null),
        new("GET /openapi/issuer.json", [], "/openapi/issuer.json", null, null),
    ];

    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var (row, role) in Table.SelectMany(row => Roles.All.Select(role => (row, role))))
            {
                cells.Add(row.Endpoint, role);
            }
            return cells;
        }
    }

    public static TheoryData<string> Endpoints => [.. Table.Select(row => row.Endpoint)];

    [Fact]
    public void Every_endpoint_is_in_the_table()
    {
        var mapped = fixture.Service.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                .Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}"))
            .ToHashSet();
        Assert.Equal(Table.Select(row => row.Endpoint).Order(), mapped.Order());
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_role_gets_in_where_the_table_says_so_and_nowhere_else(string endpoint, string role)
    {
        var row = RowOf(endpoint);
        using var own = await SendAsync(row, fixture.TokenOf(role, own: true));
        if (row.Roles.Length > 0 && !row.Roles.Contains(role))
        {
            Assert.Equal(HttpStatusCode.Forbidden, own.StatusCode);
            Assert.Equal("application/problem+json", own.Content.Headers.ContentType!.MediaType);
            return;
        }
        Assert.True(own.IsSuccessStatusCode, $"{(int)own.StatusCode}: {await own.Content.ReadAsStringAsync()}");
        if (row.Others is { } status)
        {
            using var others = await SendAsync(row, fixture.TokenOf(role, own: false));
            Assert.Equal(status, others.StatusCode);
            var text = await others.Content.ReadAsStringAsync();
            Assert.DoesNotContain(fixture.RecordId, text, StringComparison.Ordinal);
            Assert.DoesNotContain(fixture.CertificateId, text, StringComparison.Ordinal);
            Assert.DoesNotContain(fixture.ImportId, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Without_a_token_or_with_an_expired_one_only_what_is_public_answers(string endpoint)
    {
        var row = RowOf(endpoint);
        var expired = fixture.TokenOf(row.Roles.FirstOrDefault(Roles.Citizen), own: true, TimeSpan.FromMinutes(-2));
        foreach (var token in new[] { null, expired })
        {
            using var answer = await SendAsync(row, token);
            if (row.Roles.Length == 0)
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                continue;
            }
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.First().Scheme);
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_token_signed_by_another_key_is_nobodys(string endpoint)
    {
        var row = RowOf(endpoint);
        var parts = fixture.TokenOf(row.Roles.FirstOrDefault(Roles.Citizen), own: true).Split('.');
        using var answer = await SendAsync(row, $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}");
        Assert.Equal(row.Roles.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    static MatrixRow Public(string path) => new($"GET {path}", [], path, null, null);

    static MatrixRow RowOf(string endpoint) => Table.Single(row => row.Endpoint == endpoint);

    async Task<HttpResponseMessage> SendAsync(MatrixRow row, string? token)
    {
        using var client = fixture.Service.Client(token);
        using var request = await RequestAsync(fixture, row);
        return await client.SendAsync(request);
    }

    /// <summary>What the owner sends; what an endpoint uses up is made anew.</summary>
    internal static async Task<HttpRequestMessage> RequestAsync(Certified fixture, MatrixRow row)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(row.Endpoint.Split(' ')[0]),
            await fixture.FillAsync(row.Path.Replace("{record}", fixture.RecordId, StringComparison.Ordinal)
                .Replace("{swapped}", fixture.SwappedId, StringComparison.Ordinal)
                .Replace("{attested}", fixture.AttestedId, StringComparison.Ordinal)
                .Replace("{unlikely}", fixture.UnlikelyId, StringComparison.Ordinal)
                .Replace("{list}", fixture.ListDigest, StringComparison.Ordinal)
                .Replace("{foreign}", fixture.ForeignDigest, StringComparison.Ordinal)
                .Replace("{revoked}", fixture.RevokedId, StringComparison.Ordinal)
                .Replace("{withdrawn}", fixture.WithdrawnId, StringComparison.Ordinal)
                .Replace("{certificate}", fixture.CertificateId, StringComparison.Ordinal)
                .Replace("{import}", fixture.ImportId, StringComparison.Ordinal)));
        if (row.Path.StartsWith("/lists/", StringComparison.Ordinal))
        {
            request.Headers.IfMatch.Add(fixture.Lists);
        }
        if (row.Body == "{correction}"
            || row.Path.Contains("{swapped}", StringComparison.Ordinal)
            || row.Path.Contains("{unlikely}", StringComparison.Ordinal)
            || row.Path.Contains("{withdrawn}", StringComparison.Ordinal)
            || row.Path.Contains("{late-report}", StringComparison.Ordinal))
        {
            request.Headers.IfMatch.ParseAdd("\"1\"");
        }
        var body = row.Body switch
        {
            "{record-body}" => fixture.NewRecord(),
            "{dsc}" => fixture.DscBody,
            "{correction}" => fixture.Correction,
            "{hand-out}" => JsonSerializer.Serialize(Work.HandOut(Person.Hoa)),
            "{csv}" => Certified.Csv,
            "{key}" => fixture.Service.Keys[RunningService.OtherFacility].ExportSubjectPublicKeyInfoPem(),
            { } other => await fixture.FillAsync(other),
            null => null,
        };
        request.Content = body is null
            ? null
            : new StringContent(body, Encoding.UTF8, row switch
            {
                { Body: "{key}" } => "application/x-pem-file",
                { Body: "{csv}" } or { Endpoint: "POST /v1/worklist/answers" } => "text/csv",
                _ => "application/json",
            });
        return request;
    }
}
