using Issuer.Core;

namespace Issuer.Storage.Identity;

/// <summary>What every correction rests on, by whom and when.</summary>
static class CorrectionRows
{
    public const string Corrected = "corrected";
    public const string RegistryCorrected = "registry-corrected";

    public static Task AddAsync(
        WriteSession session, Act act, string outcome, IEnumerable<(long Record, long Version)> corrections) =>
        session.ExecuteManyAsync(
            """
            insert into correction (record_id, record_version, outcome, evidence, actor, at)
            values (@p0, @p1, @p2, @p3, @p4, @p5)
            """,
            [.. corrections.Select(c => new object?[]
            {
                c.Record, c.Version, outcome, act.Evidence ?? "clerk", act.Actor, act.At.ToUnixTimeSeconds(),
            })]);
}
