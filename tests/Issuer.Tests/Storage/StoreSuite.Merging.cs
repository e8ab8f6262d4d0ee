using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    static readonly RecordScope Country = new(null, null);

    static string Passport(string number) => DocumentKey.OfPassport("KOR", number);

    [RequiresFact]
    public async Task Doses_under_two_passports_are_one_persons_after_the_merge()
    {
        var (kept, merged) = await TwoPassportsAsync();

        await DoAsync(new MergeSubjects(kept, merged, "two passports"));
        await clinic.AttestAsync(store);

        Assert.Equal(1, (await clinic.IssueAsync(store)).Issued);
        Assert.Single(await store.Holders.OfDocumentAsync(Passport("M12345678"), default));
        Assert.Single(await store.Holders.OfDocumentAsync(Passport("M87654321"), default));
        Assert.Equal(1, await store.Counts.PeopleAsync(default));
        Assert.Empty(await store.SubjectProposals.PageAsync(0, 10, default));
    }

    [RequiresFact]
    public async Task Of_two_open_lineages_the_one_with_the_newest_certificate_goes_on_as_merged()
    {
        var (kept, merged) = await TwoCertifiedPassportsAsync();
        await DoAsync(new MergeSubjects(kept, merged, "two passports"));
        await clinic.AttestAsync(store);
        Assert.Equal(1, (await clinic.IssueAsync(store)).Issued);

        var certificates = await store.Holders.OfDocumentAsync(Passport("M12345678"), default);
        Assert.Equal(3, certificates.Count);
        var current = Assert.Single(certificates, c => c.IsLineageHead);
        Assert.Equal(SuccessionCause.Merged, current.Cause);
        var later = certificates.Where(c => c.Slot != current.Slot).MaxBy(c => c.IssuedAt)!;
        Assert.Equal((later.Slot, later.LineageId), (current.Predecessor!.Value, current.LineageId));
        Assert.Equal(1, await ScalarAsync("select count(*) from lineage where is_open = 1"));
    }

    [RequiresFact]
    public async Task Undoing_a_merge_restores_exactly_what_was()
    {
        var (kept, merged) = await TwoCertifiedPassportsAsync();
        var before = await PictureAsync();

        var merge = await DoAsync(new MergeSubjects(kept, merged, "two passports"));
        Assert.NotEqual(before, await PictureAsync());
        await DoAsync(new UndoMerge(merge.Id, "brothers"));

        Assert.Equal(before, await PictureAsync());
    }

    [RequiresFact]
    public async Task What_came_after_a_merge_finds_its_own_person_when_it_is_undone()
    {
        var (kept, merged) = await TwoPassportsAsync();
        var merge = await DoAsync(new MergeSubjects(kept, merged, "two passports"));
        var third = await SubmitAsync(Given.Foreigner(3, "M87654321"));
        await Clinic.MatchAsync(store);

        await DoAsync(new UndoMerge(merge.Id, "brothers"));
        await Clinic.MatchAsync(store);

        Assert.Equal(merged, await ScalarAsync($"select subject_id from record where id = {third.RecordId}"));
    }

    [RequiresFact]
    public async Task Two_citizens_are_never_merged_however_alike()
    {
        await Clinic.SubmitAsync(store, Given.Row(1), Given.Row(2));
        await Clinic.MatchAsync(store);
        var due = await store.Certificates.ClaimDueAsync(0, 10, default);

        Assert.Empty(await store.SubjectProposals.PageAsync(0, 10, default));
        var asked = await store.Acts.RequestAsync(
            new MergeSubjects(due[0].Id, due[1].Id, "alike"), Asker, Given.Now, default);
        Assert.NotNull(asked.Rejection);
    }

    [RequiresFact]
    public async Task The_same_dose_a_few_days_apart_is_proposed_marked_and_told_apart_again()
    {
        await Clinic.SubmitAsync(store, Given.Row(1), NearMissOfFirst);
        await Clinic.MatchAsync(store);
        var pair = Assert.Single(
            await store.Duplicates.PageAsync(new RecordScope(Given.OtherFacility, null), 0, 10, default));
        Assert.Single(await store.Duplicates.PageAsync(new RecordScope(null, "01"), 0, 10, default));
        Assert.Empty(await store.Duplicates.PageAsync(new RecordScope("nowhere", null), 0, 10, default));

        var (dose, original) = (pair.Dose.RecordId, pair.Original.RecordId);
        Assert.NotNull(await store.Marks.MarkAsync(
            new RecordScope(Given.Facility, null), dose, original, Given.Act, default));
        Assert.Null(await store.Marks.MarkAsync(Country, dose, original, Given.Act, default));
        Assert.True((await StandingAsync(NearMissOfFirst)).IsDuplicate);
        Assert.Empty(await store.Duplicates.PageAsync(Country, 0, 10, default));

        Assert.Null(await store.Marks.UnmarkAsync(Country, dose, Given.Act, default));
        Assert.False((await StandingAsync(NearMissOfFirst)).IsDuplicate);
        Assert.NotNull(await store.Marks.UnmarkAsync(Country, dose, Given.Act, default));
    }

    [RequiresFact]
    public async Task A_mark_falls_when_either_record_is_corrected()
    {
        await Clinic.SubmitAsync(store, Given.Row(1), NearMissOfFirst);
        await Clinic.MatchAsync(store);
        var pair = Assert.Single(await store.Duplicates.PageAsync(Country, 0, 10, default));
        Assert.Null(await store.Marks.MarkAsync(
            Country, pair.Dose.RecordId, pair.Original.RecordId, Given.Act, default));

        await CorrectAsync(Given.Row(1) with { Lot = "ABV9" }, 1);
        await Clinic.MatchAsync(store);

        Assert.False((await StandingAsync(NearMissOfFirst)).IsDuplicate);
    }

    /// <summary>The first dose of the first person, at the other facility, four days later.</summary>
    static RecordRow NearMissOfFirst => Given.Row(1, 1, Given.OtherFacility) with { VaccinatedOn = "2021-09-03" };

    /// <summary>One foreigner with a complete course and a certificate under each of two passports.</summary>
    async Task<(long Kept, long Merged)> TwoCertifiedPassportsAsync()
    {
        await clinic.CertifyAsync(store, Given.Foreigner(1), Given.Foreigner(2));
        clinic.Now = Given.Now.AddHours(1);
        await clinic.CertifyAsync(
            store, Given.Foreigner(3, "M87654321") with { Product = "Janssen", DoseNumber = null, DoseKind = null });
        var proposal = Assert.Single(await store.SubjectProposals.PageAsync(0, 10, default));
        return (proposal.Keep, proposal.Merge);
    }

    /// <summary>Everything a merge may touch, in words.</summary>
    async Task<IReadOnlyList<string>> PictureAsync()
    {
        await using var database = await Database.OpenAsync(ConnectionString, Directory, default);
        return await database.WriteAsync(
            session => session.QueryAsync<string>(
                """
                select 'document ' || document || ' ' || subject_id from identity_document
                union all select 'record ' || id || ' ' || subject_id || ' ' || attested || ' '
                    || coalesce(cast(duplicate_of as text), '-') || ' ' || state || ' ' || version from record
                union all select 'lineage ' || id || ' ' || subject_id || ' ' || is_open || ' '
                    || coalesce(cast(current_slot as text), '-') || ' ' || merged from lineage
                union all select 'subject ' || id || ' ' || coalesce(cast(merged_by as text), '-') from subject
                order by 1
                """),
            default);
    }
}
