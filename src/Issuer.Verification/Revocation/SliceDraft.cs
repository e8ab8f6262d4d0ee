using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>A set of hashes with one expiry, and how finely it is coded so far.</summary>
sealed class SliceDraft
{
    /// <summary>75 million certificates and this leave a hundredth of a false hit before the proof.</summary>
    const float FirstProbability = 1e-10f;

    readonly SliceKind kind;
    readonly RevocationHash[] hashes;
    float probability = FirstProbability;
    int size = PrefixSlice.LeastSize;

    public SliceDraft(SliceKind kind, DateTimeOffset expires, RevocationHash[] hashes)
    {
        (this.kind, this.hashes, Expires) = (kind, hashes, expires);
        Coded = Code();
    }

    public DateTimeOffset Expires { get; }

    public RevocationSlice Coded { get; private set; }

    /// <summary>False when it cannot be: then only a hash that stands in the list is hit.</summary>
    public bool TryCodeFiner()
    {
        if (size == RevocationHash.Length)
        {
            return false;
        }
        (probability, size) = (probability / 100, size + 1);
        Coded = Code();
        return true;
    }

    /// <summary>Whether some fineness gives these bytes; otherwise it stays as it was. Finer is longer.</summary>
    public bool TryCodeAs(ReadOnlySpan<byte> bytes)
    {
        var first = (probability, size, Coded);
        while (Coded.Bytes.Length < bytes.Length && TryCodeFiner())
        {
        }
        if (Coded.Bytes.Span.SequenceEqual(bytes))
        {
            return true;
        }
        (probability, size, Coded) = first;
        return false;
    }

    RevocationSlice Code()
    {
        var elements = Array.ConvertAll(hashes, hash => hash.ToBytes());
        return kind == SliceKind.Bloom
            ? BloomSlice.Of(elements, probability)
            : PrefixSlice.Of(elements, size, probability);
    }
}
