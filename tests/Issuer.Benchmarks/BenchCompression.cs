using System.Diagnostics;
using System.Security.Cryptography;
using Issuer.Hcert;

namespace Issuer.Benchmarks;

/// <summary>One step with our DEFLATE and with the platform's: microseconds each, on one core.</summary>
/// <param name="Ratio">The platform's to ours.</param>
sealed record CompressionStep(double OursMicroseconds, double PlatformMicroseconds, double Ratio);

/// <param name="Verify">A text: unpacked, read, its signature verified.</param>
/// <param name="Unpack">The same text, only to COSE.</param>
/// <param name="Encode">From payload to text, the signature included.</param>
/// <param name="Pack">Of that, only COSE to text.</param>
sealed record CompressionFigures(
    CompressionStep Verify, CompressionStep Unpack, CompressionStep Encode, CompressionStep Pack);

/// <summary>
/// Whether our own DEFLATE is worth its lines. All loops run in turn, a slice each, so that all meet the same
/// disturbances; the figures are medians of slices.
/// </summary>
static class BenchCompression
{
    const int PerSlice = 500;

    /// <param name="slices">Slices of each loop; the first tenth warms up and does not count.</param>
    public static CompressionFigures Run(int slices = 60)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var dsc = BenchEncode.DscOf(key);
        var cwts = Enumerable.Range(0, PerSlice).Select(BenchEncode.SampleCwt).ToArray();
        var coses = cwts.Select(cwt => BenchEncode.Cose(cwt, dsc.Kid, key)).ToArray();
        var texts = CompressedTexts.Of(cwts, cwt => BenchEncode.Cose(cwt, dsc.Kid, key));
        if (!texts.All(text => OurUnpack(text).AsSpan().SequenceEqual(PlatformUnpack(text))))
        {
            throw new InvalidOperationException("The two unpack differently.");
        }
        return new CompressionFigures(
            Step(slices, i => Verify(OurUnpack(texts[i]), dsc), i => Verify(PlatformUnpack(texts[i]), dsc)),
            Step(slices, i => OurUnpack(texts[i]), i => PlatformUnpack(texts[i])),
            Step(
                slices, i => Hc1.Encode(BenchEncode.Cose(cwts[i], dsc.Kid, key)),
                i => PlatformPack(BenchEncode.Cose(cwts[i], dsc.Kid, key))),
            Step(slices, i => Hc1.Encode(coses[i]), i => PlatformPack(coses[i])));
    }

    static CompressionStep Step(int slices, Func<int, object> ours, Func<int, object> platforms)
    {
        List<double> mine = [], theirs = [];
        for (var slice = 0; slice < slices; slice++)
        {
            mine.Add(Microseconds(ours));
            theirs.Add(Microseconds(platforms));
        }
        var warmUp = slices / 10;
        return new CompressionStep(
            Math.Round(Median(mine.Skip(warmUp)), 2), Math.Round(Median(theirs.Skip(warmUp)), 2),
            Math.Round(Median(mine.Zip(theirs, (m, t) => t / m).Skip(warmUp)), 3));
    }

    static double Microseconds(Func<int, object> work)
    {
        var watch = Stopwatch.GetTimestamp();
        for (var i = 0; i < PerSlice; i++)
        {
            work(i);
        }
        return Stopwatch.GetElapsedTime(watch).TotalMicroseconds / PerSlice;
    }

    static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted
        ? sorted[sorted.Count / 2]
        : 0;

    static DecodedHcert Verify(byte[] cose, Dsc dsc) =>
        HcertReader.TryReadCose(cose, out var hcert, out _) && dsc.Verify(hcert.ToBeSigned.Span, hcert.Signature.Span)
            ? hcert
            : throw new CryptographicException("A signature of our own did not verify.");

    static byte[] OurUnpack(string text) =>
        Hc1.TryDecode(text, out var cose, out var fault) ? cose : throw new InvalidDataException(fault.Text);

    static byte[] PlatformUnpack(string text) => Base45.TryDecode(text.AsSpan(Hc1.Prefix.Length), out var compressed)
        ? PlatformZlib.Decompress(compressed)
        : throw new InvalidDataException("not Base45");

    static string PlatformPack(byte[] cose) => Hc1.Prefix + Base45.Encode(PlatformZlib.Compress(cose));
}
