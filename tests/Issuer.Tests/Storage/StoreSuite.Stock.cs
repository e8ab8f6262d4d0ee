using System.Text;
using System.Text.Json.Nodes;
using Issuer.Core.Facilities;
using Issuer.Core.Pki;
using Issuer.Core.Policies;
using Issuer.Core.Progress;
using Issuer.Core.Records;
using Issuer.Core.Revocation;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task Doses_beyond_what_a_facility_received_are_held_and_no_others()
    {
        await ReceiveAsync(3);
        await SubmitAsync(1, 2);
        await SubmitAsync(3, 4, 5);

        Assert.Equal([false, false, false, true, true], await HeldAsync(1, 2, 3, 4, 5));
        Assert.Equal(2, await ScalarAsync("select count(*) from audit where act = 'record-held'"));
    }

    [RequiresFact]
    public async Task What_was_sent_before_takes_no_dose()
    {
        await ReceiveAsync(2);
        await SubmitAsync(1, 2);
        await SubmitAsync(1, 2, 1);

        Assert.Equal([false, false], await HeldAsync(1, 2));
        Assert.Equal(2, await ScalarAsync("select entered from product_use where day = ''"));
    }

    [RequiresFact]
    public async Task A_blank_or_invented_lot_does_not_go_round_what_was_received()
    {
        await ReceiveAsync(3);
        await Clinic.SubmitAsync(store, Given.Row(1) with { Lot = "" }, Given.Row(2) with { Lot = "INVENTED" });
        await SubmitAsync(3);
        await Clinic.SubmitAsync(store, Given.Row(4) with { Lot = "" }, Given.Row(5) with { Lot = "INVENTED" });

        Assert.Equal([false, false, false, true, true], await HeldAsync(
            Given.Row(1) with { Lot = "" }, Given.Row(2) with { Lot = "INVENTED" }, Given.Row(3),
            Given.Row(4) with { Lot = "" }, Given.Row(5) with { Lot = "INVENTED" }));
    }

    [RequiresFact]
    public async Task Vials_hold_a_fifth_more_than_they_are_booked_with()
    {
        await ReceiveAsync(10);
        await SubmitAsync([.. Enumerable.Range(1, 15)]);

        Assert.Equal(3, await ScalarAsync("select count(*) from record where held = 1"));
    }

    [RequiresFact]
    public async Task What_a_facility_passes_on_it_cannot_enter()
    {
        await BookAsync(new Lot(Given.Record().Product, "ABV1", Given.Facility, Given.Today, 4));
        await SubmitAsync(1, 2, 3);
        await BookAsync(new Lot(Given.Record().Product, "ABV1", Given.Facility, Given.Today, -2));
        Assert.Equal([false, false, true], await HeldAsync(1, 2, 3));

        await BookAsync(new Lot(Given.Record().Product, "ABV1", Given.Facility, Given.Today, -1));
        Assert.Equal([false, false, false], await HeldAsync(1, 2, 3));
    }

    [RequiresFact]
    public async Task An_expired_lot_bounds_as_one_that_is_good()
    {
        await BookAsync(new Lot(Given.Record().Product, "OLD", Given.Facility, new DateOnly(2021, 1, 1), 2));
        await SubmitAsync(1, 2, 3);
        Assert.Equal([false, false, true], await HeldAsync(1, 2, 3));
    }

    [RequiresFact]
    public async Task Doses_of_another_product_are_counted_by_themselves()
    {
        await ReceiveAsync(1);
        var other = Given.Row(2) with { Product = "Pfizer" };
        await Clinic.SubmitAsync(store, Given.Row(1), other, Given.Row(3));

        Assert.Equal([false, false, true], await HeldAsync(Given.Row(1), other, Given.Row(3)));
    }

    [RequiresFact]
    public async Task Without_a_receipt_so_many_of_one_day_and_product_are_believed_as_policy_says()
    {
        await ImportStockPolicyAsync(perDay: 2, massSites: []);
        RecordRow On(int person, string day, string product = "AstraZeneca") =>
            Given.Row(person) with { VaccinatedOn = day, Product = product };
        RecordRow[] rows =
        [
            On(1, "2021-09-01"), On(2, "2021-09-01"), On(3, "2021-09-01"), On(4, "2021-09-02"),
            On(5, "2021-09-01", "Moderna"), On(6, "2021-09-01") with { Facility = Given.OtherFacility },
        ];
        await Clinic.SubmitAsync(store, rows);
        Assert.Equal([false, false, true, false, false, false], await HeldAsync(rows));

        await Clinic.SubmitAsync(store, rows[1] with { VaccinatedOn = "2021-09-03", Corrects = "1" });
        Assert.Equal([false, false], await HeldAsync(rows[0], rows[2]));
    }

    [RequiresFact]
    public async Task A_mass_site_is_believed_more_a_day()
    {
        await ImportStockPolicyAsync(perDay: 1, massSites: [Given.OtherFacility]);
        await SubmitAsync(1, 2);
        await Clinic.SubmitAsync(
            store, Given.Row(3, 1, Given.OtherFacility), Given.Row(4, 1, Given.OtherFacility));

        Assert.Equal([false, true], await HeldAsync(1, 2));
        Assert.Equal(1, await ScalarAsync("select count(*) from record where held <> 0"));
    }

    [RequiresFact]
    public async Task The_first_receipt_counts_all_days_instead_of_each()
    {
        await ImportStockPolicyAsync(perDay: 1, massSites: []);
        await SubmitAsync(1, 2, 3);
        Assert.Equal([false, true, true], await HeldAsync(1, 2, 3));

        await ReceiveAsync(2);
        Assert.Equal([false, false, true], await HeldAsync(1, 2, 3));
    }

    [RequiresTheory]
    [InlineData("26734", "26734")]
    [InlineData("79", "26734")]
    [InlineData("79", null)]
    public async Task Who_shares_the_stock_of_a_commune_or_province_has_no_bound_of_their_own(
        string place, string? commune)
    {
        await store.Facilities.SaveAsync(
            [new Facility(Given.Facility, "Trạm y tế Bến Nghé", "commune", "79", commune)], Given.Act, default);
        await ImportStockPolicyAsync(perDay: 1, massSites: []);
        await SubmitAsync(1, 2, 3);
        Assert.Equal([false, true, true], await HeldAsync(1, 2, 3));

        await BookAsync(new Lot(Given.Record().Product, "ABV1", place, Given.Today, 10, IsPlace: true));
        await SubmitAsync(4);

        Assert.Equal([false, false, false, false], await HeldAsync(1, 2, 3, 4));
    }

    [RequiresFact]
    public async Task Another_facilitys_doses_of_the_lot_are_its_own()
    {
        await ReceiveAsync(1);
        await SubmitAsync(1);
        await Clinic.SubmitAsync(store, Given.Row(2, 1, Given.OtherFacility));

        Assert.Equal(0, await ScalarAsync("select count(*) from record where held <> 0"));
    }

    [RequiresFact]
    public async Task Doses_received_and_not_entered_are_counted_by_facility()
    {
        await ReceiveAsync(10);
        await store.Lots.SaveAsync(
            [new Lot("EU/1/20/1528", "PF1", Given.OtherFacility, Given.Today, 7)], Given.Act, default);
        await SubmitAsync(1, 2, 3);
        Assert.Equal((7, 7), await NotEnteredAsync());

        await WithdrawAsync((await StandingAsync(Given.Row(2))).Id, RevocationReason.Duplicate);
        Assert.Equal((8, 7), await NotEnteredAsync());
    }

    [RequiresFact]
    public async Task Many_who_enter_one_product_at_once_get_exactly_what_was_received()
    {
        await ReceiveAsync(25);
        var instances = new[] { store, await OpenAsync() };

        await Task.WhenAll(Enumerable.Range(1, 60).Select(n => Task.Run(
            () => Clinic.SubmitAsync(instances[n % 2], Given.Row(n) with { Lot = "", VaccinatedOn = $"2021-09-{1 + (n % 3):D2}" }))));

        Assert.Equal(30, await ScalarAsync("select count(*) from record where held = 0"));
        Assert.Equal(30, await ScalarAsync("select count(*) from record where held = 1"));
    }

    [RequiresFact]
    public async Task A_quantity_told_while_many_enter_holds_as_many_as_are_beyond_it()
    {
        await ReceiveAsync(1000);
        var other = await OpenAsync();
        var entering = Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var person = n; person < 64; person += 8)
            {
                await Clinic.SubmitAsync(store, Given.Row(person + 1));
            }
        }));
        var telling = Task.Run(async () =>
        {
            for (var doses = 60; doses > 20; doses -= 4)
            {
                await other.Lots.SaveAsync(
                    [new Lot(Given.Record().Product, "ABV1", Given.Facility, Given.Today, doses)], Given.Act, default);
            }
        });

        await Task.WhenAll([.. entering, telling]);

        Assert.Equal(64 - 28, await ScalarAsync("select count(*) from record where held = 1"));
    }

    [RequiresFact]
    public async Task A_batch_large_enough_for_the_bulk_path_is_stored_like_a_small_one()
    {
        await ReceiveAsync(90);
        var results = await Clinic.SubmitAsync(store, [.. Enumerable.Range(1, 120).Select(n => Given.Row(n))]);

        Assert.All(results, r => Assert.Equal(SubmitOutcome.Accepted, r.Outcome));
        Assert.Equal(120, await ScalarAsync("select count(*) from audit where act = 'record-submitted'"));
        Assert.Equal(12, await ScalarAsync("select count(*) from record where held = 1 and version = 1"));
        Assert.Equal(Given.Record(Given.Row(7)),
            (await store.Identity.ClaimPendingAsync(0, 200, default)).Single(r => r.Record.Reference == "7-1").Record);
    }

    Task ReceiveAsync(long doses) =>
        BookAsync(new Lot(Given.Record().Product, "ABV1", Given.Facility, Given.Today, doses));

    Task BookAsync(params IReadOnlyList<Lot> lots) => store.Lots.SaveAsync(lots, Given.Act, default);

    async Task ImportStockPolicyAsync(long perDay, string[] massSites, long steady = 50)
    {
        var members = JsonNode.Parse(PolicyKinds.Stock.Shipped.Text)!.AsObject();
        members["perDayWithoutReceipts"] = perDay;
        members["growth"]!["steady"] = steady;
        members["massSites"] = new JsonArray([.. massSites.Select(code => (JsonNode)code)]);
        var document = PolicyDocument.Read(Encoding.UTF8.GetBytes(members.ToJsonString())).Document!;
        Assert.NotNull((await store.Import.ImportAsync(document, Given.Act, default)).Value);
    }

    Task<IReadOnlyList<SubmittedRow>> SubmitAsync(params int[] people) =>
        Clinic.SubmitAsync(store, [.. people.Select(n => Given.Row(n))]);

    async Task<(long Here, long There)> NotEnteredAsync()
    {
        var counted = (await store.Progress.RecountAsync(Given.Now, ValidityPolicy.Default.UtcOffset, default))
            .ToDictionary(f => f.Facility, f => f.Counts[Measure.DosesNotEntered]);
        return (counted[Given.Facility], counted[Given.OtherFacility]);
    }

    Task<IReadOnlyList<bool>> HeldAsync(params int[] people) =>
        HeldAsync([.. people.Select(person => Given.Row(person))]);

    async Task<IReadOnlyList<bool>> HeldAsync(params RecordRow[] rows)
    {
        var held = new List<bool>();
        foreach (var row in rows)
        {
            var id = (await SubmitAsync(row)).RecordId!.Value;
            held.Add((await store.FacilityRecords.FindAsync(row.Facility!, id, default))!.Held
                == HoldReason.StockOverrun);
        }
        return held;
    }
}
