using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    static readonly Act Clerk = new("clerk", Given.Now.AddHours(1));

    CorrectRecords Corrections => new(store.Worklist, new SubmitRecords(store.Records, Given.SingleActs, Given.Claims));

    [RequiresFact]
    public async Task One_act_accepts_a_suggestion_and_the_record_matches_with_its_evidence()
    {
        var swapped = Given.Row() with { DateOfBirth = "02/03/1985" };
        var id = await MismatchedAsync(swapped);

        var accepted = await Corrections.AcceptAsync(Given.Facility, id, 1, Given.Context, Clerk, default);

        Assert.Equal((SubmitOutcome.Corrected, 2), (accepted.Value!.Outcome, accepted.Value.Version));
        await Clinic.MatchAsync(store);
        Assert.Equal(RecordState.Matched, (await StandingAsync(swapped)).State);
        Assert.Equal(1, await ScalarAsync(
            $"""
            select count(*) from correction where record_version = 2 and outcome = 'corrected' and actor = 'clerk'
                and evidence = 'suggestion:day-month-swapped' and at = {Clerk.At.ToUnixTimeSeconds()}
            """));
        Assert.Empty(await WorklistAsync(WorklistScope.Everywhere));
    }

    [RequiresFact]
    public async Task A_suggestion_is_accepted_on_its_version_by_its_facility_and_once()
    {
        var id = await MismatchedAsync(Given.Row() with { DateOfBirth = "02/03/1985" });

        Assert.Equal(RejectionKind.NotFound, await RefusedAsync(Given.OtherFacility, id, 1));
        Assert.Equal(RejectionKind.Conflict, await RefusedAsync(Given.Facility, id, 2));
        Assert.False((await Corrections.AcceptAsync(Given.Facility, id, 1, Given.Context, Clerk, default))
            .IsRefused(out _, out _));
        Assert.Equal(RejectionKind.Conflict, await RefusedAsync(Given.Facility, id, 1));
        Assert.Equal(RejectionKind.Conflict, await RefusedAsync(Given.Facility, id, 2));
    }

    [RequiresFact]
    public async Task What_only_the_registry_knows_goes_back_to_the_clerk_to_type()
    {
        var id = await MismatchedAsync(Given.Row() with { FamilyName = "Nguyen", GivenName = "Van Ab" });
        Assert.Equal("diacritics", Assert.Single(await WorklistAsync(WorklistScope.Everywhere)).Suggestion!.Kind);

        var result = await Corrections.AcceptAsync(Given.Facility, id, 1, Given.Context, Clerk, default);

        Assert.Equal([new Fault("full_name", RequestFaultCode.TypeAnew)], result.Rejection!.Faults);
    }

    [RequiresFact]
    public async Task The_police_correct_the_record_or_the_registry()
    {
        var wrong = Given.Row(1) with { Sex = "F" };
        var right = Given.Row(4);
        var (first, second) = (await MismatchedAsync(wrong), await MismatchedAsync(right));
        await store.Registry.LoadAsync([Given.Person(4)], default);
        WorklistAnswer[] answers =
        [
            new(first, 1, AnswerOutcome.RecordWrong, new RecordRow { Sex = "Nam" }, "BB-12"),
            new(second, 1, AnswerOutcome.RegistryCorrected, new RecordRow(), "BB-13"),
        ];

        var results = await AnswerAsync(WorklistScope.Everywhere, answers);
        var again = await AnswerAsync(WorklistScope.Everywhere, answers);
        await Clinic.MatchAsync(store);

        Assert.Equal([SubmitOutcome.Corrected, SubmitOutcome.Accepted], results);
        Assert.Equal([SubmitOutcome.Unchanged, SubmitOutcome.Unchanged], again);
        Assert.Equal(RecordState.Matched, (await StandingAsync(wrong)).State);
        Assert.Equal(RecordState.Matched, (await StandingAsync(right)).State);
        Assert.Equal(1, await ScalarAsync("select count(*) from correction where evidence = 'police:BB-12'"));
        Assert.Equal(1, await ScalarAsync(
            "select count(*) from correction where evidence = 'police:BB-13' and outcome = 'registry-corrected'"));
    }

    [RequiresFact]
    public async Task Nobody_answers_for_what_is_not_on_their_worklist()
    {
        var waiting = await MismatchedAsync(Given.Row(1) with { Sex = "F" });
        var matched = (await SubmitAsync(Given.Row(2))).RecordId!.Value;
        await Clinic.MatchAsync(store);
        WorklistAnswer Answer(long id) => new(id, 1, AnswerOutcome.RecordWrong, new RecordRow { Sex = "Nam" }, "");

        Assert.Equal([SubmitOutcome.Refused], await AnswerAsync(new WorklistScope(Commune: "00001"), Answer(waiting)));
        Assert.Equal([SubmitOutcome.Refused], await AnswerAsync(WorklistScope.Everywhere, Answer(matched)));
    }

    [RequiresFact]
    public async Task Each_sees_their_own_and_a_unit_without_a_province_is_seen_by_the_ministry()
    {
        await store.Facilities.SaveAsync(
            [
                new Facility("27-1", "Trạm y tế Từ Sơn", "commune-station", "27", "09000"),
                new Facility("24-1", "Bệnh viện Bắc Giang", "hospital", "24", null),
                new Facility("QD-1", "Bệnh viện Quân y", "military", null, null),
            ],
            Given.Act, default);
        foreach (var facility in new[] { "27-1", "24-1", "QD-1" })
        {
            await new SubmitRecords(store.Records, Given.SingleActs, Given.Claims).SubmitAsync(
                [Given.Row(1, 1, facility) with { IdentityNumber = "" }], null,
                Given.Context with { Facilities = new HashSet<string> { facility } }, Given.Act, default);
        }
        await Clinic.MatchAsync(store);

        Assert.Equal(["24-1", "27-1"], await FacilitiesAsync(new WorklistScope(Provinces: Provinces.CodesOf("27"))));
        Assert.Equal(["24-1", "27-1"], await FacilitiesAsync(new WorklistScope(Provinces: Provinces.CodesOf("24"))));
        Assert.Equal(["27-1"], await FacilitiesAsync(new WorklistScope(Commune: "09000")));
        Assert.Equal(["QD-1"], await FacilitiesAsync(new WorklistScope("QD-1")));
        Assert.Equal(["24-1", "27-1", "QD-1"], await FacilitiesAsync(WorklistScope.Everywhere));
    }

    [RequiresFact]
    public async Task A_worklist_is_read_piece_by_piece_and_by_error_group()
    {
        await Clinic.SubmitAsync(
            store, Given.Row(1) with { IdentityNumber = "" }, Given.Row(2) with { IdentityNumber = "12" },
            Given.Row(3) with { Sex = "F" }, Given.Row(9) with { IdentityNumber = "001085999999" });
        await Clinic.MatchAsync(store);

        foreach (var group in Enum.GetValues<ErrorGroup>())
        {
            var item = Assert.Single(await WorklistAsync(WorklistScope.Everywhere, group));
            Assert.Equal(group, ErrorGroups.Of(item.State));
        }
        var all = new WorklistQuery(WorklistScope.Everywhere, WorklistScope.Everywhere, null);
        var first = await store.Worklist.PageAsync(all, 0, 3, default);
        var rest = await store.Worklist.PageAsync(all, first[^1].Record.Id, 3, default);
        Assert.Equal((3, 1), (first.Count, rest.Count));
    }

    [RequiresFact]
    public async Task Who_sends_number_after_number_for_one_person_is_told_no_digit()
    {
        var told = new List<string?>();
        for (var guess = 0; guess < 6; guess++)
        {
            told.Add(await SuggestedAsync(Given.Row(1) with
            {
                Reference = $"guess-{guess}",
                IdentityNumber = $"07908500{guess + 1}001",
            }));
        }

        Assert.Equal(["digit-off", "digit-off", "digit-off", null, null, null], told);
        var slip = Given.Row(2) with { IdentityNumber = Given.Number(2)[..^1] + "9" };
        Assert.Equal("digit-off", await SuggestedAsync(slip));
    }

    async Task<string?> SuggestedAsync(RecordRow row)
    {
        await SubmitAsync(row);
        await Clinic.MatchAsync(store);
        return (await StandingAsync(row)).Suggestion;
    }

    async Task<long> MismatchedAsync(RecordRow row)
    {
        var id = (await SubmitAsync(row)).RecordId!.Value;
        await Clinic.MatchAsync(store);
        return id;
    }

    async Task<RejectionKind?> RefusedAsync(string facility, long id, long version) =>
        (await Corrections.AcceptAsync(facility, id, version, Given.Context, Clerk, default)).Rejection?.Kind;

    async Task<IEnumerable<SubmitOutcome>> AnswerAsync(WorklistScope own, params WorklistAnswer[] answers) =>
        (await Corrections.AnswerAsync(answers, own, Given.Context, Clerk, default)).Select(a => a.Outcome);

    Task<IReadOnlyList<WorklistItem>> WorklistAsync(WorklistScope own, ErrorGroup? group = null) =>
        store.Worklist.PageAsync(new WorklistQuery(own, WorklistScope.Everywhere, group), 0, 100, default);

    async Task<IEnumerable<string>> FacilitiesAsync(WorklistScope own) =>
        (await WorklistAsync(own)).Select(item => item.Record.Record.Facility).Order(StringComparer.Ordinal);
}
