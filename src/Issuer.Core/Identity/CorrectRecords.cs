using System.Globalization;
using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>What the commune police found.</summary>
public enum AnswerOutcome
{
    /// <summary>The facility entered it wrong; the answer says what is right.</summary>
    RecordWrong,

    /// <summary>The registry was wrong and has been put right: the record is matched again as it is.</summary>
    RegistryCorrected,
}

/// <summary>An answer to one item of a worklist.</summary>
/// <param name="Corrected">The identity as it should be; a blank field is right as it was sent.</param>
/// <param name="Evidence">What it rests on: the number of the minutes, never a person's data.</param>
public sealed record WorklistAnswer(
    long RecordId, long Version, AnswerOutcome Outcome, RecordRow Corrected, string Evidence);

/// <summary>What became of an answer: <c>Accepted</c> stands for a record that is matched again.</summary>
public sealed record AnsweredItem(SubmitOutcome Outcome, IReadOnlyList<Fault> Faults);

/// <summary>
/// How a wrong record becomes a right one: in one act by its own facility, or by the commune police's answers. Either
/// way it is an ordinary correction with its evidence: checked anew, a new version, matched again.
/// </summary>
public sealed class CorrectRecords(IWorklistStore worklist, SubmitRecords submit)
{
    public async Task<Result<SubmittedRow>> AcceptAsync(
        string facility, long id, long version, CheckContext context, Act act, CancellationToken cancel)
    {
        if (await worklist.FindAsync(new WorklistScope(facility), [id], cancel) is not [var item])
        {
            return new Rejection(RejectionKind.NotFound, "this facility has no record with this id");
        }
        if (item.Record.Version != version)
        {
            return new Rejection(
                RejectionKind.Conflict, "the record has changed", [new Fault("if-match", FaultCode.WrongVersion)]);
        }
        if (item.Suggestion is not { } suggestion)
        {
            return new Rejection(RejectionKind.Conflict, "nothing is suggested for this record");
        }
        if (suggestion.Corrected is not { } corrected)
        {
            // The right value is the registry's and not ours to give out: back to the clerk, who has the person's
            // paper.
            return new Rejection(
                RejectionKind.Invalid, "the right value must be typed from the person's paper",
                [new Fault(FieldOf(suggestion.Kind), RequestFaultCode.TypeAnew)]);
        }
        return await submit.SubmitOfferedAsync(
            RowOf(corrected, version), facility, context, act with { Evidence = $"suggestion:{suggestion.Kind}" },
            cancel);
    }

    /// <returns>One result an answer, in the same order; durable when this returns.</returns>
    public async Task<IReadOnlyList<AnsweredItem>> AnswerAsync(
        IReadOnlyList<WorklistAnswer> answers, WorklistScope own, CheckContext context, Act act,
        CancellationToken cancel)
    {
        var known = (await worklist.FindAsync(own, [.. answers.Select(a => a.RecordId).Distinct()], cancel))
            .ToDictionary(item => item.Record.Id);
        var results = new AnsweredItem[answers.Count];
        foreach (var group in answers.Index().GroupBy(a => (a.Item.Outcome, a.Item.Evidence)))
        {
            var evidence = act with { Evidence = $"police:{group.Key.Evidence}" };
            var here = group.Where(a => Fits(a.Item, known.GetValueOrDefault(a.Item.RecordId))).ToList();
            var done = group.Key.Outcome == AnswerOutcome.RecordWrong
                ? await CorrectAsync([.. here.Select(a => a.Item)], known, context, evidence, cancel)
                : await MatchAgainAsync([.. here.Select(a => a.Item)], known, evidence, cancel);
            foreach (var (index, answer) in group)
            {
                results[index] = new AnsweredItem(
                    SubmitOutcome.Refused, [new Fault("record_id", RequestFaultCode.NotOnWorklist)]);
            }
            foreach (var ((index, _), result) in here.Zip(done))
            {
                results[index] = result;
            }
        }
        return results;
    }

    async Task<IReadOnlyList<AnsweredItem>> CorrectAsync(
        IReadOnlyList<WorklistAnswer> answers, Dictionary<long, WorklistItem> known, CheckContext context, Act act,
        CancellationToken cancel)
    {
        var rows = await submit.SubmitAsync(
            [.. answers.Select(a => Merge(RowOf(known[a.RecordId].Record.Record, a.Version), a.Corrected))], null,
            context, act,
            cancel);
        return [.. rows.Select(row => new AnsweredItem(row.Outcome, row.Faults))];
    }

    async Task<IReadOnlyList<AnsweredItem>> MatchAgainAsync(
        IReadOnlyList<WorklistAnswer> answers, Dictionary<long, WorklistItem> known, Act act, CancellationToken cancel)
    {
        var current = answers.Where(a => known[a.RecordId].Record.Version == a.Version).Select(a => a.RecordId)
            .ToHashSet();
        var pending = (await worklist.MatchAgainAsync([.. current.Select(id => known[id].Record)], act, cancel))
            .ToHashSet();
        return [.. answers.Select(a => (current.Contains(a.RecordId), pending.Contains(a.RecordId)) switch
        {
            (false, _) => new AnsweredItem(SubmitOutcome.Refused, [new Fault("version", FaultCode.WrongVersion)]),
            (true, true) => new AnsweredItem(SubmitOutcome.Accepted, []),
            (true, false) => new AnsweredItem(SubmitOutcome.Unchanged, []),
        })];
    }

    /// <summary>
    /// Only what waits is answered. An older version may have been answered before: that is told as unchanged, or as
    /// the wrong version; so is a record that is being matched again already.
    /// </summary>
    static bool Fits(WorklistAnswer answer, WorklistItem? item) => item is not null
        && (ErrorGroups.Of(item.State) is not null || answer.Version != item.Record.Version
            || (answer.Outcome == AnswerOutcome.RegistryCorrected && item.State == RecordState.Pending));

    static string FieldOf(string kind) => kind == SuggestionKinds.Diacritics ? "full_name" : "identity_number";

    static RecordRow Merge(RecordRow sent, RecordRow corrected)
    {
        var named = !string.IsNullOrWhiteSpace(corrected.FamilyName + corrected.GivenName);
        return sent with
        {
            FamilyName = named ? corrected.FamilyName : sent.FamilyName,
            GivenName = named ? corrected.GivenName : sent.GivenName,
            Sex = Given(corrected.Sex, sent.Sex),
            DateOfBirth = Given(corrected.DateOfBirth, sent.DateOfBirth),
            // A number of another form is of another type, unless the answer says which.
            IdentityType = Given(
                corrected.IdentityType, string.IsNullOrWhiteSpace(corrected.IdentityNumber) ? sent.IdentityType : null),
            IdentityNumber = Given(corrected.IdentityNumber, sent.IdentityNumber),
        };
    }

    static string? Given(string? corrected, string? sent) => string.IsNullOrWhiteSpace(corrected) ? sent : corrected;

    static RecordRow RowOf(VaccinationRecord record, long version) =>
        RecordFields.RowOf(record) with { Corrects = version.ToString(CultureInfo.InvariantCulture) };
}
