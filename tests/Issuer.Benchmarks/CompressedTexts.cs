using System.IO.Compression;
using Issuer.Hcert;

namespace Issuer.Benchmarks;

/// <summary>
/// Texts with the blocks of DEFLATE that real ones have. Of 198 texts in the EU's test data 128 have a block of fixed
/// codes, 48 one with codes of its own and 22 an uncompressed one; here the shares are 13, 5 and 2 of 20.
/// </summary>
static class CompressedTexts
{
    const int Stored = 0;
    const int Fixed = 1;
    const int Dynamic = 2;

    /// <summary>Long enough that codes of its own are worth their table.</summary>
    const string LongIssuer = "Sundhedsdatastyrelsen, Ministeriet for sundhed, og ministeriet for indenrigs";

    /// <param name="cwts">What the texts say.</param>
    /// <param name="sign">To COSE.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<Cwt> cwts, Func<Cwt, byte[]> sign)
    {
        var dynamic = cwts.Select(cwt => Pack(sign(cwt with { Dcc = LongerOf(cwt.Dcc) }), 9))
            .Where(packed => KindOf(packed) == Dynamic).Select(TextOf).ToList();
        return [.. cwts.Select((cwt, at) => (at % 20) switch
        {
            < 13 => Checked(Pack(sign(cwt), 1, ZLibCompressionStrategy.Fixed), Fixed),
            < 18 => dynamic[at % dynamic.Count],
            _ => Checked(Pack(sign(cwt), 0), Stored),
        })];
    }

    static Dcc LongerOf(Dcc dcc) => dcc with { Entry = dcc.Entry with { Issuer = LongIssuer } };

    static byte[] Pack(
        byte[] cose, int level, ZLibCompressionStrategy strategy = ZLibCompressionStrategy.HuffmanOnly)
    {
        using var packed = new MemoryStream();
        var options = new ZLibCompressionOptions { CompressionLevel = level, CompressionStrategy = strategy };
        using (var zlib = new ZLibStream(packed, options, leaveOpen: true))
        {
            zlib.Write(cose);
        }
        return packed.ToArray();
    }

    static string Checked(byte[] packed, int kind) => KindOf(packed) == kind
        ? TextOf(packed)
        : throw new InvalidOperationException($"The platform wrote a block of kind {KindOf(packed)}, not {kind}.");

    /// <summary>Of the first block; a certificate has no second.</summary>
    static int KindOf(byte[] packed) => (packed[2] >> 1) & 3;

    static string TextOf(byte[] packed) => Hc1.Prefix + Base45.Encode(packed);
}
