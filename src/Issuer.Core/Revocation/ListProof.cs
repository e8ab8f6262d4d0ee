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
    /// <summary>
    /// Of a list that adds to one that was proved: what is new was looked at anew, and the rest is the other's.
    /// </summary>
    /// <param name="proved">Signed, so proved when it was made.</param>
    /// <param name="added">
    /// What the store says of the slots that are new: those that nobody can use are not there.
    /// </param>
    public static ListProof OfAddition(
        CompactListState proved, CompactListState list, IReadOnlyList<(Slot Slot, bool IsRefused)> added)
    {
        var refused = added.Where(one => one.IsRefused).Select(one => one.Slot).ToHashSet();
        var slots = added.Select(one => one.Slot).ToHashSet();
        var news = list.Revoked.Except(proved.Revoked).ToList();
        return new ListProof(
            list.SetDigest, list.Issued, news.Count(slot => slots.Contains(slot) && !refused.Contains(slot)),
            proved.Revoked.Except(list.Revoked).Count() + refused.Count(slot => !list.Revoked.Contains(slot)),
            news.Count(slot => !slots.Contains(slot)));
    }

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
