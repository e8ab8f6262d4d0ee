using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Publication;

/// <summary>
/// When lists are released: in rounds, so that the time of release names nobody (standards/revocation.md 1.4). What was
/// withdrawn from trust does not wait for a round, nor does what was revoked for an urgent reason.
/// </summary>
public sealed record PublicationPolicy
{
    public static PublicationPolicy Default { get; } = new();

    /// <summary>Every six hours, counted from midnight UTC.</summary>
    public TimeSpan Round
    {
        get;
        init => field = value > TimeSpan.Zero && TimeSpan.FromDays(1).Ticks % value.Ticks == 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value));
    } = TimeSpan.FromHours(6);

    /// <summary>Four rounds may fail before what is out there counts as stale.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// For how many rounds back a verifier can catch up by deltas; whoever was away longer takes the full list.
    /// </summary>
    public int DeltasKept { get; init; } = 56;

    /// <summary>How finely the distribution lists are divided.</summary>
    public DistributionThresholds Distribution { get; init; } = DistributionThresholds.Reference;

    /// <summary>Of the deltas in place, beside a new one: two files each.</summary>
    internal IEnumerable<string> DeltasToKeep(IReadOnlyList<string> paths) =>
        CompactListPaths.FindDeltas(paths).TakeLast(2 * (DeltasKept - 1));

    /// <param name="last">When the lists were last made whole; null: never.</param>
    public bool IsRoundDue(DateTimeOffset? last, DateTimeOffset now) =>
        last is not { } before || now.UtcTicks / Round.Ticks > before.UtcTicks / Round.Ticks;
}
