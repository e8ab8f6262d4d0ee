using System.Diagnostics.CodeAnalysis;

namespace Issuer.Hcert;

/// <summary>
/// The outer envelope (hcert_spec.md 4.2, 4.3): zlib (RFC 1950), Base45 (RFC 9285), prefix <c>HC1:</c>.
/// Bounds when read: 16 Ki characters, 16 KiB inflated (a bomb in one QR code reaches 2.9 MB). Refused: a wrong
/// checksum, a preset dictionary, anything after the end of the zlib stream.
/// </summary>
public static class Hc1
{
    /// <summary>What every code of this version begins with.</summary>
    public const string Prefix = "HC1:";

    /// <summary>Longest text read, in characters; the largest QR code holds 4,296.</summary>
    public const int MaxCharacters = 16 * 1024;

    /// <summary>Largest COSE_Sign1 read, in bytes.</summary>
    public const int MaxInflated = 16 * 1024;

    /// <summary>The text of a COSE_Sign1.</summary>
    public static string Encode(ReadOnlySpan<byte> coseSign1)
    {
        Span<byte> small = stackalloc byte[SmallDeflate.MaxInput + Zlib.MaxExpansion];
        var compressed = Zlib.Compress(coseSign1, small);
        return string.Create(
            Prefix.Length + Base45.EncodedLength(compressed.Length),
            compressed,
            (text, bytes) =>
            {
                Prefix.CopyTo(text);
                Base45.Encode(bytes, text[Prefix.Length..]);
            });
    }

    /// <summary>Unpacks a text to the COSE_Sign1 inside, which is not looked at. Never throws.</summary>
    public static bool TryDecode(
        string text, [NotNullWhen(true)] out byte[]? cose, [NotNullWhen(false)] out DecodeFault? fault)
    {
        (cose, fault) = (null, null);
        if (text.Length > MaxCharacters)
        {
            fault = new DecodeFault(DecodeLayer.Prefix, $"longer than {MaxCharacters} characters");
        }
        else if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            fault = new DecodeFault(DecodeLayer.Prefix, $"does not begin with {Prefix}");
        }
        else if (!Base45.TryDecode(text.AsSpan(Prefix.Length), out var compressed))
        {
            fault = new DecodeFault(DecodeLayer.Base45, "not Base45");
        }
        else if (!Zlib.TryDecompress(compressed, MaxInflated, out cose, out var why))
        {
            fault = new DecodeFault(DecodeLayer.Compression, why);
        }
        return fault is null;
    }
}
