using Issuer.Core.Pki;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Revocation;

/// <summary>A signed compact list: a small envelope that is made anew, and a body named by its content.</summary>
public sealed record SignedCompactList(CompactListClaims Claims, byte[] Envelope, byte[] Body);

/// <summary>
/// A compact list ready to be proved and signed. It has been read back: <see cref="State"/> is what a verifier will
/// make of these bytes, not what they were made from.
/// </summary>
public sealed class PreparedCompactList
{
    readonly CompactListClaims claims;
    readonly byte[] body;

    PreparedCompactList(CompactListClaims claims, byte[] body, CompactListState state)
    {
        (this.claims, this.body) = (claims, body);
        State = state;
    }

    public CompactListState State { get; }

    public CompactListClaims Claims => claims;

    public int BodyLength => body.Length;

    public static PreparedCompactList Full(CompactListState state)
    {
        var body = CompactListBody.Full(state.Revoked);
        return ReadBack(ClaimsOf(state, body), body, null);
    }

    /// <summary>
    /// What changed between two lists; usually of consecutive sequence numbers, but any earlier base will do.
    /// </summary>
    /// <exception cref="ArgumentException">The base is not an earlier list.</exception>
    public static PreparedCompactList Delta(CompactListState from, CompactListState to)
    {
        if (from.Sequence >= to.Sequence || (from.Sequence == to.Sequence - 1 && from.Link != to.Previous))
        {
            throw new ArgumentException("The base of a delta is an earlier list.", nameof(from));
        }
        var (body, additions, removals) = CompactListBody.Delta(from.Revoked, to.Revoked);
        var claims = ClaimsOf(to, body) with { Base = new DeltaBase(from.Sequence, from.Link, additions, removals) };
        return ReadBack(claims, body, from);
    }

    /// <summary>Only with a proof of exactly this set over exactly as many certificates as are claimed.</summary>
    /// <exception cref="InvalidOperationException">The proof is another list's, or found a fault.</exception>
    public SignedCompactList Sign(TrustAnchor anchor, ListProof proof) =>
        proof.Holds && proof.Of == State.SetDigest && proof.Certificates == State.Issued
            ? new SignedCompactList(claims, anchor.SignCose(claims.Write()), body)
            : throw new InvalidOperationException($"The compact list is not proved: {proof}");

    static CompactListClaims ClaimsOf(CompactListState state, byte[] body) => new(
        state.Country, state.Sequence, WholeSeconds(state.ThisUpdate), WholeSeconds(state.NextUpdate), state.Issued,
        state.Revoked.Count, state.SetDigest, state.Previous, Sha256Digest.Of(body), body.Length, null);

    static PreparedCompactList ReadBack(CompactListClaims claims, byte[] body, CompactListState? from) =>
        ReadCompactList.Apply(claims, body, from) is { State: { } state }
            ? new PreparedCompactList(claims, body, state)
            : throw new InvalidOperationException("A compact list of our own cannot be read.");

    static DateTimeOffset WholeSeconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
