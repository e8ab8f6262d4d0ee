using Issuer.Core.Approvals;
using Issuer.Core.Records;
using Issuer.Core.Revocation;

namespace Issuer.Tests.Storage;

/// <summary>What becomes of doses beyond a stock when records or receipts change.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task A_correction_to_another_product_frees_the_oldest_held_dose()
    {
        await ReceiveAsync(1);
        await SubmitAsync(1, 2, 3);
        await CorrectAsync(Given.Row(1) with { Product = "Moderna" }, 1);

        Assert.Equal([false, false, true], await HeldAsync(1, 2, 3));
        Assert.Equal(1, await ScalarAsync("select count(*) from audit where act = 'record-released'"));
    }

    [RequiresFact]
    public async Task A_held_dose_is_free_when_its_own_product_is_corrected_and_frees_nobody_else()
    {
        await ReceiveAsync(1);
        await SubmitAsync(1, 2, 3);
        await CorrectAsync(Given.Row(2) with { Product = "Moderna" }, 1);

        Assert.Equal([false, false, true], await HeldAsync(
            Given.Row(1), Given.Row(2) with { Product = "Moderna" }, Given.Row(3)));
    }

    [RequiresFact]
    public async Task A_correction_of_lot_or_day_takes_the_doses_place_along()
    {
        await ReceiveAsync(1);
        await SubmitAsync(1, 2);
        var corrected = Given.Row(1) with { Lot = "", VaccinatedOn = "2021-09-03" };
        await CorrectAsync(corrected, 1);

        Assert.Equal([false, true], await HeldAsync(corrected, Given.Row(2)));
        Assert.Equal(0, await ScalarAsync("select count(*) from audit where act = 'record-released'"));
    }

    [RequiresFact]
    public async Task A_correction_into_a_used_up_product_is_held()
    {
        await ReceiveAsync(1);
        await SubmitAsync(1);
        await Clinic.SubmitAsync(store, Given.Row(2) with { Product = "Moderna" });
        await CorrectAsync(Given.Row(2), 1);

        Assert.Equal([false, true], await HeldAsync(1, 2));
    }

    [RequiresFact]
    public async Task A_row_corrected_in_the_batch_it_came_in_counts_where_it_went()
    {
        await ReceiveAsync(0);
        await Clinic.SubmitAsync(store, Given.Row(1), Given.Row(1) with { Product = "Moderna", Corrects = "1" });

        Assert.Equal([false], await HeldAsync(Given.Row(1) with { Product = "Moderna" }));
        Assert.Equal(1, await ScalarAsync("select sum(entered) from product_use where day = ''"));
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
    public async Task A_dose_held_for_another_reason_stays_so_whatever_becomes_of_its_stock()
    {
        await ReceiveAsync(0);
        var id = (await Clinic.SubmitAsync(store, Given.Row(1) with { Product = "Moderna" }))[0].RecordId!.Value;
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
}
