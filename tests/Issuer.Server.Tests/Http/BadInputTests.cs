using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Issuer.Core;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Http;

/// <summary>
/// What is wrong is told by its field and with what was expected, in both languages; never what is behind it.
/// </summary>
public sealed class BadInputTests(RunningService service) : IClassFixture<RunningService>
{
    [Theory]
    [InlineData("limit=500", "limit:out-of-range", "from 1 to 200", "từ 1 đến 200")]
    [InlineData("limit=0", "limit:out-of-range", "from 1 to 200", "từ 1 đến 200")]
    [InlineData("limit=many", "limit:bad-type", "from 1 to 200", "từ 1 đến 200")]
    [InlineData("limit=99999999999", "limit:bad-type", "from 1 to 200", "từ 1 đến 200")]
    [InlineData("after=here", "after:out-of-range", "the next value of the page before", "giá trị next của phần trước")]
    public async Task A_query_that_cannot_be_used_is_told_by_field_and_range(
        string query, string fault, string english, string vietnamese)
    {
        using var clerk = service.Clerk();
        var problem = await clerk.GetAsync($"/v1/records?{query}").JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal([fault], problem.Faults());
        var told = problem.GetProperty("faults")[0];
        Assert.Contains(english, told.GetProperty("message_en").GetString(), StringComparison.Ordinal);
        Assert.Contains(vietnamese, told.GetProperty("message_vi").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "the query cannot be used", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_of_closed_lists_are_told()
    {
        using var ministry = service.Client(service.Token(Roles.MinistryOperator));
        Assert.Contains(
            "1, 2, 3, not_found",
            await EnglishAsync(ministry.GetAsync("/v1/worklist?error_group=9"), HttpStatusCode.BadRequest),
            StringComparison.Ordinal);
        Assert.Contains(
            "province, commune, facility",
            await EnglishAsync(ministry.GetAsync("/v1/progress?by=river"), HttpStatusCode.BadRequest),
            StringComparison.Ordinal);
        Assert.Contains(
            "true or false",
            await EnglishAsync(
                ministry.PostAsync("/v1/revocations?preview=perhaps", Json("{}")), HttpStatusCode.BadRequest),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/v1/records", Roles.FacilityClerk, """{"reference":1}""", "reference:bad-type", "a string")]
    [InlineData(
        "POST", "/v1/records", Roles.FacilityClerk, """{"dose_number":true}""",
        "dose_number:bad-type", "a whole number")]
    [InlineData(
        "POST", "/v1/records", Roles.FacilityClerk, """{"product":"x"}""",
        "product:unknown-product", "AstraZeneca")]
    [InlineData(
        "POST", "/v1/attestations", Roles.FacilitySignatory, """{"signatures":"x"}""",
        "signatures:bad-type", "an array of strings")]
    [InlineData(
        "POST", "/v1/holds/release", Roles.MinistryOperator, """{"records":["x"],"reason":"y"}""",
        "records:out-of-range", "an id that this service gave")]
    [InlineData(
        "POST", "/v1/facilities/exempt-cap", Roles.MinistryOperator, """{"facility":"x","cap":0,"reason":"y"}""",
        "cap:out-of-range", "from 1 to 1000000")]
    [InlineData(
        "POST", "/v1/facilities/exempt-cap", Roles.MinistryOperator, """{"facility":"x","cap":"9","reason":"y"}""",
        "cap:bad-type", "a whole number")]
    [InlineData(
        "POST", "/v1/policy/allow-shortened", Roles.MinistryOperator, """{"days":91,"reason":"y"}""",
        "days:out-of-range", "from 1 to 90")]
    [InlineData(
        "POST", "/v1/revocations", Roles.MinistryOperator, """{"reason":"bored","because":"y"}""",
        "reason:not-listed", "fraud, issued-in-error")]
    [InlineData(
        "POST", "/v1/revocations", Roles.MinistryOperator, """{"reason":"fraud","because":"y","from":"monday"}""",
        "from:bad-instant", "RFC 3339")]
    [InlineData("POST", "/v1/me/reports", Roles.Citizen, """{"kind":"bored"}""", "kind:not-listed", "dose-missing")]
    [InlineData("POST", "/v1/verify", Roles.Citizen, """{"hc1":5}""", "hc1:bad-type", "a string")]
    [InlineData("POST", "/v1/verify", Roles.Citizen, """{}""", "hc1:missing", "is required")]
    [InlineData("POST", "/v1/verify", Roles.Citizen, """{"hc1":"HC1:","at":"monday"}""", "at:bad-instant", "RFC 3339")]
    public async Task A_wrong_member_is_told_with_what_was_expected(
        string method, string path, string role, string body, string fault, string expected)
    {
        using var client = Client(role);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = Json(body) };
        using var answer = await client.SendAsync(request);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.Contains(fault, problem.Faults());
        var told = problem.GetProperty("faults").EnumerateArray()
            .First(f => $"{f.GetProperty("field").GetString()}:{f.GetProperty("code").GetString()}" == fault);
        Assert.Contains(expected, told.GetProperty("message_en").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Every path that takes a body, with bodies that nobody should send.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("[[]]")]
    [InlineData("\"text\"")]
    [InlineData("{\"reason\":")]
    [InlineData(
        "{\"reason\":{\"a\":[]},\"hc1\":[],\"records\":{},\"signatures\":5,\"kind\":[],\"keep\":0,\"days\":\"x\"}")]
    public async Task No_broken_body_shows_what_is_behind_an_endpoint(string body)
    {
        foreach (var (path, method) in await WritingPathsAsync())
        {
            foreach (var role in new[]
            {
                Roles.FacilityClerk, Roles.FacilitySignatory, Roles.MinistryOperator, Roles.MinistrySecurity,
                Roles.Citizen, Roles.Desk,
            })
            {
                using var client = Client(role);
                client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "\"1\"");
                using var request = new HttpRequestMessage(
                    method, path.Replace("{id}", "x", StringComparison.Ordinal))
                {
                    Content = Json(body),
                };
                using var answer = await client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();

                // 503: nothing was published here.
                Assert.True(
                    (int)answer.StatusCode is >= 200 and < 500 or 503,
                    $"{method} {path} {body}: {(int)answer.StatusCode}");
                foreach (var inside in new[]
                {
                    "System.", "Exception", "Nullable", "Int32", "/src/", "Issuer.Server", "   at ",
                })
                {
                    Assert.False(text.Contains(inside, StringComparison.Ordinal), $"{method} {path} {body}: {text}");
                }
            }
        }
    }

    [Fact]
    public async Task A_wrong_content_type_is_told_with_the_right_one()
    {
        using var clerk = service.Clerk();
        using var form = new StringContent("reference=1", Encoding.UTF8, "application/x-www-form-urlencoded");
        var problem = await clerk.PostAsync("/v1/records", form).JsonAsync(HttpStatusCode.UnsupportedMediaType);
        Assert.Contains("application/json", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_If_Match_lists_what_refuses_and_no_warning()
    {
        using var clerk = service.Clerk();
        var dose = Person.Hoa.Dose("stale", 1, "2026-08-01");
        dose["sex"] = "M";
        var first = await clerk.SubmitAsync(dose);
        Assert.NotEqual(0, first.GetProperty("warnings").GetArrayLength());

        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/records/{first.GetProperty("id").GetString()}")
        {
            Content = JsonContent.Create(
                dose.Where(pair => pair.Key != "given_name").Append(new("given_name", "Thị Hoa")).ToDictionary()),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"7\"");
        var problem = await clerk.SendAsync(request).JsonAsync(HttpStatusCode.Conflict);

        Assert.Equal(["corrects:wrong-version"], problem.Faults());
    }

    [Fact]
    public void A_rejection_holds_no_warning() =>
        Assert.Empty(new Rejection(RejectionKind.Invalid, "x", [new("lot", Core.Records.FaultCode.UnknownLot)]).Faults);

    HttpClient Client(string role) => service.Client(service.Token(
        role, ("facility", RunningService.Facility), ("identity_number", Person.Duc.Number)));

    async Task<List<(string Path, HttpMethod Method)>> WritingPathsAsync()
    {
        using var client = service.Client();
        var paths = JsonDocument.Parse(await client.GetStringAsync("/openapi/issuer.json"))
            .RootElement.GetProperty("paths");
        return
        [
            .. paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Where(operation => operation.Name is "post" or "put"
                    && operation.Value.TryGetProperty("requestBody", out _))
                .Select(operation => (path.Name, new HttpMethod(operation.Name.ToUpperInvariant())))),
        ];
    }

    static async Task<string> EnglishAsync(Task<HttpResponseMessage> answer, HttpStatusCode expected) =>
        (await answer.JsonAsync(expected)).GetProperty("faults")[0].GetProperty("message_en").GetString()!;

    static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
