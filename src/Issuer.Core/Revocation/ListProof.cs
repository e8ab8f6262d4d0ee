using Issuer.Hcert;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Revocation;

/// <summary>What was found when a list was compared with every certificate that has not expired.</summary>
/// <param name="Of">The digest of the set that was compared.</param>
/// <param name="Certificates">How many there were.</param>
/// <param name="FalsePositives">Good ones that the list refuses.</param>
/// <param name="FalseNegatives">Revoked or suspended ones that it does not.</param>
/// <param name="Strangers">Slots in the list that are no certificate's, or an expired one's.</param>
public sealed record ListProof(
    Sha256Digest Of, long Certificates, long FalsePositives, long FalseNegatives, long Strangers)
{
    public bool Holds => FalsePositives == 0 && FalseNegatives == 0 && Strangers == 0;
}

/// <summary>
/// Proves a list before it is signed. The certificates come from the store anew, in the order of their slots; they are
/// not the rows that the list was made of.
/// </summary>
public sealed class ProveList(CompactListState list)
{
    readonly RevokedSlots set = list.Revoked;
    long last = -1;
    long seen;
    long listed;
    long falsePositives;
    long falseNegatives;

    /// <summary>The next certificate that has not expired.</summary>
    /// <exception cref="ArgumentException">Not after the one before: one that comes twice could hide one left
    /// out.</exception>
    public void Compare(Slot slot, bool isRefused)
    {
        if (slot.Value <= last)
        {
            throw new ArgumentException("The certificates come in the order of their slots.", nameof(slot));
        }
        last = slot.Value;
        seen++;
        var isListed = set.Contains(slot);
        listed += isListed ? 1 : 0;
        falsePositives += isListed && !isRefused ? 1 : 0;
        falseNegatives += isRefused && !isListed ? 1 : 0;
    }

    public ListProof Finish() => new(list.SetDigest, seen, falsePositives, falseNegatives, set.Count - listed);

    public static ListProof Over(CompactListState list, IEnumerable<(Slot Slot, bool IsRefused)> certificates)
    {
        var proof = new ProveList(list);
        foreach (var (slot, isRefused) in certificates)
        {
            proof.Compare(slot, isRefused);
        }
        return proof.Finish();
    }
}
