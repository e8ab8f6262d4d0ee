using Issuer.Core;

namespace Issuer.Storage;

/// <summary>The audit trail's rows: who did what to which row, when. No personal data in them.</summary>
static class AuditRows
{
    /// <summary>For what has no row number.</summary>
    public static Task AddAsync(WriteSession session, Act act, IEnumerable<string> acts) =>
        session.InsertAsync("audit", acts.Select(what => RowOf(act, what, null)));

    public static Task AddAsync(WriteSession session, Act act, string what, IEnumerable<long> objects) =>
        AddAsync(session, what, objects.Select(id => (act, id)));

    /// <summary>The same thing done by several.</summary>
    public static Task AddAsync(WriteSession session, string what, IEnumerable<(Act Act, long Object)> objects) =>
        session.InsertAsync("audit", objects.Select(o => RowOf(o.Act, what, o.Object)));

    static Row RowOf(Act act, string what, long? objectId) =>
        new(act.At.ToUnixTimeSeconds(), act.Actor, what, objectId);

    sealed record Row(long At, string Actor, string Act, long? ObjectId);
}
