using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage;

namespace Issuer.Tests.Storage;

/// <summary>What the registry answers has a budget, in a store where many guess at once (design.md 4.20).</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task Of_twelve_rows_in_one_file_for_one_number_six_are_answered_and_the_rest_later()
    {
        await ClaimAsync(Given.Now, [.. Enumerable.Range(1, 12).Select(Guess)]);
        await MatchAtAsync(Given.Now);
        Assert.Equal((1, 5, 6), await AnsweredAsync());
        Assert.Equal(Given.Now.AddDays(30).ToUnixTimeSeconds(), await ScalarAsync("select min(answer_from) from record"));

        await MatchAtAsync(Given.Now.AddDays(29.9));
        Assert.Equal((1, 5, 6), await AnsweredAsync());
        await MatchAtAsync(Given.Now.AddDays(30));
        Assert.Equal((1, 10, 1), await AnsweredAsync());
        await MatchAtAsync(Given.Now.AddDays(60));
        Assert.Equal((1, 11, 0), await AnsweredAsync());
    }

    [RequiresFact]
    public async Task A_right_guess_beyond_the_budget_waits_like_a_wrong_one_and_its_person_is_not_known()
    {
        await ClaimAsync(Given.Now, [.. Enumerable.Range(2, 6).Select(Guess)]);

        var rows = await ClaimAsync(Given.Now, [Guess(1), Guess(8)]);
        await MatchAtAsync(Given.Now);

        Assert.All(rows, row => Assert.Equal(
            [new Fault("identity_number", FaultCode.AnsweredLater)], row.Faults.Where(f => f.Is(FaultCode.AnsweredLater))));
        foreach (var row in rows)
        {
            var record = await store.FacilityRecords.FindAsync(Given.Facility, row.RecordId!.Value, default);
            Assert.Equal((RecordState.Pending, IdentityFields.None, null, false), (
                record!.State, record.Differs, record.Suggestion, record.IsDuplicate));
        }
        Assert.Equal(0, await ScalarAsync("select count(*) from record where subject_id is not null"));
    }

    [RequiresFact]
    public async Task One_record_corrected_again_and_again_leaves_the_same_trace()
    {
        await ClaimAsync(Given.Now, [Guess(2) with { Reference = "loop" }]);
        // Back to what was there before costs nothing, and brings nothing back.
        int[] guesses = [3, 4, 5, 2, 3, 6, 7, 2, 8, 9];
        foreach (var (version, guess) in guesses.Index())
        {
            var row = Guess(guess) with { Reference = "loop", Corrects = $"{version + 1}" };
            Assert.Equal(SubmitOutcome.Corrected, (await ClaimAsync(Given.Now, [row]))[0].Outcome);
            Assert.Equal(guess >= 8 ? 1 : 0, await ScalarAsync("select count(*) from record where answer_from is not null"));
        }
        Assert.Equal(8, await ScalarAsync("select count(*) from registry_claim"));
    }

    [RequiresFact]
    public async Task Callers_of_one_facility_share_what_a_number_has_and_another_facility_has_its_own()
    {
        for (var guess = 2; guess <= 9; guess++)
        {
            await ClaimAsync(Given.Now, [Guess(guess)], caller: $"clerk {guess}");
        }
        await ClaimAsync(Given.Now, [Guess(1) with { Facility = Given.OtherFacility }], Given.OtherFacility);
        await MatchAtAsync(Given.Now);

        Assert.Equal((1, 6, 2), await AnsweredAsync());
    }

    [RequiresFact]
    public async Task Many_instances_that_guess_at_once_get_no_answer_more()
    {
        Store[] instances = [store, await OpenAsync(), await OpenAsync()];

        await Task.WhenAll(Enumerable.Range(2, 30).Select(n => Task.Run(
            () => ClaimAsync(Given.Now, [Guess(n), Guess(n + 100)], at: instances[n % 3]))));
        await MatchAtAsync(Given.Now);

        Assert.Equal((0, 6, 54), await AnsweredAsync());
        Assert.Equal(60, await ScalarAsync("select max(number_place) from registry_claim"));
    }

    [RequiresFact]
    public async Task Suggestions_that_are_accepted_the_police_and_the_ministry_cost_nothing()
    {
        var swapped = Given.Row() with { DateOfBirth = "02/03/1985" };
        var id = (await ClaimAsync(Given.Now, [swapped]))[0].RecordId!.Value;
        await MatchAtAsync(Given.Now);
        Assert.Equal(1, await ScalarAsync("select count(*) from registry_claim"));

        Assert.False((await Corrections.AcceptAsync(Given.Facility, id, 1, Given.Context, Clerk, default))
            .IsRefused(out _, out _));
        await Clinic.SubmitAsync(store, [.. Enumerable.Range(2, 20).Select(Guess)]);
        await MatchAtAsync(Given.Now);

        Assert.Equal((1, 20, 0), await AnsweredAsync());
        Assert.Equal(1, await ScalarAsync("select count(*) from registry_claim"));
        var police = await store.Worklist.FindAsync(
            WorklistScope.Everywhere, [await ScalarAsync("select max(id) from record")], default);
        Assert.Equal([SubmitOutcome.Corrected], await AnswerAsync(
            WorklistScope.Everywhere,
            new WorklistAnswer(
                Assert.Single(police).Record.Id, 1, AnswerOutcome.RecordWrong,
                new RecordRow { IdentityNumber = Given.Number(2) }, "BB-1")));
        Assert.Equal(1, await ScalarAsync("select count(*) from registry_claim"));
    }

    [RequiresFact]
    public async Task A_malformed_number_is_told_at_once_and_what_it_could_be_within_the_budget()
    {
        // However it is mangled, the registry would be asked for one number.
        string[] forms =
        [
            "79085000001", "0790 85000001", "O79085000001", "079-085000001", "07908500000l", "079.085.000001",
            "079 085 000 001", "0 79085000001",
        ];
        await ClaimAsync(Given.Now, [.. forms.Index().Select(form => Guess(form.Index == 7 ? 1 : form.Index + 2) with
        {
            Reference = $"form {form.Index}", IdentityNumber = form.Item, IdentityType = null,
        })]);
        await MatchAtAsync(Given.Now);

        Assert.Equal(8, await ScalarAsync($"select count(*) from record where state = {RecordState.BadIdFormat:D}"));
        Assert.Equal(8, await ScalarAsync("select count(*) from registry_claim"));
        Assert.Equal(0, await ScalarAsync("select count(*) from record where suggestion is not null"));
    }

    [RequiresFact]
    public async Task Foreigners_and_records_without_a_number_claim_nothing()
    {
        await ClaimAsync(Given.Now,
        [
            .. Enumerable.Range(1, 9).Select(n => Given.Row(n) with { IdentityNumber = "" }),
            .. Enumerable.Range(1, 9).Select(n => Given.Foreigner(n) with { FamilyName = Given.Word(n) }),
        ]);
        Assert.Equal(0, await ScalarAsync("select count(*) from registry_claim"));
    }

    [RequiresFact]
    public async Task Desk_or_province_lets_an_answer_go_and_not_who_entered_it()
    {
        var rows = await ClaimAsync(Given.Now, [.. Enumerable.Range(2, 6).Select(Guess), Guess(1), Guess(8)]);
        var waiting = rows[6].RecordId!.Value;
        Task<Rejection?> ReleaseAsync(string who, WorklistScope scope, long record) => new ReleaseAnswer(
            store.AwaitedAnswers, Given.ClaimDigests, Given.RegistryBudget with { ReleasesPerPersonAndDay = 1 },
            TimeSpan.FromHours(7)).RunAsync(scope, record, new Act(who, Given.Now), default);

        Assert.Equal(RejectionKind.Forbidden, (await ReleaseAsync("CLERK", WorklistScope.Everywhere, waiting))?.Kind);
        Assert.Equal(RejectionKind.NotFound,
            (await ReleaseAsync("province", new WorklistScope(Provinces: ["01"]), waiting))?.Kind);
        Assert.Null(await ReleaseAsync("province", new WorklistScope(Provinces: ["79"]), waiting));
        Assert.Null(await ReleaseAsync("province", WorklistScope.Everywhere, waiting));
        Assert.Null(await ReleaseAsync("province", WorklistScope.Everywhere, rows[0].RecordId!.Value));
        Assert.Equal(RejectionKind.TooOften,
            (await ReleaseAsync("province", WorklistScope.Everywhere, rows[7].RecordId!.Value))?.Kind);
        await MatchAtAsync(Given.Now);

        Assert.Equal((1, 6, 1), await AnsweredAsync());
        Assert.Equal(1, await ScalarAsync("select count(*) from audit where act = 'answer-released'"));
        // The same claim again, in a second dose, is no new guess.
        await ClaimAsync(Given.Now, [Guess(1) with { Reference = "second", DoseNumber = "2", VaccinatedOn = "2021-11-01" }]);
        Assert.Equal(1, await ScalarAsync("select count(*) from record where answer_from is not null"));
    }

    [RequiresFact]
    public async Task A_cleaning_list_is_opened_once_for_what_waits_and_only_by_its_province()
    {
        await Clinic.SubmitAsync(store, [.. Enumerable.Range(1, 3).Select(n => Given.Row(n) with { Sex = "F" })]);
        await MatchAtAsync(Given.Now);
        var own = new WorklistScope(Provinces: ["79"]);

        Assert.Equal(RejectionKind.NotFound, (await OpenListAsync(new WorklistScope(Provinces: ["01"]))).Rejection?.Kind);
        Assert.Equal(RejectionKind.Conflict,
            (await OpenListAsync(WorklistScope.Everywhere, Given.OtherFacility)).Rejection?.Kind);
        var list = (await OpenListAsync(own)).Value!;
        Assert.Equal((3, 0, Given.Now.AddDays(30)), (list.Size, list.Used, list.EndsAt));
        Assert.Equal(list.Id, (await OpenListAsync(own)).Value!.Id);

        Assert.Equal([list], await store.CleaningLists.PageAsync(own, 0, 10, default));
        Assert.Empty(await store.CleaningLists.PageAsync(new WorklistScope(Provinces: ["01"]), 0, 10, default));
        Assert.Equal(1, await ScalarAsync(
            $"select count(*) from audit where act = 'cleaning-list-opened {Given.Facility}' and object_id = {list.Id}"));
    }

    /// <summary>40,000 with ISSUER_FULL=1; otherwise fewer, with a budget that is as much smaller.</summary>
    [RequiresFact]
    public async Task One_clerk_settles_all_listed_mismatches_in_five_days_without_a_budget_stop()
    {
        const int days = 5;
        var all = Environment.GetEnvironmentVariable("ISSUER_FULL") == "1" ? 40_000 : 1000;
        var budget = Given.RegistryBudget with { PerCallerAndDay = all / 20 };
        await store.Registry.LoadAsync([.. Enumerable.Range(1, all).Select(Given.Person)], default);
        foreach (var people in Enumerable.Range(1, all).Chunk(1000))
        {
            await ClaimAsync(Given.Now, [.. people.Select(n => Given.Row(n) with { Sex = "F" })], budget: budget);
        }
        await MatchAtAsync(Given.Now);
        Assert.Equal(all, (await OpenListAsync(WorklistScope.Everywhere)).Value!.Size);

        for (var day = 0; day < days; day++)
        {
            var now = Given.Now.AddDays(day);
            foreach (var people in Enumerable.Range(1, all).Skip(day * all / days).Take(all / days).Chunk(1000))
            {
                var rows = await ClaimAsync(
                    now, [.. people.Select(n => Given.Row(n) with { Corrects = "1" })], budget: budget);
                Assert.All(rows, row => Assert.Equal(SubmitOutcome.Corrected, row.Outcome));
            }
            await MatchAtAsync(now);
            Assert.Equal(0, await ScalarAsync("select count(*) from record where answer_from is not null"));
        }

        Assert.Equal(all, await ScalarAsync($"select count(*) from record where state = {RecordState.Matched:D}"));
        Assert.Equal(all - (days * budget.PerCallerAndDay), await ScalarAsync("select used from cleaning_list"));
        // Without the list the clerk would have been stopped on the first day.
        await ExecuteAsync("update cleaning_list set ends_at = opened_at + 1");
        var next = await ClaimAsync(
            Given.Now.AddDays(days),
            [.. Enumerable.Range(1, 2 * budget.PerCallerAndDay).Select(
                n => Given.Row(n) with { DateOfBirth = "1985-02-04", Corrects = "2" })],
            budget: budget);
        Assert.Equal(budget.PerCallerAndDay, next.Count(row => row.Faults.Any(fault => fault.Is(FaultCode.AnsweredLater))));
    }

    /// <summary>Another person for the number of the first; the first is right.</summary>
    static RecordRow Guess(int n) => Given.Row(n) with { IdentityNumber = Given.Number(1) };

    async Task<IReadOnlyList<SubmittedRow>> ClaimAsync(
        DateTimeOffset now, IReadOnlyList<RecordRow> rows, string facility = Given.Facility, string caller = "clerk",
        RegistryBudget? budget = null, Store? at = null) =>
        await new SubmitRecords(
            (at ?? store).Records, Given.SingleActs, Given.ClaimsWithin(budget ?? Given.RegistryBudget)).SubmitAsync(
            rows, facility, Given.Context, new Act(caller, now), default);

    Task<MatchCounts> MatchAtAsync(DateTimeOffset now) =>
        new MatchRecords(store.Identity, store.Registry, Given.ClaimDigests).RunAsync(
            new Act("match", now), null, default);

    Task<Result<CleaningList>> OpenListAsync(WorklistScope scope, string facility = Given.Facility) =>
        new OpenCleaningList(store.CleaningLists, Given.RegistryBudget).RunAsync(
            scope, facility, null, new Act("province", Given.Now), default);

    /// <summary>How many were right, how many wrong, and how many wait.</summary>
    async Task<(long Matched, long Denied, long Waiting)> AnsweredAsync() => (
        await ScalarAsync($"select count(*) from record where state = {RecordState.Matched:D}"),
        await ScalarAsync($"select count(*) from record where state = {RecordState.Mismatched:D}"),
        await ScalarAsync($"select count(*) from record where state = {RecordState.Pending:D} and answer_from is not null"));
}
