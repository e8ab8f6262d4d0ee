using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Delivery;

/// <summary>Citizen, clerk and desk are told the same reasons.</summary>
public sealed class WhyTests : IAsyncLifetime
{
    readonly RunningService service = new();

    public Task InitializeAsync() => service.InitializeAsync();

    public Task DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Who_has_one_dose_nobody_signed_for_reads_it_in_all_three_places()
    {
        using var clerk = service.Clerk();
        var id = (await clerk.SubmitAsync(Person.Hoa.Dose("first", 1, "2026-09-01"))).GetProperty("id").GetString()!;
        await service.RoundAsync();

        var mine = await MeAsync(Person.Hoa.Number);
        var record = await clerk.GetAsync($"/v1/records/{id}").JsonAsync(HttpStatusCode.OK);
        var listed = Assert.Single((await clerk.GetAsync("/v1/worklist?error_group=course").JsonAsync(HttpStatusCode.OK))
            .GetProperty("items").EnumerateArray());
        var desk = await LookUpAsync(Person.Hoa);

        Assert.True(mine.GetProperty("known").GetBoolean());
        Assert.Equal(["not-attested", "incomplete-course"], CodesOf(mine));
        Assert.Equal(CodesOf(mine), CodesOf(desk));
        // Not signed for: the clerk is told of this record alone.
        Assert.Equal(["not-attested"], CodesOf(record));
        Assert.Equal(["not-attested"], CodesOf(listed));
        Assert.Equal("course", listed.GetProperty("error_group").GetString());
        Assert.False(Assert.Single(mine.GetProperty("doses").EnumerateArray()).GetProperty("signed").GetBoolean());
    }

    [Fact]
    public async Task A_record_under_ones_own_number_that_does_not_match_tells_facility_and_day_only()
    {
        using var clerk = service.Clerk();
        var wrong = Person.Hoa.Dose("wrong", 1, "2026-09-01");
        wrong["date_of_birth"] = "1999-09-09";
        await clerk.SubmitAsync(wrong);
        await service.RoundAsync();

        var mine = await MeAsync(Person.Hoa.Number);
        var listed = Assert.Single((await clerk.GetAsync("/v1/worklist").JsonAsync(HttpStatusCode.OK))
            .GetProperty("items").EnumerateArray());

        Assert.False(mine.GetProperty("known").GetBoolean());
        Assert.Equal(["unmatched-record"], CodesOf(mine));
        Assert.Equal(0, mine.GetProperty("doses").GetArrayLength());
        Assert.Equal(["mismatched"], CodesOf(listed));
        Assert.Equal(["mismatched"], CodesOf(await LookUpAsync(Person.Hoa, born: "1999-09-09")));
        Assert.False((await LookUpAsync(Person.Hoa)).GetProperty("found").GetBoolean());
    }

    [Fact]
    public async Task A_passport_of_another_country_with_the_same_number_is_told_nothing()
    {
        using var clerk = service.Clerk();
        var typed = Person.Hoa.Dose("typed", 1, "2026-09-01");
        typed["identity_number"] = "001085777777";
        await clerk.SubmitAsync(typed);
        await service.RoundAsync();

        Assert.Equal(["unmatched-record"], CodesOf(await MeAsync("001085777777")));
        Assert.Equal(["nothing-known"], CodesOf(await MeAsync("KOR:001085777777")));
    }

    [Fact]
    public async Task Who_is_not_known_is_told_how_to_report_and_the_desk_finds_the_record_without_a_number()
    {
        using var clerk = service.Clerk();
        var without = Person.Hoa.Dose("without", 1, "2026-09-01");
        without["identity_number"] = "";
        await clerk.SubmitAsync(without);
        await service.RoundAsync();

        var mine = await MeAsync(Person.Hoa.Number);
        Assert.Equal(["nothing-known"], CodesOf(mine));
        Assert.Equal("holder", mine.GetProperty("waiting")[0].GetProperty("who").GetString());
        using var desk = Desk();
        var found = await desk.PostAsJsonAsync("/v1/reports/look-up", new
        {
            date_of_birth = Person.Hoa.Born, full_name = $"{Person.Hoa.FamilyName} {Person.Hoa.GivenName}",
            facility = RunningService.Facility, vaccinated_on = "2026-09-01",
        }).JsonAsync(HttpStatusCode.OK);
        Assert.True(found.GetProperty("found").GetBoolean());
        Assert.Equal(["missing-id"], CodesOf(found));
    }

    [Fact]
    public async Task Who_has_a_certificate_misses_nothing_and_sees_who_handed_it_out()
    {
        await service.CertifyAsync(Person.Hoa);
        using var counter = service.Clerk(RunningService.OtherFacility);
        await counter.PostAsJsonAsync("/v1/certificates/hand-out", Work.HandOut(Person.Hoa)).JsonAsync(HttpStatusCode.OK);

        var mine = await MeAsync(Person.Hoa.Number);

        Assert.Empty(CodesOf(mine));
        Assert.Equal(1, mine.GetProperty("certificates").GetArrayLength());
        Assert.Equal(
            RunningService.OtherFacility,
            Assert.Single(mine.GetProperty("handed_out").EnumerateArray()).GetProperty("facility").GetString());
    }

    [Fact]
    public async Task Revoked_the_holder_reads_why_and_whom_to_ask()
    {
        await service.CertifyAsync(Person.Hoa);
        using var citizen = service.Citizen(Person.Hoa.Number);
        using var ministry = service.Client(service.Token(Roles.MinistryOperator, ("sub", "officer")));
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString();
        await ministry.PostAsJsonAsync($"/v1/certificates/{id}/revoke", new { reason = "fraud" })
            .JsonAsync(HttpStatusCode.OK);
        await service.RoundAsync();

        var mine = await MeAsync(Person.Hoa.Number);

        Assert.Contains("certificate-revoked", CodesOf(mine));
        Assert.Contains(
            mine.GetProperty("waiting").EnumerateArray(),
            one => one.GetProperty("text_en").GetString()!.Contains("fraud", StringComparison.Ordinal));
    }

    async Task<JsonElement> MeAsync(string number)
    {
        using var citizen = service.Citizen(number);
        return await citizen.GetAsync("/v1/me").JsonAsync(HttpStatusCode.OK);
    }

    async Task<JsonElement> LookUpAsync(Person person, string? born = null)
    {
        using var desk = Desk();
        return await desk.PostAsJsonAsync("/v1/reports/look-up", new
        {
            identity_number = person.Number, date_of_birth = born ?? person.Born,
            full_name = $"{person.FamilyName} {person.GivenName}",
        }).JsonAsync(HttpStatusCode.OK);
    }

    HttpClient Desk() => service.Client(service.Token(Roles.Desk, ("sub", "desk")));

    static List<string> CodesOf(JsonElement answer) =>
        [.. answer.GetProperty("waiting").EnumerateArray().Select(one => one.GetProperty("code").GetString()!)];
}
