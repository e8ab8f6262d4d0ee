using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Policies;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>How many exempt records each facility may have, and the hold on those above it.</summary>
static class ExemptCaps
{
    /// <summary>What two people raised it to; null: it is the policy's.</summary>
    public static async Task<long?> RaisedAsync(WriteSession session, string facility)
    {
        var raised = await session.QueryAsync<long>(
            "select cap from exempt_cap where facility = @facility", new { facility });
        return raised.Count == 1 ? raised[0] : null;
    }

    public static Task<long> CountAsync(WriteSession session, string facility) =>
        CountAsync(session, "facility = @facility", facility);

    /// <summary>
    /// After matching: holds the newly exempt records that are too many, and lets go of those that are no longer
    /// exempt, whose number the registry now vouches for.
    /// </summary>
    public static async Task ApplyAsync(WriteSession session, IReadOnlyList<MatchedRecord> settled, DateTimeOffset now)
    {
        var ids = settled.Where(r => r.State != RecordState.Exempt).Select(r => r.Record.Id).ToArray();
        if (ids.Length > 0)
        {
            await session.ExecuteAsync(
                $"""
                update record set held = {HoldReason.None:D}
                where {IsHeldFor("record", HoldReason.ExemptCap)} and id {session.OneOf("ids")}
                """,
                new { ids });
        }
        var exemptNow = settled.Where(r => r.State == RecordState.Exempt).ToLookup(r => r.Record.Record.Facility);
        if (exemptNow.Count == 0)
        {
            return;
        }
        var policy = (await PolicyRows.ReadAsync(session)).At(now).ExemptCap;
        foreach (var claimed in exemptNow)
        {
            var raised = await RaisedAsync(session, claimed.Key);
            var records = raised is null ? await CountAsync(session, claimed.Key) : 0;
            var exempt = await CountAsync(
                session, $"facility = @facility and {IsIn("record", RecordState.Exempt)}", claimed.Key);
            await session.ExecuteManyAsync(
                $"update record set held = {HoldReason.ExemptCap:D} where id = @id and {IsFree("record")}",
                policy.TooMany(claimed.Select(r => r.Record.Id), exempt, raised, records).Select(id => new { id }));
        }
    }

    static async Task<long> CountAsync(WriteSession session, string where, string facility) =>
        (await session.QueryAsync<long>($"select count(*) from record where {where}", new { facility })).Single();
}
