using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;
using Issuer.Verification.X509;

namespace Issuer.Verification;

/// <summary>
/// What a publication refuses: its compact list speaks of its own country's certificates, the foreign lists of theirs.
/// </summary>
public sealed class RevokedCertificates(CompactListState list, IReadOnlyList<ForeignRevocations> foreign)
{
    readonly RevokedAbroad abroad = new(foreign, list.Country);

    /// <summary>What a person should know of the list, though it is used: that it is stale.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    public ListAge Age => new("revocation list", list.ThisUpdate, list.NextUpdate);

    public bool Includes(DecodedHcert hcert, Dsc signer, DateTimeOffset at) =>
        Includes(hcert) || abroad.Includes(hcert, signer, at);

    public bool Includes(DecodedHcert hcert) => hcert.Issuer == list.Country
        && Uvci.TryParse(hcert.Dcc.Entry.CertificateIdentifier, out var uvci) && list.Revoked.Contains(uvci.Slot);

    /// <summary>The list itself may be older than the publication that still names it.</summary>
    public IEnumerable<string> WarningsAt(DateTimeOffset now) => list.IsStale(now)
        ? [$"the revocation list is stale: another was due by {list.NextUpdate:u}"]
        : [];

    /// <summary>The same with what a person should know of it.</summary>
    public RevokedCertificates With(IEnumerable<string> warnings) => new(list, foreign) { Warnings = [.. warnings] };

    /// <summary>Never throws on what it is given.</summary>
    /// <param name="foreign">Files by path, as the anchor signed them.</param>
    public static RevokedReading Read(
        ReadOnlyMemory<byte> envelope, ReadOnlyMemory<byte> body,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> foreign, ReadOnlySpan<byte> anchor)
    {
        List<ForeignRevocations> abroad = [];
        foreach (var (path, file) in foreign)
        {
            if (ForeignRevocations.Parse(path, file.Span) is not { } list)
            {
                return new RevokedReading(null, $"{path} is not a list of foreign revocations of a known version");
            }
            abroad.Add(list);
        }
        if (AnchorKey(anchor) is not { } key)
        {
            return new RevokedReading(null, "the anchor's key cannot sign a compact list");
        }
        var reading = ReadCompactList.From(envelope, body, key);
        return reading.State is { } state
            ? new RevokedReading(new RevokedCertificates(state, abroad), null)
            : new RevokedReading(null, $"the revocation list is not believed: {reading.Fault!.Value.ToWire()}");
    }

    static Dsc? AnchorKey(ReadOnlySpan<byte> anchor)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(anchor);
            return Dsc.TryParse(certificate.RawDataMemory.Span, out var key, out _) ? key : null;
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return null;
        }
    }
}

/// <summary>What a publication refuses, or why it is not known.</summary>
public sealed record RevokedReading(RevokedCertificates? Revoked, string? Refusal);
