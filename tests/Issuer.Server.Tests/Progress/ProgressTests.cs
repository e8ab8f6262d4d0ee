using System.Net;
using System.Text.Json;
using Issuer.Core.Progress;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Progress;

public sealed class ProgressTests(RunningService service) : IClassFixture<RunningService>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        using var clerk = service.Clerk();
        using var other = service.Clerk(RunningService.OtherFacility);
        await clerk.PostAsync("/v1/records", Body(Person.Hoa.Dose("p-1", 1, "2026-08-01")));
        await clerk.PostAsync("/v1/records", Body(Person.Hoa.Dose("p-2", 2, "2027-01-15")));
        var wrong = Person.Duc.Dose("p-3", 1, "2026-08-01");
        wrong["sex"] = "F";
        await other.PostAsync("/v1/records", Body(wrong));
        await service.RoundAsync();
        await service.Get<CountProgress>().RunAsync(always: true, default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_ministry_sees_the_country_and_its_provinces()
    {
        using var ministry = service.Client(service.Token(Roles.MinistryOperator));

        var progress = await ministry.GetAsync("/v1/progress?by=province").JsonAsync(HttpStatusCode.OK);

        Assert.Equal((3, 2, 1), (
            Total(progress, "records_entered"), Total(progress, "records_matched"),
            Total(progress, "records_waiting")));
        Assert.Equal((1, 1, 2), (
            Total(progress, "records_same_day"), Total(progress, "people_waiting"),
            Total(progress, "facilities_equipped")));
        Assert.Equal(0, progress.GetProperty("total").GetProperty("days_oldest_waiting").GetInt64());
        Assert.Equal(
            ["01", "08"],
            progress.GetProperty("areas").EnumerateArray().Select(a => a.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData(Roles.FacilityClerk, "facility", RunningService.Facility, 2)]
    [InlineData(Roles.FacilitySignatory, "facility", RunningService.OtherFacility, 1)]
    [InlineData(Roles.Province, "province", "02", 1)]
    [InlineData(Roles.Commune, "commune", "00001", 0)]
    [InlineData(Roles.Auditor, "sub", "auditor", 3)]
    public async Task Everybody_sees_their_own_area_whatever_they_ask_for(
        string role, string claim, string value, long entered)
    {
        using var client = service.Client(service.Token(role, (claim, value)));

        var own = await client.GetAsync("/v1/progress").JsonAsync(HttpStatusCode.OK);
        var all = await client.GetAsync("/v1/progress?by=facility").JsonAsync(HttpStatusCode.OK);

        Assert.Equal((entered, entered), (Total(own, "records_entered"), Total(all, "records_entered")));
        if (role == Roles.FacilityClerk)
        {
            var others = await client.GetAsync($"/v1/progress?facility={RunningService.OtherFacility}").JsonAsync(
                HttpStatusCode.OK);
            Assert.Equal(0, Total(others, "records_entered"));
        }
    }

    [Fact]
    public async Task It_comes_as_csv_with_a_row_for_each_part()
    {
        using var ministry = service.Client(service.Token(Roles.MinistryOperator));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/progress?by=facility");
        request.Headers.Accept.ParseAdd("text/csv");
        using var answer = await ministry.SendAsync(request);

        var lines = (await answer.Content.ReadAsStringAsync()).Replace("\"", "", StringComparison.Ordinal)
            .TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("code,records_entered,", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            [$"{RunningService.Facility},2", $"{RunningService.OtherFacility},1"],
            lines[1..].Select(line => string.Join(',', line.Split(',')[..2])));
    }

    [Fact]
    public async Task A_day_before_anything_was_counted_is_empty_and_one_to_come_is_refused()
    {
        using var ministry = service.Client(service.Token(Roles.MinistryOperator));

        var before = await ministry.GetAsync("/v1/progress?day=2026-12-31").JsonAsync(HttpStatusCode.OK);
        var refused = await ministry.GetAsync("/v1/progress?day=2030-01-01&by=river")
            .JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal(JsonValueKind.Null, before.GetProperty("counted_at").ValueKind);
        Assert.Equal(0, Total(before, "records_entered"));
        Assert.Equal(["day:future-date", "by:not-listed"], refused.Faults());
    }

    static StringContent Body(object dose) => new(JsonSerializer.Serialize(dose), null, "application/json");

    static long Total(JsonElement progress, string measure) =>
        progress.GetProperty("total").GetProperty("counts").GetProperty(measure).GetInt64();
}
