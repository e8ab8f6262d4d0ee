using Issuer.Hcert;

namespace Issuer.Core.Approvals;

/// <summary>They were two after all.</summary>
/// <param name="Merge">The approval under which they were merged.</param>
public sealed record UndoMerge(long Merge, string Reason) : TwoPersonCommand(Reason);

/// <summary>
/// The set: what hangs on the merged person now. What is restored stands in the set the merge was approved on. Whatever
/// came since is matched again, and finds its person by itself.
/// </summary>
sealed class UndoMergeAct : ApprovalAct<UndoMerge>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, UndoMerge command, MaterialisedSet? asked, DateTimeOffset now)
    {
        if (await rows.FindAsync(command.Merge) is not { Command: MergeSubjects merge })
        {
            return new Rejection(RejectionKind.NotFound, "there is no merge with this id");
        }
        return await rows.Persons.MergedByAsync(merge.Merged) == command.Merge
            && (await rows.Persons.StandingAsync([merge.Kept])).Count == 1
            ? new MaterialisedSet(
                [$"merge {command.Merge}", .. (await rows.Persons.ReadAsync([merge.Kept])).ToLines()])
            : new Rejection(RejectionKind.Conflict, "this merge was undone, or a later one builds on it");
    }

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, UndoMerge command, Approval approval, Act act)
    {
        var merging = await rows.FindAsync(command.Merge);
        var merge = (MergeSubjects)merging!.Command;
        var before = PersonSet.Parse(merging.Set);
        var now = PersonSet.Parse(approval.Set);
        var newcomers = now.Records.Select(r => r.Id).Except(before.Records.Select(r => r.Id)).ToList();
        await rows.Persons.MatchAgainAsync(newcomers);
        await rows.Persons.ForgetDocumentsAsync(
            [.. now.Documents.Select(d => d.Text).Except(before.Documents.Select(d => d.Text))]);
        await rows.Persons.MoveAsync(before.Of(merge.Merged), merge.Kept, merge.Merged);
        // The one that the merge closed too.
        await rows.Persons.ReopenAsync([.. before.Lineages.Where(l => l.IsOpen).Select(
            l => new LineageReopening(l.Id, l.CurrentSlot is { } slot ? new Slot(slot) : null))]);
        await rows.Persons.UnmergeAsync(merge.Merged);
        await rows.Persons.RefreshAsync([merge.Kept, merge.Merged]);
        await rows.Persons.SetAttestedAsync(StandingAgain(before, now));
        await rows.AuditAsync(act, $"subject-merge-undone {command.Merge}", [merge.Kept, merge.Merged]);
        await rows.AuditAsync(act, "record-rematched", newcomers);
    }

    /// <summary>
    /// Statements over exactly these doses of one person stand again as they did, unless one of them has changed
    /// since.
    /// </summary>
    internal static List<(long Record, bool IsAttested)> StandingAgain(PersonSet before, PersonSet now)
    {
        var versions = now.Records.ToDictionary(r => r.Id, r => r.Version);
        return [.. before.Records.GroupBy(r => r.SubjectId)
            .Where(person => person.All(
                r => versions.TryGetValue(r.Id, out var version) && version == r.Version))
            .SelectMany(person => person.Select(r => (r.Id, r.IsAttested)))];
    }
}
