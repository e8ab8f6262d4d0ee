using Issuer.Core.Pki;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Revocation;

/// <summary>An anchor, lists signed by it, and sets to put into them.</summary>
sealed class ListSample : IDisposable
{
    public TrustAnchor Anchor { get; } =
        TrustAnchor.SelfSigned("VN", "Bộ Y tế", SigningKey.Create(KeyKind.P256), Given.Now);

    public Dsc Signer => field ??= Dsc.TryParse(Anchor.Der.Span, out var signer, out var why)
        ? signer
        : throw new InvalidOperationException(why);

    public void Dispose() => Anchor.Dispose();

    public static RevokedSlots Set(params IEnumerable<long> slots) =>
        RevokedSlots.Of(slots.Select(slot => new Slot(slot)));

    public static long[] Numbers(RevokedSlots set) => [.. set.Ascending().Select(slot => slot.Value)];

    /// <summary>The first list with this set, or the one after <paramref name="previous"/>.</summary>
    public static CompactListState State(RevokedSlots set, CompactListState? previous = null)
    {
        var sequence = (previous?.Sequence ?? 0) + 1;
        return new CompactListState("VN", sequence, Given.Now.AddHours(sequence), Given.Now.AddHours(sequence + 24),
            set.Count, set, previous?.Link ?? default);
    }

    /// <summary>Proved against certificates that are exactly the revoked ones.</summary>
    public SignedCompactList Sign(PreparedCompactList prepared) => prepared.Sign(
        Anchor, ProveList.Over(prepared.State, prepared.State.Revoked.Ascending().Select(slot => (slot, true))));

    public SignedCompactList Full(CompactListState state) => Sign(PreparedCompactList.Full(state));

    public SignedCompactList Delta(CompactListState from, CompactListState to) =>
        Sign(PreparedCompactList.Delta(from, to));

    public CompactListReading Read(SignedCompactList list, CompactListState? held = null) =>
        ReadCompactList.From(list.Envelope, list.Body, Signer, held);

    /// <summary>Numbers that look scattered and are the same on every run.</summary>
    public static IEnumerable<long> Scattered(int count, long below, int seed = 1) =>
        Enumerable.Range(0, count).Select(i =>
            (long)(Benchmarks.RevocationSample.Mix((ulong)((seed * 1_000_003L) + i)) % (ulong)below));
}
