using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Issuer.Core.Facilities;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Progress;
using Issuer.Server.Tests.Grpc;
using Issuer.Server.Tests.Metrics;
using Microsoft.Extensions.DependencyInjection;
using V1 = Issuer.Server.Edge.Grpc.V1;

namespace Issuer.Server.Tests.Identity;

/// <summary>
/// Beyond a budget the registry answers nobody (design.md 4.20): two services with one history but for the last guess,
/// right in one and wrong in the other, tell a facility the same, letter for letter.
/// </summary>
public sealed partial class ClaimBudgetTests
{
    const string Guesser = RunningService.OtherFacility;

    [GeneratedRegex("[0-9A-HJKMNP-TV-Z]{13}")]
    private static partial Regex OpaqueIds { get; }

    [Fact]
    public async Task A_right_and_a_wrong_guess_beyond_the_budget_are_answered_alike_everywhere()
    {
        var right = await ToldAsync(Person.Hoa.Born);
        var wrong = await ToldAsync("1985-03-11");

        Assert.Equal(right.Select(told => told.Where), wrong.Select(told => told.Where));
        foreach (var (one, other) in right.Zip(wrong))
        {
            Assert.Equal((one.Where, one.What), (other.Where, other.What));
        }
    }

    /// <summary>The same probe shows a difference where there is no budget in the way, or it would show nothing.</summary>
    [Fact]
    public async Task Within_the_budget_they_are_not()
    {
        var right = await ToldAsync(Person.Hoa.Born, before: 3);
        var wrong = await ToldAsync("1985-03-11", before: 3);

        Assert.NotEqual(right, wrong);
        Assert.Contains(right, told => told.What.Contains("matched", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_of_guesses_in_one_request_has_one_budget_and_says_from_when_on_it_is_answered()
    {
        await using var opened = await NewAsync();
        var service = opened.Service;
        using var clerk = service.Clerk(Guesser);

        var results = (await clerk.SubmitAsync(
            Enumerable.Range(1, 12).Select(day => Guess($"guess-{day}", $"1985-03-{day:D2}")).ToArray(),
            HttpStatusCode.OK)).GetProperty("results").EnumerateArray().ToList();
        await service.RoundAsync();

        // The first, and five more; the right day is the twelfth.
        Assert.All(results.Take(6), row => Assert.DoesNotContain("answered-later", row.GetRawText()));
        Assert.All(results.Skip(6), row => Assert.Contains("answered-later", row.GetRawText()));
        var records = await RecordsAsync(clerk);
        Assert.Equal(6, records.Count(record => record.GetProperty("state").GetString() == "mismatched"));
        var waiting = records.Single(record => record.GetProperty("reference").GetString() == "guess-12");
        Assert.Equal("pending", waiting.GetProperty("state").GetString());
        var why = Assert.Single(waiting.GetProperty("waiting").EnumerateArray());
        Assert.Equal(
            ("answered-later", "service", RunningService.Start.AddDays(60)),
            (why.GetProperty("code").GetString(), why.GetProperty("who").GetString(),
                why.GetProperty("by").GetDateTimeOffset()));
        Assert.Contains("15:00 ngày 16/03/2027", why.GetProperty("text_vi").GetString()!, StringComparison.Ordinal);
        Assert.Contains("2027-03-16 15:00", why.GetProperty("text_en").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_or_the_own_province_lets_an_answer_go_over_both_protocols()
    {
        await using var opened = await NewAsync();
        var service = opened.Service;
        using var clerk = service.Clerk(Guesser);
        await clerk.SubmitAsync(
            Enumerable.Range(4, 9).Select(day => Guess($"guess-{day}", $"1985-03-{day:D2}")).ToArray(),
            HttpStatusCode.OK);
        await service.RoundAsync();
        var waiting = (await RecordsAsync(clerk)).Where(record =>
            record.GetProperty("state").GetString() == "pending").Select(record => record.GetProperty("id").GetString()!)
            .ToList();
        Assert.Equal(3, waiting.Count);

        using var foreign = service.Client(service.Token(Roles.Province, ("sub", "p"), ("province", "01")));
        Assert.Equal(HttpStatusCode.NotFound, await ReleaseAsync(foreign, waiting[0]));
        using var province = service.Client(service.Token(Roles.Province, ("sub", "p"), ("province", "02")));
        Assert.Equal(HttpStatusCode.NoContent, await ReleaseAsync(province, waiting[0]));
        using var oneself = service.Client(service.Token(Roles.Desk, ("sub", "Clerk")));
        Assert.Equal(HttpStatusCode.Forbidden, await ReleaseAsync(oneself, waiting[2]));
        using var desk = service.Grpc(service.Token(Roles.Desk, ("sub", "desk")));
        (await desk.CallAsync(
            "/issuer.v1.Worklist/ReleaseAnswer", new V1.ReleaseAnswerRequest { RecordId = waiting[2] }))
            .Read(V1.ReleasedAnswer.Parser);
        await service.RoundAsync();

        Assert.Equal(
            ["mismatched", "pending", "matched"],
            (await RecordsAsync(clerk)).Where(record => waiting.Contains(record.GetProperty("id").GetString()!))
                .Select(record => record.GetProperty("state").GetString()));
        Assert.Equal(1, await service.AuditRowsAsync("desk", "answer-released"));
    }

    [Fact]
    public async Task A_province_opens_a_cleaning_list_for_its_facility_and_sees_it()
    {
        await using var opened = await NewAsync();
        var service = opened.Service;
        using var clerk = service.Clerk(Guesser);
        await clerk.SubmitAsync(Guess("guess", "1985-03-11"));
        await service.RoundAsync();
        using var province = service.Client(service.Token(Roles.Province, ("sub", "p"), ("province", "02")));
        using var other = service.Client(service.Token(Roles.Province, ("sub", "o"), ("province", "01")));

        await other.PostAsJsonAsync("/v1/cleaning-lists", new { facility = Guesser }).JsonAsync(HttpStatusCode.NotFound);
        var list = await province.PostAsJsonAsync("/v1/cleaning-lists", new { facility = Guesser, days = 3 })
            .JsonAsync(HttpStatusCode.OK);

        Assert.Equal(1, list.GetProperty("size").GetInt64());
        Assert.Equal(RunningService.Start.AddDays(3), list.GetProperty("ends_at").GetDateTimeOffset());
        Assert.Equal(
            list.GetRawText(),
            Assert.Single((await province.GetAsync("/v1/cleaning-lists").JsonAsync(HttpStatusCode.OK))
                .GetProperty("cleaning_lists").EnumerateArray()).GetRawText());
        Assert.Empty((await other.GetAsync("/v1/cleaning-lists").JsonAsync(HttpStatusCode.OK))
            .GetProperty("cleaning_lists").EnumerateArray());
        Assert.Equal(
            ["days:out-of-range"],
            (await province.PostAsJsonAsync("/v1/cleaning-lists", new { facility = Guesser, days = 0 })
                .JsonAsync(HttpStatusCode.UnprocessableEntity)).Faults());
    }

    [Fact]
    public async Task A_number_that_twenty_facilities_claim_is_counted_and_logged_without_saying_which()
    {
        await using var opened = await NewAsync();
        var service = opened.Service;
        var facilities = Enumerable.Range(1, 20).Select(n => $"02-1{n:D3}").ToList();
        await service.Get<IFacilityStore>().SaveAsync(
            [.. facilities.Select(code => new Facility(code, code, "station", "02", null))], service.Act("test"),
            default);
        foreach (var facility in facilities)
        {
            using var clerk = service.Clerk(facility);
            await clerk.SubmitAsync(Guess("guess", "1985-03-11"));
        }
        using var anybody = service.Client();

        var metrics = await anybody.MetricsAsync();
        Assert.Equal((1, 0), (metrics["issuer_numbers_shared_total"], metrics["issuer_answers_delayed_total"]));
        Assert.Contains("1 records claim a number", service.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Hoa.Number, service.Log.Text, StringComparison.Ordinal);
    }

    /// <summary>All that the guessing facility, and its victim, are told of the last guess.</summary>
    static async Task<List<(string Where, string What)>> ToldAsync(string born, int before = 6)
    {
        await using var opened = await NewAsync();
        var service = opened.Service;
        await service.CertifyAsync(Person.Hoa);
        using var clerk = service.Clerk(Guesser);
        using var signatory = service.Signatory(Guesser);
        using var citizen = service.Citizen(Person.Hoa.Number);
        var told = new List<(string Where, string What)>();
        async Task TellAsync(string where, Task<HttpResponseMessage> answer)
        {
            using var response = await answer;
            told.Add((where, OpaqueIds.Replace(
                $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}", "ID")));
        }
        await clerk.SubmitAsync(
            Enumerable.Range(1, before).Select(n => Guess($"wrong-{n}", $"1985-01-{n:D2}")).ToArray(),
            HttpStatusCode.OK);
        await service.RoundAsync();
        var first = (await RecordsAsync(clerk))[0].GetProperty("id").GetString()!;

        await TellAsync("submit", clerk.PostAsJsonAsync("/v1/records", Guess("last", born)));
        await TellAsync("submit many", clerk.PostAsJsonAsync("/v1/records", new[] { Guess("last", born) }));
        await service.RoundAsync();
        await service.RoundAsync<CountJob>(CountJob.Every(TimeSpan.FromHours(1)));
        var id = (await RecordsAsync(clerk)).Last().GetProperty("id").GetString()!;
        await TellAsync("submit again", clerk.PostAsJsonAsync("/v1/records", Guess("last", born)));
        using (var csv = Csv(Guess("last", born)))
        {
            var import = (await clerk.PostAsync("/v1/records/import", csv).JsonAsync(HttpStatusCode.Accepted))
                .GetProperty("id").GetString();
            await Eventually.TrueAsync(
                async () => (await clerk.GetStringAsync($"/v1/imports/{import}")).Contains(
                    "\"state\":\"done\"", StringComparison.Ordinal),
                "the import ends");
            await TellAsync("import", clerk.GetAsync($"/v1/imports/{import}"));
            await TellAsync("import faults", clerk.GetAsync($"/v1/imports/{import}/faults"));
        }
        foreach (var path in new[]
        {
            "/v1/records", $"/v1/records/{id}", "/v1/worklist", "/v1/worklist?error_group=3",
            "/v1/worklist?error_group=course", "/v1/worklist?error_group=not_found", "/v1/worklist/course",
            "/v1/duplicates", "/v1/progress", "/v1/reports", $"/v1/records/{id}/certificate",
            $"/v1/records/{id}/certificate/qr.png",
        })
        {
            await TellAsync(path.Replace(id, "ID", StringComparison.Ordinal), clerk.GetAsync(path));
        }
        using (var list = new HttpRequestMessage(HttpMethod.Get, "/v1/worklist"))
        {
            list.Headers.Accept.ParseAdd("text/csv");
            await TellAsync("worklist.csv", clerk.SendAsync(list));
        }
        await TellAsync("to attest", signatory.GetAsync("/v1/records/to-attest"));
        await TellAsync("attest", signatory.PostAsJsonAsync(
            "/v1/attestations", new { signatures = new[] { Forged(service, id) } }));
        await TellAsync("accept", WithMatch(clerk, HttpMethod.Post, $"/v1/records/{id}/accept-suggestion"));
        await TellAsync("confirm", WithMatch(signatory, HttpMethod.Post, $"/v1/records/{id}/confirm"));
        await TellAsync("merge", clerk.PostAsJsonAsync($"/v1/duplicates/{id}/merge", new { original = first }));
        await TellAsync("undo", clerk.PostAsync($"/v1/duplicates/{id}/undo", null));
        await TellAsync("hand out", clerk.PostAsJsonAsync("/v1/certificates/hand-out", new
        {
            identity_number = Person.Hoa.Number, date_of_birth = "1985-03-10", last_vaccinated_on = "2026-09-01",
        }));
        await TellAsync("me", citizen.GetAsync("/v1/me"));
        told.AddRange(await OverGrpcAsync(service, id));
        await TellAsync("correct", WithMatch(
            clerk, HttpMethod.Put, $"/v1/records/{id}", JsonContent.Create(Guess("last", "1985-02-02"))));
        await TellAsync("withdraw", WithMatch(
            clerk, HttpMethod.Post, $"/v1/records/{id}/withdraw", JsonContent.Create(new { reason = "duplicate" }), 2));
        await TellAsync("all at the end", clerk.GetAsync("/v1/records"));
        return told;
    }

    static async Task<List<(string Where, string What)>> OverGrpcAsync(RunningService service, string id)
    {
        using var clerk = service.Grpc(service.Token(Roles.FacilityClerk, ("sub", "clerk"), ("facility", Guesser)));
        using var signatory = service.Grpc(
            service.Token(Roles.FacilitySignatory, ("sub", "signatory"), ("facility", Guesser)));
        var told = new List<(string, string)>();
        foreach (var (caller, method, message, parser) in new (GrpcClient, string, IMessage, MessageParser)[]
        {
            (clerk, "Records/GetState", new V1.GetStateRequest { Id = id }, V1.RecordState.Parser),
            (clerk, "Records/List", new V1.ListRecordsRequest(), V1.RecordList.Parser),
            (clerk, "Worklist/List", new V1.ListWorklistRequest(), V1.WorklistPage.Parser),
            (clerk, "Worklist/ListCourse", new V1.ListCourseRequest(), V1.CourseQuestionPage.Parser),
            (clerk, "Worklist/AcceptSuggestion", new V1.AcceptSuggestionRequest { RecordId = id, Version = 1 },
                V1.AcceptedSuggestion.Parser),
            (clerk, "Certificates/GetOfRecord", new V1.GetOfRecordRequest { RecordId = id }, V1.Certificate.Parser),
            (signatory, "Attestations/ListToAttest", new V1.ListToAttestRequest(), V1.StatementList.Parser),
        })
        {
            var ending = await caller.CallAsync($"/issuer.v1.{method}", message);
            told.Add((method, OpaqueIds.Replace(
                $"{ending.Status} {ending.Message} {string.Join('|', ending.Replies.Select(parser.ParseFrom))}", "ID")));
        }
        return told;
    }

    static async Task<List<JsonElement>> RecordsAsync(HttpClient clerk) =>
        [.. (await clerk.GetAsync("/v1/records?limit=200").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records").EnumerateArray()];

    static async Task<HttpStatusCode> ReleaseAsync(HttpClient who, string record)
    {
        using var answer = await who.PostAsync($"/v1/records/{record}/release-answer", null);
        return answer.StatusCode;
    }

    static Task<HttpResponseMessage> WithMatch(
        HttpClient client, HttpMethod method, string path, HttpContent? body = null, int version = 1)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.IfMatch.ParseAdd($"\"{version}\"");
        return client.SendAsync(request);
    }

    /// <summary>A signature over a statement about the record, made up without having seen one.</summary>
    static string Forged(RunningService service, string id)
    {
        Assert.True(service.Services.GetRequiredService<PathIds>().Records.TryRead(id, out var record));
        return CompactJws.Sign(
            Encoding.UTF8.GetBytes($$"""{"record":{{record}},"version":1}"""), service.Keys[Guesser]);
    }

    static StringContent Csv(Dictionary<string, object?> dose) => new(
        $"{string.Join(',', dose.Keys)}\n{string.Join(',', dose.Values)}\n", Encoding.UTF8, "text/csv");

    /// <summary>Of the certified dose, on another day: a match would be somebody's near miss.</summary>
    static Dictionary<string, object?> Guess(string reference, string born)
    {
        var dose = Person.Hoa.Dose(reference, 2, "2026-09-03");
        dose["date_of_birth"] = born;
        return dose;
    }

    /// <summary>With a clock that stands, so that two of them tell the same times.</summary>
    static async Task<Running> NewAsync()
    {
        var service = new RunningService { Clock = new SimulatedTime(RunningService.Start) };
        await service.InitializeAsync();
        return new Running(service);
    }

    sealed record Running(RunningService Service) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Service.DisposeAsync();
    }
}
