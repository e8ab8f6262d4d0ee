using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Storage.Identity;

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
            """
            select m.id from subject m join subject k on k.id = @Kept
            where m.id = @Merged and m.merged_by = @id and k.merged_by is null
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
            """
            update record set state = 0, differs = 0, suggestion = null, subject_id = null, duplicate_of = null,
                attested = 0
            where id = @p0
            """,
            [.. newcomers.Select(id => new object?[] { id })]);
        await session.ExecuteManyAsync(
            "delete from identity_document where document = @p0",
            [.. now.Documents.Select(d => d.Text).Except(before.Documents.Select(d => d.Text))
                .Select(text => new object?[] { text })]);
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
        async Task MoveAsync(string table, string key, IEnumerable<object> rows) => await session.ExecuteManyAsync(
            $"update {table} set subject_id = @p1 where {key} = @p0 and subject_id = @p2",
            [.. rows.Select(row => new object?[] { row, merge.Merged, merge.Kept })]);

        await MoveAsync("identity_document", "document",
            before.Documents.Where(d => d.SubjectId == merge.Merged).Select(d => (object)d.Text));
        await MoveAsync("record", "id",
            before.Records.Where(r => r.SubjectId == merge.Merged).Select(r => (object)r.Id));
        await MoveAsync("lineage", "id",
            before.Lineages.Where(l => l.SubjectId == merge.Merged).Select(l => (object)l.Id));
    }

    /// <summary>
    /// The one the merge closed; the one that stayed open keeps what it has issued since. What was revoked for cause
    /// stays closed.
    /// </summary>
    static Task<int[]> ReopenAsync(WriteSession session, PersonRows before) => session.ExecuteManyAsync(
        """
        update lineage set merged = 0, is_open = 1, current_slot = case is_open when 1 then current_slot else @p1 end
        where id = @p0 and not exists (
            select 1 from lineage o where o.subject_id = lineage.subject_id and o.is_open = 1 and o.id <> lineage.id)
          and not exists (select 1 from revocation v where v.slot = coalesce(lineage.current_slot, @p1)
            and v.undone_at is null and v.suspended_until is null and lineage.is_open = 0)
        """,
        [.. before.Lineages.Where(l => l.IsOpen == 1).Select(l => new object?[] { l.Id, l.CurrentSlot })]);

    /// <summary>Statements over exactly these doses stand again, unless one of them has changed since.</summary>
    static async Task RestoreAttestationsAsync(WriteSession session, PersonRows before, PersonRows now)
    {
        var versions = now.Records.ToDictionary(r => r.Id, r => r.Version);
        foreach (var person in before.Records.GroupBy(r => r.SubjectId))
        {
            if (person.All(r => versions.TryGetValue(r.Id, out var version) && version == r.Version))
            {
                await session.ExecuteManyAsync(
                    "update record set attested = @p1 where id = @p0",
                    [.. person.Select(r => new object?[] { r.Id, r.Attested })]);
            }
        }
    }
}
