using System.Text.Json.Serialization;
using Issuer.Core.Revocation;

namespace Issuer.Core.Approvals;

/// <summary>Revokes everything the criteria reach; the exact rows are stored when it is asked for.</summary>
public sealed record RevokeInBulk(BulkCriteria Criteria, RevocationReason Why, string Reason) : TwoPersonCommand(Reason)
{
    /// <summary>What was counted for whoever asks; the set itself is read again and stored.</summary>
    [JsonIgnore]
    public BulkImpact? Impact { get; init; }

    /// <summary>As of when: what has expired by then is not of the set.</summary>
    [JsonIgnore]
    public DateTimeOffset AsOf { get; init; }
}

/// <summary>Takes a DSC off the trust list; whatever it signed counts as revoked, its holders get successors.</summary>
public sealed record WithdrawDsc(string Kid, string Reason) : TwoPersonCommand(Reason);

/// <summary>A certificate was revoked wrongly: it stands again, with those that were revoked in the same act.</summary>
public sealed record UndoRevocation(long Slot, string Reason) : TwoPersonCommand(Reason);
