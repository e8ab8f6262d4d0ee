using System.Net;
using System.Net.Http.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Holds;

/// <summary>Who sees a hold over HTTP, and who ends it.</summary>
public sealed class HoldTests : OwnService
{
    [Fact]
    public async Task The_facility_sees_why_and_whose_step_it_is_and_others_do_not()
    {
        var hold = await new Suspicious(service).LateHoldAsync();
        using var clerk = service.Clerk();
        using var province = Province("01");
        foreach (var reader in new[] { clerk, province })
        {
            var listed = (await reader.GetAsync("/v1/holds").JsonAsync(HttpStatusCode.OK)).GetProperty("holds");
            var one = Assert.Single(listed.EnumerateArray());
            Assert.Equal((hold, "ministry", 1L), (one.GetProperty("id").GetString(),
                one.GetProperty("reviewer").GetString(), one.GetProperty("held").GetInt64()));
            Assert.Equal(["volume", "late", "far"],
                one.GetProperty("causes").EnumerateArray().Select(cause => cause.GetProperty("code").GetString()));
            var detail = await reader.GetAsync($"/v1/holds/{hold}").JsonAsync(HttpStatusCode.OK);
            Assert.Equal("held",
                Assert.Single(detail.GetProperty("records").EnumerateArray()).GetProperty("state").GetString());
        }
        using var other = service.Clerk(RunningService.OtherFacility);
        using var elsewhere = Province("79");
        foreach (var stranger in new[] { other, elsewhere })
        {
            var none = await stranger.GetAsync("/v1/holds").JsonAsync(HttpStatusCode.OK);
            Assert.Equal(0, none.GetProperty("holds").GetArrayLength());
            await stranger.GetAsync($"/v1/holds/{hold}").JsonAsync(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Two_people_of_the_province_end_it_and_nobody_else()
    {
        var hold = await new Suspicious(service).LateHoldAsync();
        using var clerk = service.Clerk();
        using var elsewhere = Province("79");
        using var asker = Province("01", "asker");
        using var second = Province("01", "second");
        foreach (var stranger in new[] { clerk, elsewhere })
        {
            await stranger.PostAsJsonAsync($"/v1/holds/{hold}/clear", new { reason = "mine" })
                .JsonAsync(HttpStatusCode.Forbidden);
        }
        var asked = await asker.PostAsJsonAsync($"/v1/holds/{hold}/clear", new { reason = "a mobile team" })
            .JsonAsync(HttpStatusCode.Accepted);
        var path = $"/v1/approvals/{asked.GetProperty("id").GetString()}/approve";
        foreach (var stranger in new[] { clerk, elsewhere, asker })
        {
            await stranger.PostAsync(path, null).JsonAsync(HttpStatusCode.Forbidden);
        }
        var waiting = await second.GetAsync($"/v1/holds/{hold}").JsonAsync(HttpStatusCode.OK);
        Assert.Equal("clear-hold",
            Assert.Single(waiting.GetProperty("requests").EnumerateArray()).GetProperty("act").GetString());

        await second.PostAsync(path, null).JsonAsync(HttpStatusCode.OK);
        var ended = await second.GetAsync($"/v1/holds/{hold}").JsonAsync(HttpStatusCode.OK);
        Assert.Equal(("cleared", "released"), (ended.GetProperty("hold").GetProperty("state").GetString(),
            ended.GetProperty("records")[0].GetProperty("state").GetString()));
        Assert.Equal(0, (await second.GetAsync("/v1/holds").JsonAsync(HttpStatusCode.OK)).GetProperty("holds")
            .GetArrayLength());
        await asker.PostAsJsonAsync($"/v1/holds/{hold}/clear", new { reason = "again" })
            .JsonAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_backlog_is_announced_with_days_that_can_be_read()
    {
        using var asker = Province("01");
        var refused = await asker.PostAsJsonAsync("/v1/backlogs", new
        {
            facility = RunningService.Facility, product = "EU/1/20/1528", from = "1.7.2021", to = "2021-09-30",
            expected = 0, reason = "on paper",
        }).JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["from:bad-date", "expected:out-of-range"], refused.Faults());
    }

    HttpClient Province(string code, string sub = "reviewer") =>
        service.Client(service.Token(Roles.Province, ("sub", sub), ("province", code)));
}
