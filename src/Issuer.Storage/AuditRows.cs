using Issuer.Core;

namespace Issuer.Storage;

/// <summary>The audit trail's rows: who did what to which row, when. No personal data in them.</summary>
static class AuditRows
{
    /// <summary>For what has no row number.</summary>
    public static Task AddAsync(WriteSession session, Act act, IEnumerable<string> acts) =>
        session.ExecuteManyAsync(
            "insert into audit (at, actor, act) values (@p0, @p1, @p2)",
            [.. acts.Select(what => new object?[] { act.At.ToUnixTimeSeconds(), act.Actor, what })]);

    public static Task AddAsync(WriteSession session, Act act, string what, IEnumerable<long> objects)
    {
        var at = act.At.ToUnixTimeSeconds();
        return session.BulkInsertAsync(
            "audit", "at, actor, act, object_id", [.. objects.Select(id => new object?[] { at, act.Actor, what, id })]);
    }
}
