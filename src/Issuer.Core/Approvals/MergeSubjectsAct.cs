using Issuer.Core.Identity;

namespace Issuer.Core.Approvals;

/// <summary>Two subjects are one person: the second's documents, records and lineages go to the first.</summary>
public sealed record MergeSubjects(long Kept, long Merged, string Reason) : TwoPersonCommand(Reason);

/// <summary>The set: every document, record and lineage of both.</summary>
sealed class MergeSubjectsAct : ApprovalAct<MergeSubjects>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, MergeSubjects command, MaterialisedSet? asked, DateTimeOffset now)
    {
        long[] both = [command.Kept, command.Merged];
        if ((await rows.Persons.StandingAsync(both)).Count != 2)
        {
            return new Rejection(
                RejectionKind.Conflict, "one of the two is not a subject, or is already merged into another");
        }
        var set = await rows.Persons.ReadAsync(both);
        var documents = set.Documents.ToLookup(d => d.SubjectId, d => d.Text);
        return MergeRule.Refuse(documents[command.Kept], documents[command.Merged]) is { } why
            ? why
            : new MaterialisedSet([.. set.ToLines()]);
    }

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, MergeSubjects command, Approval approval, Act act)
    {
        var set = PersonSet.Parse(approval.Set);
        // A person has one open lineage.
        var slots = set.Lineages.Where(l => l.IsOpen).Select(l => l.CurrentSlot).OfType<long>().ToList();
        if (OlderOf(set.Lineages, await rows.Persons.IssuedAtAsync(slots), command.Kept) is { } older)
        {
            await rows.Persons.EndLineageAsync(older);
        }
        await rows.Persons.MergeAsync(command.Kept, command.Merged, approval.Id);
        // Each side's statements speak of its own doses, and stand.
        await rows.Persons.RefreshAsync([command.Kept]);
        await rows.AuditAsync(act, $"subject-merged by {approval.Id}", [command.Kept, command.Merged]);
        await rows.AuditAsync(
            act, "record-moved", [.. set.Records.Where(r => r.SubjectId == command.Merged).Select(r => r.Id)]);
    }

    /// <summary>
    /// Of two open lineages the one that is closed: the one with the older current certificate, or with none; when
    /// neither has one, that of the merged person. Null: there is one at most.
    /// </summary>
    internal static long? OlderOf(
        IEnumerable<PersonSet.Lineage> lineages, IReadOnlyDictionary<long, DateTimeOffset> issuedAt, long kept)
    {
        var open = lineages.Where(l => l.IsOpen).ToList();
        return open.Count < 2
            ? null
            : open
                .OrderBy(l => l.CurrentSlot is { } slot ? issuedAt[slot] : DateTimeOffset.MinValue)
                .ThenBy(l => l.SubjectId == kept)
                .First().Id;
    }
}
