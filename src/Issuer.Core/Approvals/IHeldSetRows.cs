using Issuer.Core.Holds;

namespace Issuer.Core.Approvals;

/// <summary>A record under a hold that nobody has released.</summary>
public sealed record HeldMember(long RecordId, long Version);

/// <summary>Holds on causes, which end as a set, and backlogs that provinces announce.</summary>
public interface IHeldSetRows
{
    /// <summary>Null: there is none with this number.</summary>
    Task<Hold?> FindAsync(long hold);

    /// <summary>What is under it still, and was not withdrawn; by record.</summary>
    Task<IReadOnlyList<HeldMember>> MembersAsync(long hold);

    /// <summary>Their suspicion ends; their persons are decided again.</summary>
    Task ReleaseAsync(Hold hold, IReadOnlyCollection<long> records, Act act);

    /// <summary>Nothing more comes under it. What was signed since it began is no cause any more.</summary>
    /// <param name="utcOffset">Vietnam's, by whose days work is counted.</param>
    Task EndAsync(Hold hold, HoldState state, TimeSpan utcOffset, Act act);

    /// <summary>The province of a facility, as registered; not found: there is no such facility.</summary>
    Task<(bool IsFound, string? Province)> ProvinceOfAsync(string facility);

    /// <summary>Keeps it; what was held for want of a receipt is let go of, as far as it is announced.</summary>
    Task AnnounceAsync(AnnounceBacklog backlog, long approval, Act act);
}
