using System.Formats.Cbor;

namespace Issuer.Verification.Revocation;

/// <summary>What a delta starts from.</summary>
/// <param name="Sequence">Of the list it is applied to.</param>
/// <param name="Link">Of that list.</param>
/// <param name="Additions">How many slots come in.</param>
/// <param name="Removals">How many leave: expired, or no longer revoked.</param>
public sealed record DeltaBase(long Sequence, Sha256Digest Link, long Additions, long Removals);

/// <summary>
/// The signed part of a compact list (docs/compact-list.md, "The envelope"): a CBOR map in the deterministic
/// encoding of RFC 8949 section 4.2.1, keys 1 to 15 in order.
/// </summary>
/// <param name="Base">Null: a full list.</param>
public sealed record CompactListClaims(
    string Country, long Sequence, DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate, long Issued, long Revoked,
    Sha256Digest SetDigest, Sha256Digest Previous, Sha256Digest BodyDigest, long BodyLength, DeltaBase? Base)
{
    /// <summary>Name and version of the format in one; also keeps other things the anchor signs apart.</summary>
    const string Format = "ICL1";

    const int FullClaims = 11;
    const int DeltaClaims = 15;

    public bool IsDelta => Base is not null;

    public Sha256Digest Link => CompactListState.LinkOf(Previous, SetDigest, Sequence);

    /// <summary>The bytes that the anchor signs.</summary>
    public byte[] Write()
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        var key = 0;
        cbor.WriteStartMap(IsDelta ? DeltaClaims : FullClaims);
        cbor.WriteInt32(++key);
        cbor.WriteTextString(Format);
        cbor.WriteInt32(++key);
        cbor.WriteTextString(Country);
        foreach (var number in (long[])[
            Sequence, ThisUpdate.ToUnixTimeSeconds(), NextUpdate.ToUnixTimeSeconds(), Issued, Revoked])
        {
            cbor.WriteInt32(++key);
            cbor.WriteInt64(number);
        }
        foreach (var digest in (Sha256Digest[])[SetDigest, Previous, BodyDigest])
        {
            cbor.WriteInt32(++key);
            cbor.WriteByteString(digest.ToBytes());
        }
        cbor.WriteInt32(++key);
        cbor.WriteInt64(BodyLength);
        if (Base is not null)
        {
            foreach (var number in (long[])[Base.Sequence, Base.Additions, Base.Removals])
            {
                cbor.WriteInt32(++key);
                cbor.WriteInt64(number);
            }
            cbor.WriteInt32(++key);
            cbor.WriteByteString(Base.Link.ToBytes());
        }
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    /// <summary>Null for anything that <see cref="Write"/> would not write. Never throws.</summary>
    internal static CompactListClaims? TryRead(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var read = Read(new CborReader(payload, CborConformanceMode.Canonical));
            return read.Write().AsSpan().SequenceEqual(payload.Span) ? read : null;
        }
        // All that System.Formats.Cbor, a time or a digest of foreign bytes can make of them.
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException
            or ArgumentException)
        {
            return null;
        }
    }

    static CompactListClaims Read(CborReader cbor)
    {
        var isDelta = cbor.ReadStartMap() == DeltaClaims;
        if (Text(cbor) != Format)
        {
            throw new CborContentException("Another format.");
        }
        var claims = new CompactListClaims(
            Text(cbor), Number(cbor), Time(cbor), Time(cbor), Number(cbor), Number(cbor),
            Digest(cbor), Digest(cbor), Digest(cbor), Number(cbor), null);
        if (isDelta)
        {
            var (sequence, additions, removals) = (Number(cbor), Number(cbor), Number(cbor));
            claims = claims with { Base = new DeltaBase(sequence, Digest(cbor), additions, removals) };
        }
        cbor.ReadEndMap();
        return claims;
    }

    // The keys are not compared here: only what is written again to the same bytes is taken.
    static string Text(CborReader cbor)
    {
        cbor.ReadInt32();
        return cbor.ReadTextString();
    }

    static long Number(CborReader cbor)
    {
        cbor.ReadInt32();
        return (long)cbor.ReadUInt64();
    }

    static DateTimeOffset Time(CborReader cbor) => DateTimeOffset.FromUnixTimeSeconds(Number(cbor));

    static Sha256Digest Digest(CborReader cbor)
    {
        cbor.ReadInt32();
        return new Sha256Digest(cbor.ReadByteString());
    }
}
