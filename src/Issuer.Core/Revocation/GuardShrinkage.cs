using Issuer.Hcert;

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
/// <param name="Expired">Slots of that list whose certificates have expired since.</param>
/// <param name="Undone">Slots of that list whose revocation was undone by a signed act, or whose suspension
/// ended.</param>
/// <param name="CertificatesExpired">How many certificates in all, listed or not, have expired since.</param>
public sealed record Explanations(IReadOnlySet<Slot> Expired, IReadOnlySet<Slot> Undone, long CertificatesExpired)
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
            !explanations.Expired.Contains(slot) && !explanations.Undone.Contains(slot)))
        {
            faults.Add(PublicationFault.UnexplainedRemoval);
        }
        if (next.Issued < previous.Issued - explanations.CertificatesExpired)
        {
            faults.Add(PublicationFault.CertificatesMissing);
        }
        return faults;
    }
}
