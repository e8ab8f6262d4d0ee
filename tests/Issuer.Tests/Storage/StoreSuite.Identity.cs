using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task Doses_under_the_old_and_the_new_number_are_one_persons()
    {
        await Clinic.SubmitAsync(
            store, Given.Row(1, 1),
            Given.Row(1, 2) with { IdentityType = "CMND", IdentityNumber = Given.OldNumber(1) });
        var counts = await Clinic.MatchAsync(store);

        Assert.Equal(2, counts.ByState[RecordState.Matched]);
        Assert.Equal(1, await store.Counts.PeopleAsync(default));
        Assert.Equal(2, Assert.Single(await store.Certificates.ClaimDueAsync(0, 10, default)).Doses.Count);
    }

    [RequiresFact]
    public async Task Two_people_who_were_given_one_old_number_stay_two()
    {
        await store.Registry.LoadAsync(
            [Given.Person(8), Given.Person(9) with { OldIdentityNumber = Given.OldNumber(8) }], default);
        await Clinic.SubmitAsync(
            store, Given.Row(8, 1), Given.Row(9, 1),
            Given.Row(9, 2) with { IdentityType = "CMND", IdentityNumber = Given.OldNumber(8) });
        var counts = await Clinic.MatchAsync(store);

        Assert.Equal(3, counts.ByState[RecordState.Matched]);
        var people = await store.Certificates.ClaimDueAsync(0, 10, default);
        Assert.Equal(
            [("Văn " + Given.Word(8), 1), ("Văn " + Given.Word(9), 2)],
            people.Select(p => (p.Identity.GivenName, p.Doses.Count)).Order());
    }

    [RequiresFact]
    public async Task A_newer_register_changes_what_it_says_and_records_are_asked_for_again()
    {
        var misspelt = Given.Row(1) with { GivenName = "Văn Khác" };
        await SubmitAsync(misspelt);
        await Clinic.MatchAsync(store);
        Assert.Equal(RecordState.Mismatched, (await StandingAsync(misspelt)).State);

        Assert.Equal(1, await store.Registry.LoadAsync([Given.Person(1) with { GivenName = "Văn Khác" }], default));
        Assert.Equal(0, await store.Registry.LoadAsync([Given.Person(1) with { GivenName = "Văn Khác" }], default));
        await store.Registry.AskAgainAsync(default);
        await Clinic.MatchAsync(store);

        Assert.Equal(RecordState.Matched, (await StandingAsync(misspelt)).State);
    }

    [RequiresFact]
    public async Task A_state_is_stored_with_what_differs_and_the_suggestion()
    {
        var swapped = Given.Row(1) with { DateOfBirth = "02/03/1985" };
        var unknown = Given.Row(2) with { IdentityNumber = "001085999999", GivenName = "Văn Không Ai" };
        var numberless = Given.Row(3) with { IdentityNumber = "", IdentityType = "" };
        await Clinic.SubmitAsync(store, swapped, unknown, numberless);
        await Clinic.MatchAsync(store);

        var standing = await StandingAsync(swapped);
        Assert.Equal(
            (RecordState.Mismatched, IdentityFields.DateOfBirth, "day-month-swapped"),
            (standing.State, standing.Differs, standing.Suggestion));
        Assert.Equal(RecordState.NotFound, (await StandingAsync(unknown)).State);
        Assert.Equal(RecordState.MissingId, (await StandingAsync(numberless)).State);
        Assert.Equal(0, await store.Counts.PeopleAsync(default));
    }

    [RequiresFact]
    public async Task A_corrected_record_is_pending_again()
    {
        var row = Given.Row(1) with { DateOfBirth = "1985-02-04" };
        await SubmitAsync(row);
        await Clinic.MatchAsync(store);
        Assert.Empty(await store.Identity.ClaimPendingAsync(0, 10, default));

        await CorrectAsync(Given.Row(1), 1);

        Assert.Single(await store.Identity.ClaimPendingAsync(0, 10, default));
        Assert.Equal(1, (await Clinic.MatchAsync(store)).ByState[RecordState.Matched]);
    }

    [RequiresFact]
    public async Task A_match_of_a_version_that_was_corrected_meanwhile_leaves_nothing_behind()
    {
        await SubmitAsync(Given.Foreigner() with { GivenName = "Min Yi" });
        var claimed = Assert.Single(await store.Identity.ClaimPendingAsync(0, 10, default));
        await CorrectAsync(Given.Foreigner(), 1);

        Assert.Empty(await store.Settle.SettleAsync([DecideMatch.Decide(claimed, null)], Given.Act, default));

        Assert.Equal(0, await store.Counts.PeopleAsync(default));
        Assert.Equal(RecordState.Pending, (await StandingAsync(Given.Foreigner())).State);
        Assert.Equal(1, (await Clinic.MatchAsync(store)).ByState[RecordState.Exempt]);
    }

    [RequiresFact]
    public async Task A_second_record_of_a_passport_that_says_something_else_is_mismatched()
    {
        await Clinic.SubmitAsync(
            store, Given.Foreigner(1), Given.Foreigner(2) with { Sex = "M", DateOfBirth = "1985-02-04" },
            Given.Foreigner(3) with { FamilyName = null, GivenName = null, FullName = "KIM MIN JI" });
        await Clinic.MatchAsync(store);

        var second = await StandingAsync(Given.Foreigner(2));
        Assert.Equal(
            (RecordState.Mismatched, IdentityFields.Sex | IdentityFields.DateOfBirth), (second.State, second.Differs));
        Assert.Equal(RecordState.Exempt, (await StandingAsync(Given.Foreigner(3))).State);
        Assert.Equal(1, await store.Counts.PeopleAsync(default));
    }

    [RequiresFact]
    public async Task Correcting_the_only_record_of_a_passport_corrects_the_person()
    {
        await SubmitAsync(Given.Foreigner() with { GivenName = "Min Yi" });
        await Clinic.MatchAsync(store);
        await CorrectAsync(Given.Foreigner(), 1);

        Assert.Equal(1, (await Clinic.MatchAsync(store)).ByState[RecordState.Exempt]);
        var person = Assert.Single(await store.Certificates.ClaimDueAsync(0, 10, default));
        Assert.Equal("Min Ji", person.Identity.GivenName);
        Assert.Equal(1, await store.Counts.PeopleAsync(default));
    }

    [RequiresFact]
    public async Task What_the_register_says_later_is_what_a_person_is_called()
    {
        await SubmitAsync(Given.Row(1, 1));
        await Clinic.MatchAsync(store);
        await SubmitAsync(Given.Row(1, 2));
        var claimed = Assert.Single(await store.Identity.ClaimPendingAsync(0, 10, default));
        var corrected = new RegistryPerson(
            Given.Number(1), Given.OldNumber(1), "Nguyễn", "Thị Hoa", Sex.Female, PartialDate.Parse("1985-02-05"));

        await store.Settle.SettleAsync(
            [DecideMatch.Decide(claimed, new RegistryAnswer(IdentityFields.None, corrected))], Given.Act, default);

        var identity = Assert.Single(await store.Certificates.ClaimDueAsync(0, 10, default)).Identity;
        Assert.Equal(
            ("Thị Hoa", Sex.Female, "1985-02-05"), (identity.GivenName, identity.Sex, identity.DateOfBirth.ToString()));
    }

    [RequiresFact]
    public async Task The_same_dose_from_two_facilities_counts_once_until_the_first_is_corrected()
    {
        var first = Given.Row(1, 1);
        var second = Given.Row(1, 1, Given.OtherFacility);
        await Clinic.SubmitAsync(store, first, second);
        await Clinic.MatchAsync(store);

        Assert.False((await StandingAsync(first)).IsDuplicate);
        Assert.True((await StandingAsync(second)).IsDuplicate);
        Assert.Single(Assert.Single(await store.Certificates.ClaimDueAsync(0, 10, default)).Doses);
        Assert.Equal(1, (await store.Counts.RecordsByStateAsync(default))["duplicate"]);

        await CorrectAsync(first with { Product = "Pfizer", VaccinatedOn = "2021-07-30" }, 1);
        Assert.False((await StandingAsync(second)).IsDuplicate);
        await Clinic.MatchAsync(store);
        Assert.Equal(2, Assert.Single(await store.Certificates.ClaimDueAsync(0, 10, default)).Doses.Count);
    }

    [RequiresFact]
    public async Task Loading_the_register_again_changes_nothing()
    {
        var oldOnly = Given.Person(4) with { IdentityNumber = null };
        await store.Registry.LoadAsync([Given.Person(1), oldOnly], default);
        await store.Registry.LoadAsync([Given.Person(1), oldOnly], default);

        Assert.Equal(4, await ScalarAsync("select count(*) from population"));
    }
}
