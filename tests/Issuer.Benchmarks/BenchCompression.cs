using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using Issuer.Hcert;

namespace Issuer.Benchmarks;

/// <summary>One step with our DEFLATE encoder and with the platform's: microseconds each, on one core.</summary>
/// <param name="Ratio">The platform's to ours.</param>
sealed record CompressionStep(double OursMicroseconds, double PlatformMicroseconds, double Ratio);

/// <param name="Encode">From payload to text, the signature included.</param>
/// <param name="Pack">Of that, only COSE to text.</param>
sealed record CompressionFigures(CompressionStep Encode, CompressionStep Pack);

/// <summary>
/// Whether our own DEFLATE encoder is worth its lines. Both run in turn, a slice each, so that both meet the same
/// disturbances; the figures are medians of slices.
/// </summary>
static class BenchCompression
{
    const int PerSlice = 500;

    /// <param name="slices">Slices of each loop; the first tenth warms up and does not count.</param>
    public static CompressionFigures Run(int slices = 60)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kid = BenchEncode.KidOf(key);
        var cwts = Enumerable.Range(0, PerSlice).Select(BenchEncode.SampleCwt).ToArray();
        var coses = cwts.Select(cwt => BenchEncode.Cose(cwt, kid, key)).ToArray();
        return new CompressionFigures(
            Step(
                slices, i => Hc1.Encode(BenchEncode.Cose(cwts[i], kid, key)),
                i => PlatformPack(BenchEncode.Cose(cwts[i], kid, key))),
            Step(slices, i => Hc1.Encode(coses[i]), i => PlatformPack(coses[i])));
    }

    static CompressionStep Step(int slices, Func<int, string> ours, Func<int, string> platforms)
    {
        List<double> mine = [], theirs = [];
        for (var slice = 0; slice < slices; slice++)
        {
            mine.Add(Microseconds(ours));
            theirs.Add(Microseconds(platforms));
        }
        var warmUp = slices / 10;
        return new CompressionStep(
            Math.Round(BenchEncode.Median(mine.Skip(warmUp)), 2),
            Math.Round(BenchEncode.Median(theirs.Skip(warmUp)), 2),
            Math.Round(BenchEncode.Median(mine.Zip(theirs, (m, t) => t / m).Skip(warmUp)), 3));
    }

    static double Microseconds(Func<int, string> work)
    {
        var watch = Stopwatch.GetTimestamp();
        for (var i = 0; i < PerSlice; i++)
        {
            work(i);
        }
        return Stopwatch.GetElapsedTime(watch).TotalMicroseconds / PerSlice;
    }

    static string PlatformPack(byte[] cose)
    {
        using var packed = new MemoryStream(cose.Length);
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(cose);
        }
        return Hc1.Prefix + Base45.Encode(packed.ToArray());
    }
}
