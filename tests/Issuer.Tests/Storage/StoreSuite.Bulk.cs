using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Tests.Storage;

/// <summary>Bulk acts: shown, approved, executed exactly, honest holders issued anew.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task A_bad_facility_is_shown_approved_and_executed_and_the_honest_get_new_certificates()
    {
        await CampaignAsync();
        var criteria = new BulkCriteria(Facility: Given.OtherFacility);

        var impact = await PreviewAsync(criteria, RevocationReason.Fraud);
        Assert.Equal((3, 2, 2, 1), (impact.Items, impact.Certificates, impact.People, impact.Reissuable));
        Assert.Equal(2, impact.ByKid[clinic.Dsc.Own.Kid.ToString()]);
        Assert.Equal(0, await ScalarAsync("select count(*) from revocation"));

        var done = await ExecuteAsync(criteria, RevocationReason.Fraud);
        Assert.Equal((3, 0, 2), (done.Done, done.Changed, done.Certificates));
        Assert.Equal(impact.Reissuable, (await clinic.IssueAsync(store)).Issued);

        Assert.Equal(
            [
                (1, CertificateState.Revoked), (1, CertificateState.Current), (1, CertificateState.Superseded),
                (2, CertificateState.Revoked), (3, CertificateState.Current),
            ],
            (await StatesByPersonAsync()).OrderBy(p => p.Person).ThenBy(p => p.Person == 1
                ? Array.IndexOf(
                    [CertificateState.Revoked, CertificateState.Current, CertificateState.Superseded], p.State)
                : 0));
    }

    [RequiresFact]
    public async Task Rows_that_changed_since_they_were_shown_are_left_alone_and_told()
    {
        await CampaignAsync();
        var asked = await RequestAsync(BulkOf(new BulkCriteria(Facility: Given.OtherFacility), RevocationReason.Fraud));
        await CorrectAsync(Given.Row(2, 2, Given.OtherFacility) with { Lot = "ABV9" }, 1);
        Assert.Null((await ApproveAsync(asked, Second)).Rejection);

        var done = await StepsAsync();

        Assert.Equal((2, 1), (done.Done, done.Changed));
        Assert.Equal(0, await ScalarAsync("select withdrawn from record where reference = '2-2'"));
        Assert.Equal(1, await ScalarAsync("select count(*) from audit where act like 'bulk-revocation-left-alone%'"));
    }

    [RequiresFact]
    public async Task What_came_after_it_was_shown_is_not_of_it()
    {
        await CampaignAsync();
        var asked = await RequestAsync(BulkOf(new BulkCriteria(Facility: Given.OtherFacility), RevocationReason.Fraud));
        await SubmitAsync(Given.Row(3, 3, Given.OtherFacility));
        await ApproveAsync(asked, Second);
        Assert.Equal(3, (await StepsAsync()).Items);
        Assert.Equal(3, await ScalarAsync("select count(*) from record where withdrawn = 1"));
    }

    [RequiresFact]
    public async Task Nothing_is_executed_before_the_second_person_says_yes()
    {
        await CampaignAsync();
        await RequestAsync(BulkOf(new BulkCriteria(Facility: Given.OtherFacility), RevocationReason.Fraud));
        Assert.Null(await store.Steps.StepAsync(Given.Now, default));
    }

    [RequiresFact]
    public async Task A_bad_lot_voids_its_doses_and_nothing_else()
    {
        await clinic.CertifyAsync(
            store, Given.Row(1, 1), Given.Row(1, 2) with { Lot = "BAD1" }, Given.Row(2, 1), Given.Row(2, 2));
        var done = await ExecuteAsync(
            new BulkCriteria(Product: "EU/1/21/1529", Lot: "BAD1"), RevocationReason.IssuedInError);
        Assert.Equal((1, 1), (done.Done, done.Certificates));
        Assert.Equal(
            [(1, CertificateState.Revoked), (2, CertificateState.Current)],
            (await StatesByPersonAsync()).OrderBy(p => p.Person));
    }

    [RequiresFact]
    public async Task A_dose_that_one_facility_entered_twice_falls_with_both_records()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1, Given.OtherFacility), Given.Row(1, 2, Given.OtherFacility));
        await Clinic.SubmitAsync(store, Given.Row(1, 2, Given.OtherFacility) with { Reference = "again" });
        await MatchAttestIssueAsync();
        var criteria = new BulkCriteria(Facility: Given.OtherFacility);

        Assert.Equal(1, (await PreviewAsync(criteria, RevocationReason.Fraud)).Certificates);
        Assert.Equal(1, (await ExecuteAsync(criteria, RevocationReason.Fraud)).Certificates);
        Assert.Equal(CertificateState.Revoked, Assert.Single(await CertificatesAsync()).StateAt(Given.Now));
    }

    [RequiresFact]
    public async Task Certificates_of_a_dsc_and_time_are_leaked_and_their_holders_are_due_for_others()
    {
        await CampaignAsync();
        var criteria = new BulkCriteria(
            Kid: clinic.Dsc.Own.Kid.ToString(), To: Given.Now.AddDays(1).ToUnixTimeSeconds());
        var impact = await PreviewAsync(criteria, RevocationReason.Leaked);
        Assert.Equal((4, 4, 3, 3), (impact.Items, impact.Certificates, impact.People, impact.Reissuable));

        Assert.Equal(4, (await ExecuteAsync(criteria, RevocationReason.Leaked)).Certificates);
        Assert.Equal(3, await ScalarAsync("select count(*) from lineage where is_open = 1 and regenerate_cause = 6"));
        Assert.Equal(0, (await PreviewAsync(criteria, RevocationReason.Leaked)).Items);
    }

    [RequiresFact]
    public async Task A_person_is_found_by_document_and_all_of_their_lineage_falls()
    {
        await CampaignAsync();
        var subject = await store.BulkRevocations.SubjectOfAsync($"VNM:{Given.Number(1)}", default);
        Assert.Equal(
            2, (await ExecuteAsync(new BulkCriteria(Subject: subject), RevocationReason.Deceased)).Certificates);
        Assert.Null(await store.BulkRevocations.SubjectOfAsync("VNM:000000000000", default));
    }

    [RequiresFact]
    public async Task A_withdrawn_dsc_revokes_unlisted_and_its_holders_get_successors()
    {
        await CampaignAsync();
        await store.Pki.AddAsync([clinic.Dsc.Own], default);
        await RevokeAsync((await CertificatesAsync())[0].Slot, RevocationReason.Leaked);
        Assert.Single(await ListedAsync());

        await DoAsync(new WithdrawDsc(clinic.Dsc.Own.Kid.ToString(), "its key is out"));
        while (await store.KeyWithdrawals.StepAsync(SuccessionCause.KeyWithdrawn, Given.Now, default))
        {
        }

        Assert.All(await CertificatesAsync(), c => Assert.Equal(CertificateState.Revoked, c.StateAt(Given.Now)));
        Assert.Equal(3, await ScalarAsync("select count(*) from lineage where is_open = 1 and regenerate_cause = 7"));
        Assert.Empty(await ListedAsync());
        Assert.Empty(await OfListsAsync(Given.Now, async source => await source.UnexpiredAsync(default).ToListAsync()));
        var all = (await CertificatesAsync()).ConvertAll(c => c.Slot);
        var why = await OfListsAsync(Given.Now, source => source.ExplainAsync(all, Given.Now.AddDays(-1), default));
        Assert.Equal((all.Count, (long)all.Count), (why.Gone.Count, why.CertificatesGone));
    }

    [RequiresFact]
    public async Task Lists_hold_what_is_in_effect_in_order_and_nothing_else()
    {
        await CampaignAsync();
        var slots = (await CertificatesAsync()).ConvertAll(c => c.Slot);
        await RevokeAsync(slots[2], RevocationReason.Leaked);
        await RevokeAsync(slots[0], RevocationReason.Leaked);
        await ExecuteAsync($"update revocation set effective_at = effective_at + 60 where slot = {slots[0].Value}");

        Assert.Equal([slots[2]], (await ListedAsync()).Select(c => c.Slot));
        Assert.Equal([slots[0], slots[2]], (await ListedAsync(Given.Now.AddSeconds(60))).Select(c => c.Slot));
        Assert.Empty(await ListedAsync(Given.Now.AddYears(2)));
        Assert.Equal(
            (await CertificatesAsync()).ConvertAll(c => new UnexpiredCertificate(
                c.Slot, clinic.Dsc.Own.Kid, RevocationHash.OfSignature(CoseAlgorithm.ES256, c.Signature),
                c.Slot == slots[2])),
            await OfListsAsync(Given.Now, async source => await source.UnexpiredAsync(default).ToListAsync()));
        await DoAsync(new UndoRevocation(slots[2].Value, "mistaken"));
        Assert.Empty(await ListedAsync());
        var why = await OfListsAsync(Given.Now, source => source.ExplainAsync(slots, Given.Now.AddDays(-1), default));
        // Whoever else of the lineage was revoked is undone with it.
        Assert.Contains(slots[2], why.Undone);
        Assert.DoesNotContain(slots[1], why.Undone);
        Assert.Empty(why.Gone);
        Assert.NotEmpty(await OfListsAsync(Given.Now, source => source.UndoneAsync(Given.Now, default)));
    }

    [RequiresFact]
    public async Task Undone_the_whole_lineage_stands_again()
    {
        var (old, head) = await BoosterAsync();
        await RevokeAsync(head, RevocationReason.Fraud);
        await DoAsync(new UndoRevocation(old.Value, "another person's"));
        Assert.Equal([CertificateState.Superseded, CertificateState.Current], await StatesAsync(old, head));
        Assert.Equal(1, (await clinic.IssueAsync(store)).Unchanged);
    }

    static RevokeInBulk BulkOf(BulkCriteria criteria, RevocationReason why) =>
        new(criteria, why, "looked into") { AsOf = Given.Now };

    Task<BulkImpact> PreviewAsync(BulkCriteria criteria, RevocationReason why) => store.BulkRevocations.PreviewAsync(
        criteria, why.Rule().ReachesLineage,
        (doses, withdrawn) => DecideCourse.Decide(
            SuccessionRule.Remaining(doses, withdrawn), Given.Certification).Entitlement is not null,
        Given.Now, default);

    async Task<BulkProgress> ExecuteAsync(BulkCriteria criteria, RevocationReason why)
    {
        await DoAsync(BulkOf(criteria, why));
        return await StepsAsync();
    }

    async Task<BulkProgress> StepsAsync()
    {
        BulkProgress? last = null;
        while (await store.Steps.StepAsync(Given.Now, default) is { } step)
        {
            last = step;
        }
        Assert.True(last is { Waiting: 0, FinishedAt: not null });
        return last;
    }

    Task<List<ListedCertificate>> ListedAsync(DateTimeOffset? at = null) => OfListsAsync(
        at ?? Given.Now, async source => await source.RefusedAsync(at ?? Given.Now, default).ToListAsync());

    Task<T> OfListsAsync<T>(DateTimeOffset at, Func<IListSource, Task<T>> read) =>
        store.Publications.SnapshotAsync(at, read, default);

    /// <summary>
    /// One whose booster came from the other facility, one whose second dose did, and one who never was there; and a
    /// record of the other facility's that nothing rests on.
    /// </summary>
    async Task CampaignAsync()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2), Given.Row(3, 1), Given.Row(3, 2),
            Given.Row(2, 1), Given.Row(2, 2, Given.OtherFacility));
        await clinic.CertifyAsync(store, Given.Row(1, 3, Given.OtherFacility) with { DoseKind = "booster" });
        await SubmitAsync(Given.Row(3, 9, Given.OtherFacility) with { IdentityNumber = "", IdentityType = "" });
    }

    async Task<List<(long Person, CertificateState State)>> StatesByPersonAsync()
    {
        var people = new List<(long, CertificateState)>();
        foreach (var person in new[] { 1, 2, 3 })
        {
            people.AddRange((await store.Holders.OfDocumentAsync($"VNM:{Given.Number(person)}", default))
                .Select(c => ((long)person, c.StateAt(Given.Now))));
        }
        return people;
    }
}
