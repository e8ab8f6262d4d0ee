using System.Net;
using Issuer.Server.Edge.Rest;
using Issuer.Server.Features;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.Publication;

namespace Issuer.Benchmarks;

/// <summary>What a server sends to verifiers a second, client and server on the same cores.</summary>
/// <param name="Full">The whole delta.</param>
/// <param name="Conditional">304, to whoever has it.</param>
sealed record ServedFigures(double Full, double Conditional);

/// <summary>How fast a day's delta is downloaded.</summary>
/// <param name="EmptyPerSecond">Kestrel's own empty answer, without routes, tokens or files.</param>
/// <param name="Nginx">Of the exported folder by the sample configuration; null: no nginx was asked for.</param>
sealed record DownloadFigures(
    int DeltaBytes, double EmptyPerSecond, ServedFigures Service, ServedFigures? Nginx);

/// <summary>The service as it is run, a line in the log for every other request, and nginx alone.</summary>
static class BenchDownload
{
    const int Certificates = 12_000;
    const int RevokedOf = 3;
    const int Connections = 32;

    static readonly TimeSpan Time = TimeSpan.FromSeconds(6);

    /// <param name="nginx">The sample configuration; null: the service alone.</param>
    public static async Task<DownloadFigures> RunAsync(IssuerServices issuer, string? nginx, CancellationToken cancel)
    {
        await BenchPublication.MakeAsync(issuer, Certificates, RevokedOf, cancel);
        var delta = CompactListPaths.Delta(1, 2) + CompactListPaths.BodyEnd;
        var size = (int)new FileInfo(Path.Combine(issuer.Get<DataFolder>().Published, delta)).Length;
        await using var bare = await BenchFetch.BareAsync(cancel);
        var empty = await new LoadClient(
            BenchFetch.AddressOf(bare), [BenchFetch.Request("/", null, null)], 200, Connections).FullAsync(Time,
            cancel);
        await using var app = RestHost.Build(issuer, new RestOptions("http://127.0.0.1:0", null));
        await app.StartAsync(cancel);
        var service = await MeasureAsync(BenchFetch.AddressOf(app), $"/v1/{delta}", size, cancel);
        if (nginx is null)
        {
            return new DownloadFigures(size, empty.PerSecond, service, null);
        }
        using var server = await RunningNginx.StartAsync(nginx, issuer.Get<DataFolder>().Published, cancel);
        return new DownloadFigures(
            size, empty.PerSecond, service, await MeasureAsync(server.Address, $"/{delta}", size, cancel));
    }

    static async Task<ServedFigures> MeasureAsync(
        IPEndPoint address, string path, int size, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        using var answer = await http.GetAsync(path, cancel);
        if ((await answer.Content.ReadAsByteArrayAsync(cancel)).Length != size)
        {
            throw new InvalidOperationException($"{path} is not sent whole.");
        }
        var full = new LoadClient(address, [BenchFetch.Request(path, null, null)], 200, Connections);
        var conditional = new LoadClient(
            address, [BenchFetch.Request(path, null, answer.Headers.ETag!.Tag)], 304, Connections);
        return new ServedFigures(
            (await full.FullAsync(Time, cancel)).PerSecond, (await conditional.FullAsync(Time, cancel)).PerSecond);
    }
}
