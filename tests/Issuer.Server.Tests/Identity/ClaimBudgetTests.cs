using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Core.Facilities;
using Issuer.Server.Edge.Access;
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

    static async Task<List<JsonElement>> RecordsAsync(HttpClient clerk) =>
        [.. (await clerk.GetAsync("/v1/records?limit=200").JsonAsync(HttpStatusCode.OK))
            .GetProperty("records").EnumerateArray()];

    static async Task<HttpStatusCode> ReleaseAsync(HttpClient who, string record)
    {
        using var answer = await who.PostAsync($"/v1/records/{record}/release-answer", null);
        return answer.StatusCode;
    }

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
