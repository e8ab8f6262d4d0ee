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

    public static Task AddAsync(WriteSession session, Act act, string what, IEnumerable<long> objects) =>
        AddAsync(session, what, objects.Select(id => (act, id)));

    /// <summary>The same thing done by several.</summary>
    public static Task AddAsync(WriteSession session, string what, IEnumerable<(Act Act, long Object)> objects) =>
        session.BulkInsertAsync("audit", "at, actor, act, object_id",
            [.. objects.Select(o => new object?[] { o.Act.At.ToUnixTimeSeconds(), o.Act.Actor, what, o.Object })]);
}
