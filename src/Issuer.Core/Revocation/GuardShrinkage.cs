using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Revocation;

/// <summary>Why the next list is not published; the one before stays.</summary>
public enum PublicationFault
{
    /// <summary>The sequence number does not rise by one, or the chain does not go on from the list before.</summary>
    BrokenChain,

    /// <summary>The clock stands before the list before.</summary>
    ClockSetBack,

    /// <summary>
    /// Slots left the list without having expired and without anybody having undone their revocation.
    /// </summary>
    UnexplainedRemoval,

    /// <summary>Fewer certificates than before, less those that expired: a shrunken or older database.</summary>
    CertificatesMissing,
}

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

    /// <summary>Every reason against publishing; empty when there is none.</summary>
    public static IReadOnlyList<PublicationFault> Check(
        CompactListState previous, CompactListState next, Explanations explanations)
    {
        List<PublicationFault> faults = [];
        if (next.Sequence != previous.Sequence + 1 || next.Previous != previous.Link
            || next.Country != previous.Country)
        {
            faults.Add(PublicationFault.BrokenChain);
        }
        if (next.ThisUpdate < previous.ThisUpdate || next.NextUpdate <= next.ThisUpdate)
        {
            faults.Add(PublicationFault.ClockSetBack);
        }
        if (Removed(previous, next).Any(slot =>
            !explanations.Gone.Contains(slot) && !explanations.Undone.Contains(slot)))
        {
            faults.Add(PublicationFault.UnexplainedRemoval);
        }
        if (next.Issued < previous.Issued - explanations.CertificatesGone)
        {
            faults.Add(PublicationFault.CertificatesMissing);
        }
        return faults;
    }
}
