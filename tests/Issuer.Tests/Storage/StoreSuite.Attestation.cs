using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task Matched_doses_wait_for_their_own_facility_with_the_earlier_ones()
    {
        await Clinic.SubmitAsync(
            store, Given.Row(1, 2), Given.Row(1, 1, Given.OtherFacility), Given.Row(2) with { IdentityNumber = "" });
        await Clinic.MatchAsync(store);

        var waiting = Assert.Single(await store.Facilities.ToAttestAsync(Given.Facility, 0, 10, default));

        Assert.Equal("1-2", waiting.Dose.Record.Reference);
        var earlier = Assert.Single(waiting.Earlier);
        Assert.Equal(Given.Record(Given.Row(1, 1, Given.OtherFacility)).Digest(), earlier.Digest);
        Assert.Equal(2, (await store.Facilities.ToAttestAsync(null, 0, 10, default)).Count);
        Assert.Empty(await store.Facilities.ToAttestAsync("40404", 0, 10, default));
        Assert.Empty(await store.Facilities.ToAttestAsync(null, 1_000_000, 10, default));
    }

    [RequiresFact]
    public async Task A_signed_dose_waits_no_more_and_cannot_be_signed_twice()
    {
        var waiting = await WaitingAsync(Given.Row());
        var jws = clinic.Sign(waiting, store);
        var attest = Clinic.Attest(store);

        Assert.Equal([null], await attest.AttestAsync([jws], Given.Facility, Given.Signatory, default));
        Assert.Equal(
            [AttestationFault.NothingToAttest],
            await attest.AttestAsync([jws], Given.Facility, Given.Signatory, default));

        Assert.Empty(await store.Facilities.ToAttestAsync(null, 0, 10, default));
        Assert.Equal(1, await ScalarAsync("select count(*) from attestation where signed_by = 'signatory'"));
    }

    [RequiresFact]
    public async Task Only_the_facilitys_own_signature_over_the_statement_of_now_is_kept()
    {
        var waiting = await WaitingAsync(Given.Row());
        var attest = Clinic.Attest(store);
        var jws = clinic.Sign(waiting, store);
        var foreign = jws.Replace(jws.Split('.')[2], clinic.Sign(
            waiting with { Dose = waiting.Dose with { Version = 2 } }, store).Split('.')[2], StringComparison.Ordinal);
        var stale = clinic.Sign(waiting with { Dose = waiting.Dose with { Version = 2 } }, store);

        Assert.Equal(
            [AttestationFault.BadSignature, AttestationFault.StatementChanged, AttestationFault.MalformedJws],
            await attest.AttestAsync([foreign, stale, "x"], null, Given.Signatory, default));
        Assert.Equal(
            [AttestationFault.NothingToAttest],
            await attest.AttestAsync([jws], Given.OtherFacility, Given.Signatory, default));
        Assert.Equal(0, await ScalarAsync("select count(*) from attestation"));
    }

    [RequiresFact]
    public async Task Correcting_an_earlier_dose_voids_the_later_signatures_only()
    {
        await Clinic.SubmitAsync(store, Given.Row(1, 1), Given.Row(1, 2), Given.Row(1, 3), Given.Row(2, 2));
        await Clinic.MatchAsync(store);
        await clinic.AttestAsync(store);

        await CorrectAsync(Given.Row(1, 2) with { Lot = "ABV2" }, 1);
        Assert.Equal(["1-3"], await WaitingReferencesAsync());

        await Clinic.MatchAsync(store);
        Assert.Equal(["1-2", "1-3"], await WaitingReferencesAsync());
    }

    [RequiresFact]
    public async Task A_statement_fetched_before_an_earlier_dose_changed_is_refused()
    {
        await Clinic.SubmitAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        await Clinic.MatchAsync(store);
        var before = (await store.Facilities.ToAttestAsync(null, 0, 10, default)).Single(d => d.Earlier.Count == 1);
        await CorrectAsync(Given.Row(1, 1) with { Lot = "ABV2" }, 1);
        await Clinic.MatchAsync(store);

        Assert.Equal(
            [AttestationFault.StatementChanged],
            await Clinic.Attest(store).AttestAsync([clinic.Sign(before, store)], null, Given.Signatory, default));
        Assert.Equal(
            [false], await store.Facilities.AttestAsync([new NewAttestation(before, "x")], Given.Signatory, default));
    }

    [RequiresFact]
    public async Task A_dose_that_turns_up_voids_nothing_and_counts_once_it_is_signed_for()
    {
        await WaitingAsync(Given.Row(1, 2));
        await clinic.AttestAsync(store);
        Assert.Equal(1, (await clinic.IssueAsync(store)).Issued);

        await SubmitAsync(Given.Row(1, 1));
        await Clinic.MatchAsync(store);

        Assert.Equal(["1-1"], await WaitingReferencesAsync());
        Assert.Equal(0, (await clinic.IssueAsync(store)).Issued);
        Assert.Equal(0, await ScalarAsync("select count(*) from revocation"));
        Assert.Equal(0, await ScalarAsync("select count(*) from record where relied_on = 1"));
    }

    [RequiresFact]
    public async Task An_entry_that_nobody_signed_for_does_not_keep_the_same_dose_from_being_signed()
    {
        await Clinic.SubmitAsync(
            store, Given.Row(1, 2, Given.OtherFacility), Given.Row(1, 1), Given.Row(1, 2),
            Given.Row(1, 2) with { Reference = "again" });
        await Clinic.MatchAsync(store);
        var own = await store.Facilities.ToAttestAsync(Given.Facility, 0, 10, default);
        Assert.Equal(["1-1", "1-2", "again"], own.Select(d => d.Dose.Record.Reference));
        var second = own[1];
        Assert.Equal([own[0].Dose.Id], second.Earlier.Select(earlier => earlier.RecordId));

        Assert.Equal(
            [null], await Clinic.Attest(store).AttestAsync([clinic.Sign(second, store)], null, Given.Signatory, default));

        Assert.Equal(1, (await clinic.IssueAsync(store)).Issued);
        Assert.Empty(await store.Facilities.ToAttestAsync(Given.OtherFacility, 0, 10, default));
        Assert.Equal(2, await ScalarAsync($"select count(*) from record where duplicate_of = {second.Dose.Id}"));
    }

    [RequiresFact]
    public async Task Whoever_entered_any_version_of_a_record_does_not_sign_for_it_however_they_are_spelled()
    {
        await Clinic.SubmitAsync(store, Given.Row(1, 1));
        var commune = new Act("commune", Given.Now);
        await store.Records.SubmitAsync(
            [Given.Checked(Given.Row(1, 1) with { Lot = "ABV2" }, 1)], null, null, commune, default);
        await Clinic.MatchAsync(store);
        var dose = Assert.Single(await store.Facilities.ToAttestAsync(null, 0, 10, default));

        foreach (var same in new[] { "commune", "test", " TEST ", "ｔｅｓｔ" })
        {
            Assert.Equal(
                [AttestationFault.SamePerson],
                await Clinic.Attest(store).AttestAsync(
                    [clinic.Sign(dose, store)], null, new Act(same, Given.Now), default));
        }
        Assert.Equal(
            [null], await Clinic.Attest(store).AttestAsync([clinic.Sign(dose, store)], null, Given.Signatory, default));
    }

    [RequiresFact]
    public async Task A_dose_that_a_statement_relies_on_is_told_by_it_until_either_falls()
    {
        await Clinic.SubmitAsync(store, Given.Row(1, 1), Given.Row(1, 2), Given.Row(1, 3));
        await Clinic.MatchAsync(store);
        var last = (await store.Facilities.ToAttestAsync(null, 0, 10, default)).Single(d => d.Earlier.Count == 2);
        await Clinic.Attest(store).AttestAsync([clinic.Sign(last, store)], null, Given.Signatory, default);
        Assert.Equal(2, await ScalarAsync("select count(*) from record where relied_on = 1"));

        await CorrectAsync(Given.Row(1, 1) with { Lot = "ABV2" }, 1);

        Assert.Equal(0, await ScalarAsync("select count(*) from record where relied_on = 1 or attested = 1"));
    }

    [RequiresFact]
    public async Task A_strangers_records_neither_contradict_nor_end_nor_replace_what_is_signed_for()
    {
        // Entered first, by somebody else, and matched only when the certificate is there.
        await SubmitAsync(Given.Row(1, 1, Given.OtherFacility) with { IdentityNumber = "" });
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        await CorrectAsync(Given.Row(1, 1, Given.OtherFacility), 1);
        await Clinic.SubmitAsync(
            store,
            Given.Row(1, 2, Given.OtherFacility) with { Reference = "day", Product = "Pfizer" },
            Given.Row(1, 1, Given.OtherFacility) with { Reference = "number", VaccinatedOn = "2022-01-10" });
        await Clinic.MatchAsync(store);

        Assert.Equal(0, (await clinic.IssueAsync(store)).Issued);

        Assert.Equal(0, await ScalarAsync("select count(*) from revocation"));
        Assert.Equal(2, await ScalarAsync("select count(*) from record where attested = 1 and duplicate_of is null"));
        Assert.Equal(0, await ScalarAsync("select count(*) from subject where refusals is not null"));
    }

    [RequiresFact]
    public async Task Where_two_that_are_signed_for_contradict_the_certificate_stands()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));

        var counts = await clinic.CertifyAsync(
            store, Given.Row(1, 2, Given.OtherFacility) with { Product = "Pfizer" });

        Assert.Equal(0, counts.Issued);
        Assert.Equal(0, await ScalarAsync("select count(*) from revocation"));
        Assert.Equal(1, await ScalarAsync("select count(*) from lineage where is_open = 1"));
    }

    [RequiresFact]
    public async Task A_later_dose_or_a_duplicate_that_turns_up_voids_nothing()
    {
        await WaitingAsync(Given.Row(1, 2));
        await clinic.AttestAsync(store);
        await SubmitAsync(Given.Row(1, 3));
        var duplicate = Given.Row(1, 2, Given.OtherFacility);
        await Clinic.SubmitAsync(store, duplicate, duplicate with { Reference = "again" });
        await Clinic.MatchAsync(store);

        Assert.Equal(["1-3"], await WaitingReferencesAsync());
    }

    [RequiresFact]
    public async Task A_signature_and_a_correction_at_once_never_leave_an_unsigned_version_attested()
    {
        var other = await OpenAsync();
        await store.Registry.LoadAsync([.. Enumerable.Range(4, 40).Select(Given.Person)], default);
        await Clinic.SubmitAsync(store, [.. Enumerable.Range(4, 40).Select(n => Given.Row(n))]);
        await Clinic.MatchAsync(store);
        var waiting = await store.Facilities.ToAttestAsync(null, 0, 100, default);

        await Task.WhenAll(waiting.SelectMany(dose => new Func<Task>[]
        {
            () => Clinic.Attest(store).AttestAsync([clinic.Sign(dose, store)], null, Given.Signatory, default),
            () => Clinic.SubmitAsync(other, Given.Row(PersonOf(dose)) with { Lot = "ABV2", Corrects = "1" }),
        }).Select(Task.Run));

        Assert.Equal(40, await ScalarAsync("select count(*) from record where version = 2"));
        Assert.Equal(0, await ScalarAsync("select count(*) from record where attested = 1"));
    }

    static int PersonOf(DoseToAttest dose) => int.Parse(
        dose.Dose.Record.Reference.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);

    async Task<DoseToAttest> WaitingAsync(RecordRow row)
    {
        await SubmitAsync(row);
        await Clinic.MatchAsync(store);
        return Assert.Single(await store.Facilities.ToAttestAsync(null, 0, 10, default));
    }

    async Task<IEnumerable<string>> WaitingReferencesAsync() =>
        (await store.Facilities.ToAttestAsync(null, 0, 10, default)).Select(d => d.Dose.Record.Reference).Order();
}
