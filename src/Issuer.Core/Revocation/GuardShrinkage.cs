using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Revocation;

/// <summary>What the store says has happened since the list before.</summary>
/// <param name="Gone">
/// Slots of that list that no verifier accepts any more: expired since, or their DSC withdrawn.
/// </param>
/// <param name="Undone">Slots of that list whose revocation was undone by a signed act, or whose suspension
/// ended.</param>
/// <param name="CertificatesGone">How many certificates in all, listed or not, have gone since.</param>
public sealed record Explanations(IReadOnlySet<Slot> Gone, IReadOnlySet<Slot> Undone, long CertificatesGone)
{
    public static Explanations None { get; } = new(new HashSet<Slot>(), new HashSet<Slot>(), 0);
}

/// <summary>
/// A list never shrinks silently: other countries' lists emptied themselves after an empty answer of a database. Each
/// removal is explained by its own slot; counts alone would let one removal stand for another.
/// </summary>
public static class GuardShrinkage
{
    /// <summary>The slots to ask the store about: in the list before and not in the next.</summary>
    public static IEnumerable<Slot> Removed(CompactListState previous, CompactListState next) =>
        previous.Revoked.Except(next.Revoked);

    /// <summary>With every reason against publishing; null: there is none.</summary>
    public static Rejection? Check(CompactListState previous, CompactListState next, Explanations explanations)
    {
        var reasons = ReasonsAgainst(previous, next, explanations).ToList();
        return reasons.Count == 0 ? null : new Rejection(RejectionKind.Unavailable, string.Join(", ", reasons));
    }

    static IEnumerable<string> ReasonsAgainst(
        CompactListState previous, CompactListState next, Explanations explanations)
    {
        // The sequence number does not rise by one, or the chain does not go on from the list before.
        if (next.Sequence != previous.Sequence + 1 || next.Previous != previous.Link
            || next.Country != previous.Country)
        {
            yield return "broken-chain";
        }
        if (next.ThisUpdate < previous.ThisUpdate || next.NextUpdate <= next.ThisUpdate)
        {
            yield return "clock-set-back";
        }
        // Slots left the list without having expired and without anybody having undone their revocation.
        if (Removed(previous, next).Any(slot =>
            !explanations.Gone.Contains(slot) && !explanations.Undone.Contains(slot)))
        {
            yield return "unexplained-removal";
        }
        // Fewer certificates than before, less those that expired: a shrunken or older database.
        if (next.Issued < previous.Issued - explanations.CertificatesGone)
        {
            yield return "certificates-missing";
        }
    }
}
