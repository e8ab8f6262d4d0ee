using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>Why a compact list is not taken; the one that is held stays.</summary>
public enum CompactListFault
{
    /// <summary>Not signed by the anchor, not of this format, or longer than any list.</summary>
    BadEnvelope,

    /// <summary>The body is not the one that the envelope names.</summary>
    OtherBody,

    /// <summary>Earlier than the list that is held.</summary>
    RolledBack,

    /// <summary>The same sequence number or the next one, but another history than the list that is held.</summary>
    Forked,

    /// <summary>A delta that starts from a list that is not held: the full list helps.</summary>
    OtherBase,

    /// <summary>The body does not decode to the set that the envelope states.</summary>
    BadBody,
}

/// <summary>How the faults are spelled outside.</summary>
public static class CompactListFaults
{
    public static string ToWire(this CompactListFault fault) => fault switch
    {
        CompactListFault.BadEnvelope => "bad-envelope",
        CompactListFault.OtherBody => "other-body",
        CompactListFault.RolledBack => "rolled-back",
        CompactListFault.Forked => "forked",
        CompactListFault.OtherBase => "other-base",
        CompactListFault.BadBody => "bad-body",
    };
}

/// <summary>The list to hold from now on, or why it is not this one.</summary>
public sealed record CompactListReading(CompactListState? State, CompactListFault? Fault);

/// <summary>
/// The verifier's side: nothing is decoded before its signature and its digest are right, and nothing that is held is
/// changed. Whether a list is stale is for the caller to ask (<see cref="CompactListState.IsStale"/>).
/// </summary>
public static class ReadCompactList
{
    /// <summary>The claims are below 230 bytes, an RSA signature of 4096 bits has 512.</summary>
    public const int LongestEnvelope = 1024;

    /// <summary>Reads a full list or a delta; never throws on what it is given.</summary>
    /// <param name="envelope">As published.</param>
    /// <param name="body">The file that the envelope names by its digest.</param>
    /// <param name="anchor">The trust anchor, from a source that is trusted.</param>
    /// <param name="held">The list held so far; null: none yet.</param>
    public static CompactListReading From(
        ReadOnlyMemory<byte> envelope, ReadOnlyMemory<byte> body, Dsc anchor, CompactListState? held = null)
    {
        if (Claims(envelope, anchor) is not { } claims)
        {
            return Refused(CompactListFault.BadEnvelope);
        }
        return body.Length == claims.BodyLength && Sha256Digest.Of(body.Span) == claims.BodyDigest
            ? Apply(claims, body, held)
            : Refused(CompactListFault.OtherBody);
    }

    /// <summary>What an envelope says, before its body is fetched; null when it is not to be believed.</summary>
    public static CompactListClaims? Claims(ReadOnlyMemory<byte> envelope, Dsc anchor) =>
        envelope.Length <= LongestEnvelope && SignedPayload.Open(envelope, anchor) is { } payload
        && CompactListClaims.TryRead(payload) is { BodyLength: <= CompactListBody.Longest } claims
            ? claims
            : null;

    /// <summary>What a verifier makes of claims that it believes and the body that they name.</summary>
    public static CompactListReading Apply(
        CompactListClaims claims, ReadOnlyMemory<byte> body, CompactListState? held)
    {
        if (WhyNotAfter(claims, held) is { } fault)
        {
            return Refused(fault);
        }
        var set = CompactListBody.TryRead(body, claims, held?.Revoked ?? RevokedSlots.Empty);
        if (set is null || set.Count != claims.Revoked)
        {
            return Refused(CompactListFault.BadBody);
        }
        var state = new CompactListState(
            claims.Country, claims.Sequence, claims.ThisUpdate, claims.NextUpdate, claims.Issued, set, claims.Previous);
        return state.SetDigest == claims.SetDigest
            ? new CompactListReading(state, null)
            : Refused(CompactListFault.BadBody);
    }

    static CompactListFault? WhyNotAfter(CompactListClaims claims, CompactListState? held)
    {
        if (held is not null && (claims.Sequence < held.Sequence || claims.ThisUpdate < held.ThisUpdate))
        {
            return CompactListFault.RolledBack;
        }
        if (held is not null && (claims.Country != held.Country
            || (claims.Sequence == held.Sequence && claims.Link != held.Link)
            || (claims.Sequence == held.Sequence + 1 && claims.Previous != held.Link)))
        {
            return CompactListFault.Forked;
        }
        return claims.Base is { } from && (from.Sequence != held?.Sequence || from.Link != held.Link)
            ? CompactListFault.OtherBase
            : null;
    }

    static CompactListReading Refused(CompactListFault fault) => new(null, fault);
}
