using System.Diagnostics;
using Issuer.Server.Edge.Rest;
using Issuer.Server.Features;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;

namespace Issuer.Benchmarks;

/// <summary>
/// Intake, checked and durable, beside what the same engine does with rows of that size and no checks.
/// </summary>
/// <param name="Table">Records that were there before.</param>
/// <param name="RecordsPerSecond">Through the CSV path, from opening the file to the last commit.</param>
/// <param name="BulkRowsPerSecond">
/// The engine's own bulk load (COPY on PostgreSQL), in batches of the same length.
/// </param>
/// <param name="PostsPerSecond">
/// Single records over HTTP, each acknowledged when durable; clients in this process.
/// </param>
/// <param name="CommitsPerSecond">The engine's own single-row commits, with as many clients.</param>
/// <param name="CsvPeakMegabytes">The process's working set at its largest while the file was read.</param>
/// <param name="PostsPeakMegabytes">The same while the clients posted.</param>
sealed record IntakeFigures(
    string Store, long Table, int Rows, double RecordsPerSecond, double BulkRowsPerSecond, int Clients,
    double PostsPerSecond, double CommitsPerSecond, double CsvPeakMegabytes, double PostsPeakMegabytes);

/// <summary>Measures intake on a store that is filled first.</summary>
sealed class BenchIntake(IssuerServices issuer, Database database)
{
    const int Clients = 32;
    const int Commits = 40_000;
    const int WarmUp = 2000;

    static readonly TimeSpan PostTime = TimeSpan.FromSeconds(12);

    readonly BenchRecords records = new(issuer, database);

    /// <summary>
    /// The compiler works on the way of a request for its first ten thousand, and that is not measured.
    /// </summary>
    static readonly TimeSpan PostWarmUp = TimeSpan.FromSeconds(10);

    public async Task<IntakeFigures> RunAsync(int rows, long preload, CancellationToken cancel)
    {
        await records.PrepareAsync(preload, cancel);
        var table = await records.CountAsync(cancel);
        await ImportAsync(Math.Min(rows, WarmUp), cancel);
        var rates = new EngineRates(database);
        var bulk = await rates.BulkRowsPerSecondAsync(rows, cancel);
        var (recordRate, csvPeak) = await ImportAsync(rows, cancel);
        var commits = await rates.CommitsPerSecondAsync(Clients, Commits, cancel);
        var (postRate, postPeak) = await PostAsync(cancel);
        return new IntakeFigures(
            issuer.Get<StoreDescription>().Text, table, rows, Math.Round(recordRate), Math.Round(bulk), Clients,
            Math.Round(postRate), Math.Round(commits), Math.Round(csvPeak, 1), Math.Round(postPeak, 1));
    }

    async Task<(double Rate, double PeakMegabytes)> ImportAsync(int rows, CancellationToken cancel)
    {
        var path = Path.GetTempFileName();
        try
        {
            await records.WriteCsvAsync(path, rows, cancel);
            using var memory = new PeakMemory();
            var watch = Stopwatch.StartNew();
            if (TableFile.Open(path, [CsvKind.Records]).IsRefused(out var why, out var file))
            {
                throw new RefusedException(why);
            }
            var counts = await issuer.Get<ImportFile>().RunAsync(file, null, null, _ => { }, null, cancel);
            return counts.Accepted == rows
                ? (rows / watch.Elapsed.TotalSeconds, memory.Megabytes)
                : throw new InvalidOperationException($"Only {counts.Accepted} of {rows} records were accepted.");
        }
        finally
        {
            File.Delete(path);
        }
    }

    async Task<(double Rate, double PeakMegabytes)> PostAsync(CancellationToken cancel)
    {
        await using var app = RestHost.Build(
            issuer, new RestOptions("http://127.0.0.1:0", JobInterval: null, LeastLogged: LogLevel.Warning));
        await app.StartAsync(cancel);
        await PostForAsync(app.Urls.First(), PostWarmUp, cancel);
        using var memory = new PeakMemory();
        var watch = Stopwatch.StartNew();
        var posted = await PostForAsync(app.Urls.First(), PostTime, cancel);
        var rate = posted / watch.Elapsed.TotalSeconds;
        await app.StopAsync(cancel);
        return (rate, memory.Megabytes);
    }

    async Task<long> PostForAsync(string url, TimeSpan time, CancellationToken cancel)
    {
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var posted = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(
            async () =>
            {
                using var http = new HttpClient { BaseAddress = new Uri(url) };
                http.DefaultRequestHeaders.Authorization = new("Bearer", records.TokenOf(client));
                long mine = 0;
                for (; Stopwatch.GetTimestamp() < until; mine++)
                {
                    using var answer = await http.PostAsync("/v1/records", records.NextJson(client), cancel);
                    answer.EnsureSuccessStatusCode();
                }
                return mine;
            },
            cancel)));
        return posted.Sum();
    }
}
