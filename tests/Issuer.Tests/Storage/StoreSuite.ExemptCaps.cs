using System.Text;
using System.Text.Json.Nodes;
using Issuer.Core.Policies;
using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task Junk_rows_do_not_raise_the_exempt_cap_and_signed_ones_do()
    {
        await ImportExemptCapAsync(least: 1, percent: 50);
        await Clinic.SubmitAsync(
            store, [.. Enumerable.Range(11, 20).Select(n => Given.Row(n) with { IdentityNumber = "079085999999" })]);
        await ForeignersAsync(Given.Facility, 0, 3);
        Assert.Equal(2, await HeldForCapAsync());

        RecordRow[] good = [Given.Row(1), Given.Row(2), Given.Row(1, 2), Given.Row(2, 2)];
        await Clinic.SubmitAsync(store, good);
        await Clinic.MatchAsync(store);
        Assert.Equal(2, await HeldForCapAsync());

        await clinic.AttestAsync(store);
        Assert.Equal(1, await HeldForCapAsync());
        Assert.Equal(1, await ScalarAsync("select count(*) from audit where act = 'record-released'"));
    }

    [RequiresFact]
    public async Task So_many_exempt_rows_a_facility_and_day_are_let_through_withdrawn_ones_counted()
    {
        await ImportExemptCapAsync(least: 100, perFacility: 2);
        await ForeignersAsync(Given.Facility, 0, 4);
        Assert.Equal(2, await HeldForCapAsync());

        await ForeignersAsync(Given.OtherFacility, 10, 2);
        await ForeignersAsync(Given.Facility, 20, 2, days: 1);
        Assert.Equal(2, await HeldForCapAsync());

        await ExecuteAsync("update record set withdrawn = 1");
        await ForeignersAsync(Given.Facility, 30, 1, days: 1);
        Assert.Equal(1, await ScalarAsync("select count(*) from record where held = 2 and withdrawn = 0"));
    }

    [RequiresFact]
    public async Task What_a_ceiling_holds_no_growing_share_lets_go()
    {
        await ImportExemptCapAsync(least: 1, percent: 100, perFacility: 1);
        await ForeignersAsync(Given.Facility, 0, 3);
        await Clinic.SubmitAsync(store, Given.Row(1), Given.Row(1, 2), Given.Row(2), Given.Row(2, 2));
        await Clinic.MatchAsync(store);
        await clinic.AttestAsync(store);

        Assert.Equal(2, await HeldForCapAsync());
    }

    [RequiresFact]
    public async Task Beyond_the_countrys_ceiling_who_grew_fastest_is_stopped_and_honest_foreigners_go_on()
    {
        await ImportExemptCapAsync(least: 100, perCountry: 6);
        for (var day = -5; day < 0; day++)
        {
            await ForeignersAsync(Given.OtherFacility, 100 + (10 * day), 5, day);
        }
        await ForeignersAsync(Given.OtherFacility, 100, 5);
        await ForeignersAsync(Given.Facility, 110, 3);
        await ForeignersAsync(Given.OtherFacility, 120, 2);

        Assert.Equal(3, await HeldForCapAsync());
        Assert.Equal(3, await ScalarAsync(
            $"select count(*) from record where held = 2 and facility = '{Given.Facility}'"));
        Assert.Equal(10, await store.Counts.ExemptEnteredAsync(Given.Now, default));
    }

    async Task ForeignersAsync(string facility, int first, int count, int days = 0)
    {
        var act = Given.Act with { At = Given.Now.AddDays(days) };
        await new SubmitRecords(store.Records, Given.SingleActs, Given.Claims).SubmitAsync(
            [.. Enumerable.Range(first, count).Select(
                n => Given.Foreigner(passport: $"P{1000000 + n}") with { Facility = facility })],
            null, Given.Context, act, default);
        await Clinic.MatchAsync(store);
    }

    Task<long> HeldForCapAsync() =>
        ScalarAsync($"select count(*) from record where held = {(int)HoldReason.ExemptCap}");

    async Task ImportExemptCapAsync(long least, long percent = 5, long perFacility = 200, long perCountry = 20_000)
    {
        var members = JsonNode.Parse(PolicyKinds.ExemptCap.Shipped.Text)!.AsObject();
        (members["least"], members["percent"]) = (least, percent);
        var ceilings = members["ceilings"]!;
        ceilings["perFacilityAndDay"] = perFacility;
        ceilings["perCountryAndDay"] = perCountry;
        ceilings["growth"]!["steady"] = 1;
        var document = PolicyDocument.Read(Encoding.UTF8.GetBytes(members.ToJsonString())).Document!;
        Assert.NotNull((await store.Import.ImportAsync(document, Given.Act, default)).Value);
    }
}
