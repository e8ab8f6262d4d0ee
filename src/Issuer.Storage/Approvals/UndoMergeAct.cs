using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

/// <summary>
/// The set: what hangs on the merged person now. What is restored stands in the set the merge was approved on. Whatever
/// came since is matched again, and finds its person by itself.
/// </summary>
sealed class UndoMergeAct : ApprovalAct<UndoMerge>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        WriteSession session, UndoMerge command, MaterialisedSet? asked, DateTimeOffset now)
    {
        if (await ApprovalColumns.FindAsync(session, command.Merge) is not { Command: MergeSubjects merge })
        {
            return new Rejection(RejectionKind.NotFound, "there is no merge with this id");
        }
        var stands = await session.QueryAsync<long>(
            $"""
            select m.id from subject m join subject k on k.id = @Kept
            where m.id = @Merged and m.merged_by = @id and {StandsForItself("k")}
            """,
            new { merge.Kept, merge.Merged, id = command.Merge });
        return stands.Count == 1
            ? new MaterialisedSet(
                [$"merge {command.Merge}", .. (await PersonRows.ReadAsync(session, merge.Kept)).ToLines()])
            : new Rejection(RejectionKind.Conflict, "this merge was undone, or a later one builds on it");
    }

    protected override async Task ExecuteAsync(WriteSession session, UndoMerge command, Approval approval, Act act)
    {
        var merging = await ApprovalColumns.FindAsync(session, command.Merge);
        var merge = (MergeSubjects)merging!.Command;
        var before = PersonRows.Parse(merging.Set);
        var now = PersonRows.Parse(approval.Set);
        var newcomers = now.Records.Select(r => r.Id).Except(before.Records.Select(r => r.Id)).ToList();
        await session.ExecuteManyAsync(
            $"update record set {MatchAnew} where id = @id", newcomers.Select(id => new { id }));
        await session.ExecuteManyAsync(
            "delete from identity_document where document = @text",
            now.Documents.Select(d => d.Text).Except(before.Documents.Select(d => d.Text))
                .Select(text => new { text }));
        await MoveBackAsync(session, before, merge);
        await ReopenAsync(session, before);
        await session.ExecuteAsync("update subject set merged_by = null where id = @Merged", new { merge.Merged });
        await SubjectRows.RefreshAsync(session, [merge.Kept, merge.Merged], new HashSet<long>());
        await RestoreAttestationsAsync(session, before, now);
        await AuditRows.AddAsync(
            session, act, $"subject-merge-undone {command.Merge}", [merge.Kept, merge.Merged]);
        await AuditRows.AddAsync(session, act, "record-rematched", newcomers);
    }

    static async Task MoveBackAsync(WriteSession session, PersonRows before, MergeSubjects merge)
    {
        Task MoveAsync<TKey>(string table, string key, IEnumerable<TKey> rows) => session.ExecuteManyAsync(
            $"update {table} set subject_id = @Merged where {key} = @row and subject_id = @Kept",
            rows.Select(row => new { row, merge.Merged, merge.Kept }));

        await MoveAsync("identity_document", "document",
            before.Documents.Where(d => d.SubjectId == merge.Merged).Select(d => d.Text));
        await MoveAsync("record", "id", before.Records.Where(r => r.SubjectId == merge.Merged).Select(r => r.Id));
        await MoveAsync("lineage", "id", before.Lineages.Where(l => l.SubjectId == merge.Merged).Select(l => l.Id));
    }

    /// <summary>
    /// The one the merge closed; the one that stayed open keeps what it has issued since. What was revoked for cause
    /// stays closed.
    /// </summary>
    static Task<int[]> ReopenAsync(WriteSession session, PersonRows before) => session.ExecuteManyAsync(
        $"""
        update lineage set merged = {No}, is_open = {Yes},
            current_slot = case when {IsOpen("lineage")} then current_slot else @CurrentSlot end
        where id = @Id and not exists (
            select 1 from lineage o where o.subject_id = lineage.subject_id and {IsOpen("o")} and o.id <> lineage.id)
          and not exists (select 1 from revocation v where v.slot = coalesce(lineage.current_slot, @CurrentSlot)
            and {Stands("v")} and {NeverEnds("v")} and {IsClosed("lineage")})
        """,
        before.Lineages.Where(l => l.IsOpen == 1).Select(l => new { l.Id, l.CurrentSlot }));

    /// <summary>Statements over exactly these doses stand again, unless one of them has changed since.</summary>
    static async Task RestoreAttestationsAsync(WriteSession session, PersonRows before, PersonRows now)
    {
        var versions = now.Records.ToDictionary(r => r.Id, r => r.Version);
        foreach (var person in before.Records.GroupBy(r => r.SubjectId))
        {
            if (person.All(r => versions.TryGetValue(r.Id, out var version) && version == r.Version))
            {
                await session.ExecuteManyAsync(
                    "update record set attested = @Attested where id = @Id",
                    person.Select(r => new { r.Id, r.Attested }));
            }
        }
    }
}
