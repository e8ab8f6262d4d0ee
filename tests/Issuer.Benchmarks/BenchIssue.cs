using System.Diagnostics;
using System.Security.Cryptography;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;

namespace Issuer.Benchmarks;

/// <summary>
/// Durable issuing on the embedded store beside what the same cores sign and verify alone, in one run.
/// </summary>
/// <param name="People">Certificates issued.</param>
/// <param name="CertificatesPerSecond">Steps 5 to 9, self-check included.</param>
/// <param name="RawSignVerifyPerSecond">ES256 signatures made and verified on all cores, nothing else done.</param>
/// <param name="PeakMegabytes">The process's working set at its largest while issuing.</param>
sealed record IssueFigures(
    int People, double CertificatesPerSecond, double RawSignVerifyPerSecond, double Ratio, double PeakMegabytes);

/// <summary>Issues for people who are all due, in a store made for it.</summary>
static class BenchIssue
{
    /// <summary>Issued before the clock starts, so that the compiler's work is not measured.</summary>
    const int WarmUp = 10_000;

    static readonly TimeSpan RawTime = TimeSpan.FromSeconds(1.5);

    public static async Task<IssueFigures> RunAsync(IssuerServices issuer, int people, CancellationToken cancel)
    {
        await BenchPeople.AddAsync(issuer, 0, WarmUp, cancel);
        await issuer.Get<IssueRound>().RunAsync("bench", null, cancel);
        await BenchPeople.AddAsync(issuer, WarmUp, people, cancel);
        // The machine is shared: raw is measured on both sides of the run.
        var before = RawRate();
        using var memory = new PeakMemory();
        var watch = Stopwatch.StartNew();
        var counts = await issuer.Get<IssueRound>().RunAsync("bench", null, cancel);
        var rate = counts.Issued / watch.Elapsed.TotalSeconds;
        var peak = memory.Megabytes;
        var raw = (before + RawRate()) / 2;
        return counts.Issued == people
            ? new IssueFigures(
                people, Math.Round(rate), Math.Round(raw), Math.Round(rate / raw, 3), Math.Round(peak, 1))
            : throw new InvalidOperationException($"Only {counts.Issued} of {people} were issued: {counts.Stopped}");
    }

    static double RawRate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var hash = SHA256.HashData("as long as it takes"u8);
        var watch = Stopwatch.StartNew();
        long done = 0;
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            long mine = 0;
            while (watch.Elapsed < RawTime)
            {
                if (!key.VerifyHash(hash, key.SignHash(hash)))
                {
                    throw new CryptographicException("A signature of our own did not verify.");
                }
                mine++;
            }
            Interlocked.Add(ref done, mine);
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        return done / watch.Elapsed.TotalSeconds;
    }
}

/// <summary>Looks at the working set ten times a second and keeps the largest.</summary>
sealed class PeakMemory : IDisposable
{
    readonly Timer timer;
    long peak;

    public PeakMemory() => timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

    public double Megabytes
    {
        get
        {
            Look();
            return peak / 1048576.0;
        }
    }

    public void Dispose() => timer.Dispose();

    void Look() => peak = Math.Max(peak, Environment.WorkingSet);
}
