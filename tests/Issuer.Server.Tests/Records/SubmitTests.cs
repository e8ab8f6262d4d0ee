using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Issuer.Server.Tests.Records;

public sealed class SubmitTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task An_accepted_record_has_an_opaque_id_a_version_and_a_place()
    {
        using var clerk = service.Clerk();
        using var response = await clerk.PostAsJsonAsync("/v1/records", Person.Hoa.Dose("accepted", 1, "2026-09-01"));
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("accepted", answer.GetProperty("outcome").GetString());
        Assert.Equal("pending", answer.GetProperty("state").GetString());
        Assert.Equal(13, answer.GetProperty("id").GetString()!.Length);
        using var found = await clerk.GetAsync(response.Headers.Location);
        Assert.Equal("\"1\"", found.Headers.ETag!.Tag);
        Assert.Equal(
            "accepted", (await found.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString());
    }

    [Fact]
    public async Task Ten_faults_are_told_at_once_and_nothing_is_stored()
    {
        using var clerk = service.Clerk();
        var body = new Dictionary<string, object?>
        {
            ["reference"] = "ten\u0007", ["full_name"] = "=1+1", ["sex"] = "X", ["date_of_birth"] = "31/02/1990",
            ["identity_type"] = "LICENCE", ["identity_number"] = 1185000001, ["nationality"] = "Atlantis",
            ["product"] = "Vitamin C", ["dose_number"] = 12, ["dose_kind"] = "again", ["vaccinated_on"] = "2019-01-01",
            ["corrects"] = true, ["uvci"] = "URN:UVCI:01:VN:1", ["lot"] = new[] { "A" },
        };

        var problem = await clerk.SubmitAsync(body, HttpStatusCode.UnprocessableEntity);

        string[] expected =
        [
            "reference:control-character", "full_name:formula", "sex:bad-sex", "date_of_birth:bad-date",
            "identity_type:bad-identity-type", "identity_number:bad-type", "nationality:bad-nationality",
            "product:unknown-product", "dose_number:bad-dose-number", "dose_kind:bad-dose-kind",
            "vaccinated_on:date-too-early", "corrects:bad-type", "uvci:unknown-member", "lot:bad-type",
        ];
        Assert.Equal(expected.Order(), problem.Faults().Order());
        Assert.All(problem.GetProperty("faults").EnumerateArray(), fault =>
        {
            Assert.NotEmpty(fault.GetProperty("message_vi").GetString()!);
            Assert.NotEmpty(fault.GetProperty("message_en").GetString()!);
        });
        Assert.DoesNotContain(await ReferencesAsync(), r => r.StartsWith("ten", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(9)]
    [InlineData(100_000)]
    public async Task A_deep_body_is_told_to_be_deep(int levels)
    {
        using var clerk = service.Clerk();
        var problem = await PostAsync(
            clerk, new string('[', levels) + new string(']', levels), HttpStatusCode.BadRequest);
        Assert.Contains("levels deep", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"reference\":")]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("{\"reference\":\"a\",}")]
    [InlineData("3")]
    [InlineData("// record")]
    public async Task What_is_no_JSON_record_is_malformed(string body)
    {
        using var clerk = service.Clerk();
        Assert.Equal("malformed",
            (await PostAsync(clerk, body, HttpStatusCode.BadRequest)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        using var clerk = service.Clerk();
        using var content = new ByteArrayContent([.. "{\"reference\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        var problem = await clerk.PostAsync("/v1/records", content).JsonAsync(HttpStatusCode.BadRequest);
        Assert.Contains("UTF-8", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_that_stands_twice_is_a_fault_beside_the_others()
    {
        using var clerk = service.Clerk();
        var problem = await PostAsync(
            clerk, """{"reference":"twice","reference":"twice","sex":"\ud800","sex\u00001":1}""",
            HttpStatusCode.UnprocessableEntity);
        Assert.Contains("reference:repeated-in-request", problem.Faults());
        Assert.Contains("sex:control-character", problem.Faults());
        Assert.Contains("product:missing", problem.Faults());
    }

    [Fact]
    public async Task A_huge_body_is_too_large()
    {
        using var clerk = service.Clerk();
        var problem = await PostAsync(
            clerk, $$"""{"reference":"{{new string('a', 2 * 1024 * 1024)}}"}""", HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("too-large", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_same_again_is_unchanged_and_other_content_must_name_its_version()
    {
        using var clerk = service.Clerk();
        var dose = Person.Hoa.Dose("corrected", 1, "2026-09-01");
        var first = await clerk.SubmitAsync(dose);
        var again = await clerk.SubmitAsync(dose, HttpStatusCode.OK);
        Assert.Equal("unchanged", again.GetProperty("outcome").GetString());
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());

        dose["lot"] = "VC999";
        Assert.Equal(["reference:known-reference"], (await clerk.SubmitAsync(dose, HttpStatusCode.Conflict)).Faults());
        dose["corrects"] = 7;
        Assert.Equal(["corrects:wrong-version"], (await clerk.SubmitAsync(dose, HttpStatusCode.Conflict)).Faults());
        dose["corrects"] = "1";
        var corrected = await clerk.SubmitAsync(dose);
        Assert.Equal("corrected", corrected.GetProperty("outcome").GetString());
        Assert.Equal(2, corrected.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task An_array_is_answered_item_by_item_in_order()
    {
        using var clerk = service.Clerk();
        var answer = await clerk.SubmitAsync(
            new object[]
            {
                Person.Hoa.Dose("many-1", 1, "2026-09-01"), 5, Person.Hoa.Dose("many-2", 2, "2099-09-01"),
                Person.Duc.Dose("many-1", 1, "2026-09-01"), Person.Hoa.Dose("many-3", 2, "2026-10-01"),
            },
            HttpStatusCode.OK);

        var results = answer.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([0, 1, 2, 3, 4], results.Select(r => r.GetProperty("index").GetInt32()));
        Assert.Equal(["accepted", "refused", "refused", "refused", "accepted"],
            results.Select(r => r.GetProperty("outcome").GetString()));
        Assert.Equal(["vaccinated_on:future-date"], results[2].Faults());
        Assert.Equal(["reference:known-reference"], results[3].Faults());
        Assert.Contains("many-3", await ReferencesAsync());
        Assert.DoesNotContain("many-2", await ReferencesAsync());
    }

    [Fact]
    public async Task More_than_a_thousand_records_at_once_are_too_many()
    {
        using var clerk = service.Clerk();
        await PostAsync(
            clerk, $"[{string.Join(',', Enumerable.Repeat("{}", 1001))}]", HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Another_facility_in_the_body_is_refused()
    {
        using var clerk = service.Clerk();
        var dose = Person.Hoa.Dose("foreign", 1, "2026-09-01");
        dose["facility"] = RunningService.OtherFacility;
        Assert.Equal(["facility:not-your-facility"],
            (await clerk.SubmitAsync(dose, HttpStatusCode.UnprocessableEntity)).Faults());
    }

    [Fact]
    public async Task A_malformed_identity_number_is_no_fault()
    {
        using var clerk = service.Clerk();
        var dose = Person.Hoa.Dose("bad-number", 1, "2026-09-01");
        dose["identity_number"] = "12345";
        var id = (await clerk.SubmitAsync(dose)).GetProperty("id").GetString();
        await service.RoundAsync();
        var record = await clerk.GetAsync($"/v1/records/{id}").JsonAsync(HttpStatusCode.OK);
        Assert.Equal("bad_id_format", record.GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_list_is_read_piece_by_piece_and_not_again_when_unchanged()
    {
        using var clerk = service.Clerk(RunningService.OtherFacility);
        await clerk.SubmitAsync(
            Enumerable.Range(1, 5).Select(i => Person.Duc.Dose($"page-{i}", 1, "2026-09-01")), HttpStatusCode.OK);

        var seen = new List<string>();
        string? next = null;
        do
        {
            var piece = await clerk.GetAsync($"/v1/records?limit=2&after={next}").JsonAsync(HttpStatusCode.OK);
            seen.AddRange(
                piece.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("reference").GetString()!));
            next = piece.GetProperty("next").GetString();
        }
        while (next is not null);
        Assert.Equal(["page-1", "page-2", "page-3", "page-4", "page-5"], seen);

        using var first = await clerk.GetAsync("/v1/records");
        clerk.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await clerk.GetAsync("/v1/records");
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    async Task<IReadOnlyList<string>> ReferencesAsync()
    {
        using var clerk = service.Clerk();
        return [.. (await clerk.GetAsync("/v1/records?limit=200").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records").EnumerateArray().Select(r => r.GetProperty("reference").GetString()!)];
    }

    static async Task<JsonElement> PostAsync(HttpClient clerk, string body, HttpStatusCode expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await clerk.PostAsync("/v1/records", content).JsonAsync(expected);
    }
}
