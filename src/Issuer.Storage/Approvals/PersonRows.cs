using Issuer.Core.Approvals;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

sealed class PersonRows(WriteSession session) : IPersonRows
{
    public async Task<IReadOnlyList<long>> StandingAsync(IReadOnlyCollection<long> subjects) =>
        await session.QueryAsync<long>(
            $"select id from subject where {StandsForItself("subject")} and id {session.OneOf("ids")}",
            new { ids = subjects.ToArray() });

    public async Task<PersonSet> ReadAsync(IReadOnlyCollection<long> subjects)
    {
        var (of, ids) = ($"subject_id {session.OneOf("ids")}", new { ids = subjects.ToArray() });
        return new PersonSet(
            [.. (await session.QueryAsync<(string Text, long Subject)>(
                $"select document, subject_id from identity_document where {of} order by document", ids))
                .Select(row => new PersonSet.Document(row.Text, row.Subject))],
            [.. (await session.QueryAsync<(long Id, long Subject, long Version, long Attested)>(
                $"select id, subject_id, version, attested from record where {of} order by id", ids))
                .Select(row => new PersonSet.Record(row.Id, row.Subject, row.Version, row.Attested == 1))],
            [.. (await session.QueryAsync<(long Id, long Subject, long IsOpen, long? Current)>(
                $"select id, subject_id, is_open, current_slot from lineage where {of} order by id", ids))
                .Select(row => new PersonSet.Lineage(row.Id, row.Subject, row.IsOpen == 1, row.Current))]);
    }

    public async Task<IReadOnlyDictionary<long, DateTimeOffset>> IssuedAtAsync(IReadOnlyCollection<long> slots) =>
        slots.Count == 0
            ? new Dictionary<long, DateTimeOffset>()
            : (await session.QueryAsync<(long Slot, long At)>(
                $"select slot, issued_at from certificate where slot {session.OneOf("slots")}",
                new { slots = slots.ToArray() }))
                .ToDictionary(row => row.Slot, row => DateTimeOffset.FromUnixTimeSeconds(row.At));

    public async Task EndLineageAsync(long lineage)
    {
        await session.ExecuteAsync(
            $"update lineage set is_open = {No}, current_slot = null where id = @lineage", new { lineage });
        await session.ExecuteAsync(
            $"update certificate set abandoned = {Yes} where lineage_id = @lineage and {IsUnsigned("certificate")}",
            new { lineage });
    }

    public async Task MergeAsync(long kept, long merged, long approval)
    {
        foreach (var table in new[] { "identity_document", "record", "lineage" })
        {
            await session.ExecuteAsync(
                $"update {table} set subject_id = @kept where subject_id = @merged", new { kept, merged });
        }
        await session.ExecuteAsync(
            $"update lineage set merged = {Yes} where subject_id = @kept and {IsOpen("lineage")}", new { kept });
        // The new revision voids what is being decided on the old one.
        await session.ExecuteAsync(
            "update subject set merged_by = @approval, revision = revision + 1, decided = revision + 1 "
                + "where id = @merged",
            new { approval, merged });
    }

    public async Task<long?> MergedByAsync(long subject) =>
        (await session.QueryAsync<long?>("select merged_by from subject where id = @subject", new { subject }))
            .SingleOrDefault();

    public Task UnmergeAsync(long merged) =>
        session.ExecuteAsync("update subject set merged_by = null where id = @merged", new { merged });

    public Task MatchAgainAsync(IReadOnlyCollection<long> records) => session.ExecuteManyAsync(
        $"update record set {MatchAnew} where id = @id", records.Select(id => new { id }));

    public Task ForgetDocumentsAsync(IReadOnlyCollection<string> documents) => session.ExecuteManyAsync(
        "delete from identity_document where document = @text", documents.Select(text => new { text }));

    public async Task MoveAsync(PersonSet set, long from, long to)
    {
        await MoveAsync("identity_document", "document", set.Documents.Select(d => d.Text));
        await MoveAsync("record", "id", set.Records.Select(r => r.Id));
        await MoveAsync("lineage", "id", set.Lineages.Select(l => l.Id));

        Task MoveAsync<TKey>(string table, string key, IEnumerable<TKey> rows) => session.ExecuteManyAsync(
            $"update {table} set subject_id = @to where {key} = @row and subject_id = @from",
            rows.Select(row => new { row, to, from }));
    }

    public Task ReopenAsync(IReadOnlyCollection<LineageReopening> lineages) => session.ExecuteManyAsync(
        $"""
        update lineage set merged = {No}, is_open = {Yes},
            current_slot = case when {IsOpen("lineage")} then current_slot else @head end
        where id = @Lineage and not exists (
            select 1 from lineage o where o.subject_id = lineage.subject_id and {IsOpen("o")} and o.id <> lineage.id)
          and not exists (select 1 from revocation v where v.slot = coalesce(lineage.current_slot, @head)
            and {Stands("v")} and {NeverEnds("v")} and {IsClosed("lineage")})
        """,
        lineages.Select(l => new { l.Lineage, head = l.Head?.Value }));

    public Task RefreshAsync(IReadOnlyCollection<long> subjects) =>
        SubjectRows.RefreshAsync(session, subjects);

    public Task SetAttestedAsync(IReadOnlyCollection<(long Record, bool IsAttested)> records) =>
        session.ExecuteManyAsync(
            "update record set attested = @attested where id = @Record",
            records.Select(r => new { r.Record, attested = r.IsAttested ? 1L : 0L }));
}
