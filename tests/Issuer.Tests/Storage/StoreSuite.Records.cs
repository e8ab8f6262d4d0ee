using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task A_new_record_is_accepted_once_and_unchanged_ever_after()
    {
        var first = await SubmitAsync(Given.Row());
        var again = await SubmitAsync(Given.Row());

        Assert.Equal((SubmitOutcome.Accepted, 1), (first.Outcome, first.Version));
        Assert.Equal((SubmitOutcome.Unchanged, 1, first.RecordId), (again.Outcome, again.Version, again.RecordId));
    }

    [RequiresFact]
    public async Task One_reference_at_two_facilities_is_two_records()
    {
        var one = await SubmitAsync(Given.Row());
        var other = await SubmitAsync(Given.Row(facility: Given.OtherFacility));

        Assert.Equal(SubmitOutcome.Accepted, other.Outcome);
        Assert.NotEqual(one.RecordId, other.RecordId);
    }

    [RequiresFact]
    public async Task Changed_content_is_refused_unless_it_names_the_current_version()
    {
        await SubmitAsync(Given.Row());
        var changed = Given.Row() with { Lot = "ABV2" };

        Assert.Equal(FaultCode.KnownReference.ToWire(), Assert.Single((await SubmitAsync(changed)).Faults).Code);
        Assert.Equal(
            FaultCode.WrongVersion.ToWire(),
            Assert.Single((await SubmitAsync(changed with { Corrects = "2" })).Faults).Code);
        Assert.Equal(2, (await CorrectAsync(changed, 1)).Version);
        Assert.Equal(
            FaultCode.WrongVersion.ToWire(),
            Assert.Single((await SubmitAsync(changed with { Lot = "ABV3", Corrects = "1" })).Faults).Code);
    }

    [RequiresFact]
    public async Task The_old_file_sent_again_never_undoes_a_correction()
    {
        await SubmitAsync(Given.Row());
        var corrected = await CorrectAsync(Given.Row() with { Lot = "ABV2" }, 1);

        var old = await SubmitAsync(Given.Row());

        Assert.Equal((SubmitOutcome.Unchanged, 2, corrected.RecordId), (old.Outcome, old.Version, old.RecordId));
        Assert.Equal("ABV2", Assert.Single(await store.Identity.ClaimPendingAsync(0, 10, default)).Record.Lot);
    }

    [RequiresFact]
    public async Task A_correction_may_go_back_to_earlier_content_by_naming_the_version()
    {
        await SubmitAsync(Given.Row());
        await CorrectAsync(Given.Row() with { Lot = "ABV2" }, 1);

        Assert.Equal(3, (await CorrectAsync(Given.Row(), 2)).Version);
        Assert.Equal("ABV1", Assert.Single(await store.Identity.ClaimPendingAsync(0, 10, default)).Record.Lot);
    }

    [RequiresFact]
    public async Task Every_version_is_kept_with_who_entered_it()
    {
        await SubmitAsync(Given.Row());
        await CorrectAsync(Given.Row() with { Lot = "ABV2" }, 1);
        await CorrectAsync(Given.Row() with { Lot = "ABV3" }, 2);

        Assert.Equal(2, await ScalarAsync(
            """
            select count(*) from record_version
            where (version = 1 and lot = 'ABV1' or version = 2 and lot = 'ABV2') and entered_by = 'test'
            """));
        Assert.Equal(3, await ScalarAsync("select version from record where lot = 'ABV3'"));
    }

    [RequiresFact]
    public async Task Rows_of_one_batch_see_each_other()
    {
        var results = await Clinic.SubmitAsync(
            store,
            Given.Row(), Given.Row(), Given.Row() with { Lot = "X" }, Given.Row() with { Lot = "Y", Corrects = "1" },
            Given.Row() with { Lot = "Z", Corrects = "2" });

        Assert.Equal(
            [SubmitOutcome.Accepted, SubmitOutcome.Unchanged, SubmitOutcome.Refused, SubmitOutcome.Corrected,
                SubmitOutcome.Corrected],
            results.Select(r => r.Outcome));
        Assert.Equal(2, await ScalarAsync("select count(*) from record_version"));
        Assert.Equal(3, await ScalarAsync("select version from record where lot = 'Z'"));
    }

    [RequiresFact]
    public async Task Every_field_comes_back_as_it_went_in()
    {
        var full = Given.Record();
        var bare = Given.Record(Given.Row(dose: 2) with
        {
            FamilyName = null,
            GivenName = null,
            FullName = "H'Hen Niê",
            IdentityNumber = null,
            IdentityType = null,
            Lot = null,
            DoseNumber = null,
            DoseKind = null,
            DateOfBirth = "1985",
        });
        await store.Records.SubmitAsync([new(full, null, []), new(bare, null, [])], null, null, Given.Act, default);

        var stored = await store.Identity.ClaimPendingAsync(0, 10, default);

        Assert.Equal([full, bare], stored.Select(s => s.Record));
        Assert.Equal(full.Digest(), stored[0].Record.Digest());
    }

    [RequiresFact]
    public async Task Nothing_of_a_batch_is_stored_when_it_throws()
    {
        await SubmitAsync(Given.Row(1));
        var broken = Given.Checked(Given.Row(3));
        broken = broken with { Record = broken.Record! with { Nationality = null! } };

        await Assert.ThrowsAnyAsync<Exception>(() => store.Records.SubmitAsync(
            [Given.Checked(Given.Row(2)), Given.Checked(Given.Row(1) with { Lot = "X" }, corrects: 1), broken],
            null, null, Given.Act, default));

        Assert.Equal(1, await ScalarAsync("select count(*) from record where lot = 'ABV1'"));
        Assert.Equal(0, await ScalarAsync("select count(*) from record_version"));
        Assert.Equal(1, await ScalarAsync("select count(*) from audit where act = 'record-submitted'"));
        Assert.Equal(SubmitOutcome.Accepted, (await SubmitAsync(Given.Row(2))).Outcome);
    }

    [RequiresFact]
    public async Task Fifty_who_send_the_same_file_at_once_enter_it_once()
    {
        var instances = new[] { store, await OpenAsync() };
        RecordRow[] file = [.. Enumerable.Range(1, 20).Select(n => Given.Row(n))];

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(
            () => Clinic.SubmitAsync(instances[n % 2], n % 3 == 0 ? [.. file.Reverse()] : file))));

        Assert.Equal(20, results.SelectMany(r => r).Count(r => r.Outcome == SubmitOutcome.Accepted));
        Assert.Equal(980, results.SelectMany(r => r).Count(r => r.Outcome == SubmitOutcome.Unchanged));
        Assert.Equal(20, await ScalarAsync("select count(*) from record"));
    }

    [RequiresFact]
    public async Task Of_two_who_correct_one_version_at_once_only_one_does()
    {
        var instances = new[] { store, await OpenAsync() };
        await Clinic.SubmitAsync(store, [.. Enumerable.Range(1, 40).Select(n => Given.Row(n))]);

        var results = await Task.WhenAll(Enumerable.Range(1, 40).SelectMany(n => instances.Select((instance, i) =>
            Task.Run(() => Clinic.SubmitAsync(
                instance, Given.Row(n) with { Lot = $"FROM{i}", Corrects = "1" })))));

        Assert.Equal(40, results.Count(r => r[0].Outcome == SubmitOutcome.Corrected));
        Assert.Equal(40, results.Count(r => r[0].Outcome == SubmitOutcome.Refused));
        Assert.Equal(40, await ScalarAsync("select count(*) from record_version"));
    }
}
