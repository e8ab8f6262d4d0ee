using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Identity;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

/// <summary>The set: every document, record and lineage of both.</summary>
sealed class MergeSubjectsAct : ApprovalAct<MergeSubjects>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        WriteSession session, MergeSubjects command, MaterialisedSet? asked, DateTimeOffset now)
    {
        long[] both = [command.Kept, command.Merged];
        var standing = await session.QueryAsync<long>(
            $"select id from subject where {StandsForItself("subject")} and id {session.OneOf("both")}", new { both });
        if (standing.Count != 2)
        {
            return new Rejection(
                RejectionKind.Conflict, "one of the two is not a subject, or is already merged into another");
        }
        var rows = await PersonRows.ReadAsync(session, both);
        var documents = rows.Documents.ToLookup(d => d.SubjectId, d => d.Text);
        return MergeRule.Refuse(documents[command.Kept], documents[command.Merged]) is { } why
            ? why
            : new MaterialisedSet([.. rows.ToLines()]);
    }

    protected override async Task ExecuteAsync(
        WriteSession session, MergeSubjects command, Approval approval, Act act)
    {
        var rows = PersonRows.Parse(approval.Set);
        await CloseOlderLineageAsync(session, rows, command.Kept);
        foreach (var table in new[] { "identity_document", "record", "lineage" })
        {
            await session.ExecuteAsync(
                $"update {table} set subject_id = @Kept where subject_id = @Merged",
                new { command.Kept, command.Merged });
        }
        await session.ExecuteAsync(
            $"update lineage set merged = {Yes} where subject_id = @Kept and {IsOpen("lineage")}", new { command.Kept });
        // The new revision voids what is being decided on the old one; nothing is left to decide.
        await session.ExecuteAsync(
            "update subject set merged_by = @Id, revision = revision + 1, decided = revision + 1 where id = @Merged",
            new { approval.Id, command.Merged });
        // Each side's statements were written without the other's doses.
        await SubjectRows.RefreshAsync(session, [command.Kept], rows.Records.Select(r => r.Id).ToHashSet());
        await AuditRows.AddAsync(session, act, $"subject-merged by {approval.Id}", [command.Kept, command.Merged]);
        await AuditRows.AddAsync(
            session, act, "record-moved", rows.Records.Where(r => r.SubjectId == command.Merged).Select(r => r.Id));
    }

    /// <summary>A person has one open lineage: the one with the newest current certificate.</summary>
    static async Task CloseOlderLineageAsync(WriteSession session, PersonRows rows, long kept)
    {
        var open = rows.Lineages.Where(l => l.IsOpen == 1).ToList();
        if (open.Count < 2)
        {
            return;
        }
        var slots = open.Select(l => l.CurrentSlot).OfType<long>().ToArray();
        var issued = slots.Length == 0
            ? []
            : (await session.QueryAsync<(long Slot, long At)>(
                $"select slot, issued_at from certificate where slot {session.OneOf("slots")}", new { slots }))
                .ToDictionary(c => c.Slot, c => c.At);
        var older = open
            .OrderBy(l => l.CurrentSlot is { } slot ? issued[slot] : long.MinValue)
            .ThenBy(l => l.SubjectId == kept)
            .First();
        await session.ExecuteAsync(
            $"update lineage set is_open = {No}, current_slot = null where id = @Id", new { older.Id });
        // What waits for its signature there could never become current.
        await session.ExecuteAsync(
            $"update certificate set abandoned = {Yes} where lineage_id = @Id and {IsUnsigned("certificate")}",
            new { older.Id });
    }
}
