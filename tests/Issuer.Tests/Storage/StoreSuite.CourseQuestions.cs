using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

/// <summary>Questions about courses: whose they are, and that an unlikely dose waits for its answer.</summary>
public abstract partial class StoreSuite
{
    static readonly RecordScope OwnScope = new(Given.Facility, null);

    [RequiresFact]
    public async Task A_question_is_on_the_lists_of_both_facilities_until_it_is_answered_and_keeps_its_day()
    {
        var other = Given.Row(1, 2, Given.OtherFacility) with { Product = "Pfizer" };
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2), other, Given.Row(2, 1), Given.Row(2, 2));
        var question = Assert.Single(await QuestionsAsync(Given.Facility));
        Assert.Equal(
            (DecisionReason.ConflictingDoses, "1-2", Given.OtherFacility, "1-2", Given.Facility),
            (question.Reason, question.Raised.Reference, question.Raised.Facility, question.Other!.Reference,
                question.Other.Facility));
        Assert.Equal(Given.Now, question.AskedAt);
        Assert.Single(await QuestionsAsync(Given.OtherFacility));
        Assert.Single(await QuestionsAsync(null));
        Assert.Empty(await QuestionsAsync("nowhere"));

        clinic.Now = Given.Now.AddDays(1);
        await SubmitAsync(Given.Row(1, 4) with { VaccinatedOn = "2022-02-01" });
        await Clinic.MatchAsync(store);
        await clinic.IssueAsync(store);
        Assert.Equal(Given.Now, Assert.Single(await QuestionsAsync(null)).AskedAt);

        await CorrectAsync(other with { VaccinatedOn = "2022-01-05", DoseNumber = "3" }, 1);
        await clinic.CertifyAsync(store);
        Assert.Empty(await QuestionsAsync(null));
    }

    Task<IReadOnlyList<OpenQuestion>> QuestionsAsync(string? facility) => store.CourseQuestions.PageAsync(
        WorklistScope.Everywhere, new WorklistScope(facility), 0, 10, default);

    [RequiresFact]
    public async Task An_unlikely_dose_certifies_nothing_before_it_is_confirmed()
    {
        var record = await EnterUnlikelyAsync();
        Assert.Empty(await CertificatesAsync());

        Assert.Null(await store.Confirm.RunAsync(OwnScope, record, 1, Given.Signatory, default));
        Assert.Equal(1, (await MatchAttestIssueAsync()).Issued);

        Assert.Single(await CertificatesAsync());
        Assert.Empty(await QuestionsAsync(Given.Facility));
    }

    [RequiresFact]
    public async Task A_correction_ends_a_confirmation()
    {
        var record = await EnterUnlikelyAsync();
        Assert.Null(await store.Confirm.RunAsync(OwnScope, record, 1, Given.Signatory, default));
        await MatchAttestIssueAsync();

        await CorrectAsync(Given.Row(1, 2) with { VaccinatedOn = Early, Lot = "AZ2" }, 1);
        await MatchAttestIssueAsync();

        Assert.Equal(DecisionReason.TooSoon, Assert.Single(await QuestionsAsync(Given.Facility)).Reason);
    }

    [RequiresFact]
    public async Task Only_somebody_of_the_facility_who_did_not_enter_it_confirms_what_is_asked_about()
    {
        var record = await EnterUnlikelyAsync();
        var other = new RecordScope(Given.OtherFacility, null);

        Assert.Equal(RejectionKind.Forbidden, await KindAsync(OwnScope, record, 1, Given.Act));
        Assert.Equal(RejectionKind.NotFound, await KindAsync(other, record, 1, Given.Signatory));
        Assert.Equal(RejectionKind.Conflict, await KindAsync(OwnScope, record, 2, Given.Signatory));
        Assert.Equal(RejectionKind.Conflict, await KindAsync(OwnScope, record - 1, 1, Given.Signatory));
        Assert.Equal(0, await ScalarAsync("select count(*) from confirmed_dose"));
        Assert.Null(await store.Confirm.RunAsync(OwnScope, record, 1, Given.Signatory, default));
    }

    static string Early => "2021-09-10";

    /// <summary>Eleven days after the first.</summary>
    async Task<long> EnterUnlikelyAsync()
    {
        await clinic.CertifyAsync(
            store, Given.Row(1, 1) with { VaccinatedOn = "2021-08-30" }, Given.Row(1, 2) with { VaccinatedOn = Early });
        return Assert.Single(await QuestionsAsync(Given.Facility)).Raised.RecordId;
    }

    async Task<RejectionKind?> KindAsync(RecordScope scope, long record, long version, Act act) =>
        (await store.Confirm.RunAsync(scope, record, version, act, default))?.Kind;
}
