using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

sealed class IdentityTransaction(WriteSession session) : IIdentityTransaction
{
    public async Task<IReadOnlyDictionary<long, long>> WaitingAsync(IReadOnlyCollection<long> records) =>
        (await session.QueryAsync<(long Id, long Version)>(
            $"select id, version from record where {WaitsForMatch("record")} and id {session.OneOf("ids")}",
            new { ids = records.ToArray() })).ToDictionary(row => row.Id, row => row.Version);

    public Task<KnownPersons> KnownAsync(IReadOnlyCollection<string> documents) =>
        PersonRows.KnownAsync(session, documents);

    public Task StoreAsync(ResolvePersons persons) => PersonRows.StoreAsync(session, persons);

    public Task StoreAsync(IReadOnlyCollection<ResolvedRecord> records, DateTimeOffset at) =>
        session.ExecuteManyAsync(
            $"""
            update record set state = @state, differs = @differs, suggestion = @kind, subject_id = @SubjectId,
                waits_since = case when @waits = {No} then waits_since
                    when settled_at is null then coalesce(waits_since, @now) else @now end,
                settled_at = case when @waits = {Yes} or waits_since is null then null
                    else coalesce(settled_at, @now) end
            where id = @Id
            """,
            records.Select(r => new
            {
                r.Result.Record.Id, state = (long)r.Result.State, differs = (long)r.Result.Differs,
                kind = r.Result.Suggestion?.Kind, r.SubjectId,
                waits = ErrorGroups.Of(r.Result.State) is null ? 0L : 1L, now = at.ToUnixTimeSeconds(),
            }));

    public Task<int> CountDeniedNumbersAsync(VaccinationRecord record) =>
        SuggestionRows.CountDeniedNumbersAsync(session, record);

    public Task<DateTimeOffset?> AnswerFromAsync(IReadOnlyCollection<Claim> claims) =>
        ClaimRows.AnswerFromAsync(session, claims);

    public Task DropSuggestionsAsync(IReadOnlyCollection<long> records) => session.ExecuteManyAsync(
        "update record set suggestion = null where id = @id", records.Select(id => new { id }));

    public Task KeepSuggestionsAsync(IReadOnlyCollection<MatchedRecord> results) =>
        SuggestionRows.KeepAsync(session, results);

    public Task<IReadOnlyList<ExemptRow>> EnterExemptAsync(IReadOnlyCollection<long> records) =>
        ExemptCaps.EnterAsync(session, records);

    public Task<ExemptClaims> ExemptClaimsAsync(string facility, IEnumerable<ExemptRow> rows, DateTimeOffset now) =>
        ExemptCaps.ReadAsync(session, facility, rows, now);

    public Task HoldExemptAsync(IReadOnlyCollection<long> records) => session.ExecuteManyAsync(
        $"update record set held = {HoldReason.ExemptCap:D} where id = @id and {IsFree("record")}",
        records.Select(id => new { id }));

    public Task LetGoExemptAsync(IReadOnlyCollection<long> records) => records.Count == 0
        ? Task.CompletedTask
        : session.ExecuteAsync(
            $"""
            update record set held = {HoldReason.None:D}
            where {IsHeldFor("record", HoldReason.ExemptCap)} and id {session.OneOf("ids")}
            """,
            new { ids = records.ToArray() });

    public Task RefreshAsync(IReadOnlyCollection<long> subjects) =>
        SubjectRows.RefreshAsync(session, subjects);

    public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
        AuditRows.AddAsync(session, act, what, objects);

    public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
}
