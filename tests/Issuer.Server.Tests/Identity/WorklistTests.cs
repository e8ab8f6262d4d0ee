using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Identity;

public sealed class WorklistTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task A_clerk_accepts_a_suggestion_in_one_act()
    {
        using var clerk = service.Clerk();
        await EnterAsync(clerk, "swapped", ("date_of_birth", "1985-12-03"));
        var item = await ItemAsync(clerk, "swapped");
        Assert.Equal("day-month-swapped", item.GetProperty("suggestion").GetString());
        Assert.True(item.GetProperty("acceptable").GetBoolean());
        Assert.Equal("3", item.GetProperty("error_group").GetString());

        var accepted = await AcceptAsync(clerk, item, HttpStatusCode.OK);
        Assert.Equal(2, accepted.GetProperty("version").GetInt64());
        await service.RoundAsync();

        var record = await clerk.GetAsync($"/v1/records/{item.GetProperty("record_id").GetString()}").JsonAsync(
            HttpStatusCode.OK);
        Assert.Equal("matched", record.GetProperty("state").GetString());
        await AcceptAsync(clerk, item, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Accepting_needs_the_version_the_owner_and_a_value_that_is_ours_to_give()
    {
        using var clerk = service.Clerk();
        using var other = service.Clerk(RunningService.OtherFacility);
        await EnterAsync(clerk, "unmarked", ("family_name", "Nguyen"), ("given_name", "Thi Hoa"));
        var item = await ItemAsync(clerk, "unmarked");
        Assert.False(item.GetProperty("acceptable").GetBoolean());

        await AcceptAsync(other, item, HttpStatusCode.NotFound);
        var refused = await AcceptAsync(clerk, item, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["full_name:type-anew"], refused.Faults());
        await clerk.PostAsync($"/v1/records/{item.GetProperty("record_id").GetString()}/accept-suggestion", null)
            .JsonAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_file_goes_to_the_police_and_comes_back()
    {
        using var clerk = service.Clerk();
        using var ministry = service.Client(service.Token(Roles.MinistryOperator));
        await EnterAsync(clerk, "to-police", ("sex", "M"));
        await EnterAsync(clerk, "registry-wrong", ("given_name", "Thị Hoàn"));
        var lines = (await CsvAsync(ministry)).Replace("\"", "", StringComparison.Ordinal).Split('\n');
        var sex = lines[0].Split(',').ToList().IndexOf("sex");

        var answered = lines.Select(line => line.TrimEnd('\r').Split(',')).Where(cells => cells.Length > 1)
            .Select(cells =>
        {
            if (cells.Contains("to-police"))
            {
                (cells[sex], cells[^2], cells[^1]) = ("Nữ", "record-wrong", "BB-1");
            }
            else if (cells.Contains("registry-wrong"))
            {
                (cells[^2], cells[^1]) = ("registry-corrected", "BB-2");
            }
            return string.Join(';', cells);
        });
        var body = string.Join("\r\n", answered);

        Assert.Equal(["corrected", "matched-again"], await AnswerAsync(ministry, body));
        Assert.Equal(["unchanged", "unchanged"], await AnswerAsync(ministry, body));
        await service.RoundAsync();
        Assert.DoesNotContain("to-police", await CsvAsync(clerk), StringComparison.Ordinal);
        Assert.Contains("registry-wrong", await CsvAsync(clerk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_has_not_changed_is_not_sent_twice()
    {
        using var clerk = service.Clerk();
        using var first = await clerk.GetAsync("/v1/worklist");
        clerk.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await clerk.GetAsync("/v1/worklist");
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_registry_is_not_read_out_through_the_worklist()
    {
        using var clerk = service.Clerk();
        await EnterAsync(clerk, "probe-name", ("given_name", "Thị Hoa"));
        await EnterAsync(clerk, "probe-number", ("identity_number", "001185000002"));
        await EnterAsync(clerk, "probe-date", ("date_of_birth", "1985-03-13"));

        var name = (await ItemAsync(clerk, "probe-name")).ToString();
        Assert.Contains("Thị Hoa", name, StringComparison.Ordinal);
        Assert.DoesNotContain("Thị Hòa", name, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Thị Hòa", (await CsvAsync(clerk)).Split('\n')
                .Single(line => line.Contains("probe-name", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        var number = await ItemAsync(clerk, "probe-number");
        Assert.Equal("001185000002", number.GetProperty("identity_number").GetString());
        Assert.Equal("1985-03-13", (await ItemAsync(clerk, "probe-date")).GetProperty("date_of_birth").GetString());
        var accepted = await AcceptAsync(clerk, number, HttpStatusCode.OK);
        Assert.DoesNotContain("001185000001", accepted.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("record_id;version\r\n")]
    [InlineData("record_id;version;outcome\r\n\"x;1;record-wrong\r\n")]
    public async Task A_file_that_cannot_be_read_is_refused_whole(string body)
    {
        using var ministry = service.Client(service.Token(Roles.MinistryOperator));
        await PostCsvAsync(ministry, body).JsonAsync(HttpStatusCode.BadRequest);
    }

    async Task EnterAsync(HttpClient clerk, string reference, params (string Name, object Value)[] wrong)
    {
        var dose = Person.Hoa.Dose(reference, 1, "2026-08-01");
        foreach (var (name, value) in wrong)
        {
            dose[name] = value;
        }
        await clerk.SubmitAsync(dose);
        await service.RoundAsync();
    }

    static async Task<JsonElement> ItemAsync(HttpClient clerk, string reference) =>
        (await clerk.GetAsync("/v1/worklist").JsonAsync(HttpStatusCode.OK)).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("reference").GetString() == reference);

    static async Task<JsonElement> AcceptAsync(HttpClient clerk, JsonElement item, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/v1/records/{item.GetProperty("record_id").GetString()}/accept-suggestion");
        request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{item.GetProperty("version").GetInt64()}\""));
        return await clerk.SendAsync(request).JsonAsync(expected);
    }

    static async Task<string> CsvAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/worklist");
        request.Headers.Accept.ParseAdd("text/csv");
        using var answer = await client.SendAsync(request);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsStringAsync();
    }

    static Task<HttpResponseMessage> PostCsvAsync(HttpClient client, string body) =>
        client.PostAsync("/v1/worklist/answers", new StringContent(body, Encoding.UTF8, "text/csv"));

    static async Task<IEnumerable<string?>> AnswerAsync(HttpClient client, string body) =>
        (await PostCsvAsync(client, body).JsonAsync(HttpStatusCode.OK)).GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("outcome").GetString());
}
