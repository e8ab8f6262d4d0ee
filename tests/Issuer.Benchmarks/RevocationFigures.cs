namespace Issuer.Benchmarks;

/// <summary>What a format costs: the content, what signs it, and what no exact coding can go below.</summary>
/// <param name="Bound">Bytes: log2 C(N, n) / 8 for n of N certificates.</param>
/// <param name="Ratio">Body to bound; null when the bound is nothing.</param>
/// <param name="Entries">Revoked certificates in it; of a delta, those that come or go.</param>
/// <param name="FalseHits">Good certificates that it would refuse, of all.</param>
sealed record FormatFigures(
    long BodyBytes, long EnvelopeBytes, double Bound, double? Ratio, long Entries, long FalseHits, double BuildSeconds,
    double ProofSeconds)
{
    public static FormatFigures Of(
        long body, long envelope, double boundBits, long entries, long falseHits, double build, double proof) => new(
        body, envelope, Math.Ceiling(boundBits / 8), boundBits < 1 ? null : Math.Round(body * 8 / boundBits, 4),
        entries, falseHits, Math.Round(build, 2), Math.Round(proof, 2));
}

/// <summary>Everything that <c>bench revocation</c> measured, in one run.</summary>
/// <param name="BuildAndProofSeconds">Of all formats together.</param>
/// <param name="DecodeSeconds">The full compact list: signature, digest and body to a bitmap that answers.</param>
sealed record RevocationFigures(
    int Issued, int Revoked, IReadOnlyDictionary<string, FormatFigures> Formats, double BuildAndProofSeconds,
    double DecodeSeconds, double LookupNanoseconds, double PeakMegabytes, IReadOnlyList<string> Assumptions);

static class Subsets
{
    /// <summary>log2 C(n, k): what naming k of n takes at least, in bits.</summary>
    public static double Bits(long n, long k) => k < 0 || k > n
        ? 0
        : (LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k)) / Math.Log(2);

    // Stirling's series; below 100 the product itself.
    static double LogFactorial(long n)
    {
        if (n < 100)
        {
            var sum = 0.0;
            for (var i = 2; i <= n; i++)
            {
                sum += Math.Log(i);
            }
            return sum;
        }
        double x = n;
        return (x * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI * x)) + (1 / (12 * x)) - (1 / (360 * x * x * x));
    }
}
