using Issuer.Core.Approvals;
using Issuer.Core.Pki;
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
    public async Task What_was_sent_before_takes_no_dose_of_a_lot()
    {
        await ReceiveAsync(2);
        await SubmitAsync(1, 2);
        await SubmitAsync(1, 2, 1);

        Assert.Equal([false, false], await HeldAsync(1, 2));
        Assert.Equal(2, await ScalarAsync("select entered from lot_use"));
    }

    [RequiresFact]
    public async Task A_lot_that_was_never_received_holds_nothing()
    {
        await SubmitAsync(1, 2, 3);
        Assert.Equal([false, false, false], await HeldAsync(1, 2, 3));
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
    public async Task A_correction_to_another_lot_frees_the_oldest_held_dose()
    {
        await ReceiveAsync(1);
        await SubmitAsync(1, 2, 3);
        await CorrectAsync(Given.Row(1) with { Lot = "ABV2" }, 1);

        Assert.Equal([false, false, true], await HeldAsync(1, 2, 3));
        Assert.Equal(1, await ScalarAsync("select count(*) from audit where act = 'record-released'"));
    }

    [RequiresFact]
    public async Task A_held_dose_is_free_when_its_own_lot_is_corrected_and_frees_nobody_else()
    {
        await ReceiveAsync(1);
        await SubmitAsync(1, 2, 3);
        await CorrectAsync(Given.Row(2) with { Lot = "ABV2" }, 1);

        Assert.Equal([false, false, true], await HeldAsync(1, 2, 3));
    }

    [RequiresFact]
    public async Task A_correction_into_a_used_up_lot_is_held()
    {
        await ReceiveAsync(1);
        await SubmitAsync(1);
        await Clinic.SubmitAsync(store, Given.Row(2) with { Lot = "ABV2" });
        await CorrectAsync(Given.Row(2), 1);

        Assert.Equal([false, true], await HeldAsync(1, 2));
    }

    [RequiresFact]
    public async Task A_row_corrected_in_the_batch_it_came_in_counts_where_it_went()
    {
        await ReceiveAsync(0);
        await Clinic.SubmitAsync(store, Given.Row(1), Given.Row(1) with { Lot = "ABV2", Corrects = "1" });

        Assert.Equal([false], await HeldAsync(1));
        Assert.Equal(0, await ScalarAsync("select entered from lot_use where lot = 'ABV1'"));
    }

    [RequiresFact]
    public async Task Quantities_told_later_hold_the_youngest_and_release_the_oldest()
    {
        await SubmitAsync(1, 2, 3, 4);
        await ReceiveAsync(1);
        Assert.Equal([false, true, true, true], await HeldAsync(1, 2, 3, 4));

        await ReceiveAsync(3);
        Assert.Equal([false, false, false, true], await HeldAsync(1, 2, 3, 4));
        await ReceiveAsync(3);
        Assert.Equal([false, false, false, true], await HeldAsync(1, 2, 3, 4));
    }

    [RequiresFact]
    public async Task What_two_people_released_stays_free_when_others_come()
    {
        await ReceiveAsync(1);
        var held = (await SubmitAsync(1, 2))[1].RecordId!.Value;
        await DoAsync(ReleaseHold.Of([held], "delivery note seen"));
        await SubmitAsync(3);

        Assert.Equal([false, false, true], await HeldAsync(1, 2, 3));
        await ReceiveAsync(1);
        Assert.Equal([false, false, true], await HeldAsync(1, 2, 3));
    }

    [RequiresFact]
    public async Task A_dose_held_for_another_reason_stays_so_whatever_becomes_of_its_lot()
    {
        await ReceiveAsync(0);
        var id = (await Clinic.SubmitAsync(store, Given.Row(1) with { Lot = "ABV2" }))[0].RecordId!.Value;
        await ExecuteAsync($"update record set held = {(int)HoldReason.Manual} where id = {id}");
        await CorrectAsync(Given.Row(1), 1);
        await ReceiveAsync(10);

        Assert.Equal((int)HoldReason.Manual, await ScalarAsync($"select held from record where id = {id}"));
    }

    [RequiresFact]
    public async Task A_person_whose_dose_is_held_is_decided_again()
    {
        await SubmitAsync(1);
        await Clinic.MatchAsync(store);
        var before = await ScalarAsync("select revision from subject");

        await ReceiveAsync(0);

        Assert.True(await ScalarAsync("select revision from subject") > before);
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
    public async Task A_withdrawn_dose_that_was_held_sets_no_other_free()
    {
        await ReceiveAsync(1);
        await SubmitAsync(1, 2, 3);
        await WithdrawAsync((await StandingAsync(Given.Row(3))).Id, RevocationReason.Duplicate);
        Assert.Equal([false, true], await HeldAsync(1, 2));

        await WithdrawAsync((await StandingAsync(Given.Row(1))).Id, RevocationReason.Duplicate);
        Assert.Equal([false], await HeldAsync(2));
    }

    [RequiresFact]
    public async Task A_withdrawn_dose_is_not_held_in_another_ones_place()
    {
        await SubmitAsync(1, 2);
        await WithdrawAsync((await StandingAsync(Given.Row(2))).Id, RevocationReason.Duplicate);
        await ReceiveAsync(0);
        Assert.Equal([true, false], await HeldAsync(1, 2));
    }

    [RequiresFact]
    public async Task Many_who_enter_one_lot_at_once_get_exactly_what_it_holds()
    {
        await ReceiveAsync(25);
        var instances = new[] { store, await OpenAsync() };

        await Task.WhenAll(Enumerable.Range(1, 60).Select(n => Task.Run(
            () => Clinic.SubmitAsync(instances[n % 2], Given.Row(n)))));

        Assert.Equal(25, await ScalarAsync("select count(*) from record where held = 0"));
        Assert.Equal(35, await ScalarAsync("select count(*) from record where held = 1"));
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

        Assert.Equal(64 - 24, await ScalarAsync("select count(*) from record where held = 1"));
    }

    [RequiresFact]
    public async Task A_batch_large_enough_for_the_bulk_path_is_stored_like_a_small_one()
    {
        await ReceiveAsync(90);
        var results = await Clinic.SubmitAsync(store, [.. Enumerable.Range(1, 120).Select(n => Given.Row(n))]);

        Assert.All(results, r => Assert.Equal(SubmitOutcome.Accepted, r.Outcome));
        Assert.Equal(120, await ScalarAsync("select count(*) from audit where act = 'record-submitted'"));
        Assert.Equal(30, await ScalarAsync("select count(*) from record where held = 1 and version = 1"));
        Assert.Equal(Given.Record(Given.Row(7)),
            (await store.Identity.ClaimPendingAsync(0, 200, default)).Single(r => r.Record.Reference == "7-1").Record);
    }

    Task ReceiveAsync(long doses) => store.Lots.SaveAsync(
        [new Lot(Given.Record().Product, "ABV1", Given.Facility, Given.Today, doses)], Given.Act, default);

    Task<IReadOnlyList<SubmittedRow>> SubmitAsync(params int[] people) =>
        Clinic.SubmitAsync(store, [.. people.Select(n => Given.Row(n))]);

    async Task<(long Here, long There)> NotEnteredAsync()
    {
        var counted = (await store.Progress.RecountAsync(Given.Now, ValidityPolicy.Default.UtcOffset, default))
            .ToDictionary(f => f.Facility, f => f.Counts[Measure.DosesNotEntered]);
        return (counted[Given.Facility], counted[Given.OtherFacility]);
    }

    async Task<IReadOnlyList<bool>> HeldAsync(params int[] people)
    {
        var held = new List<bool>();
        foreach (var person in people)
        {
            var id = (await SubmitAsync(Given.Row(person))).RecordId!.Value;
            held.Add(
                (await store.FacilityRecords.FindAsync(Given.Facility, id, default))!.Held == HoldReason.LotOverrun);
        }
        return held;
    }
}
