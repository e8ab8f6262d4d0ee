using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Rest;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Storage.Certificates;
using Issuer.Storage.Pki;
using Environments = Issuer.Server.Hosting.Environments;

namespace Issuer.Benchmarks;

/// <summary>How fast holders fetch, client and service on the same cores.</summary>
/// <param name="EmptyPerSecond">Kestrel's own empty answer, without routes, tokens or a store.</param>
/// <param name="ConditionalPerSecond">The list of a holder who has it: 304, from an ETag.</param>
/// <param name="FirstTimePerSecond">The same with tokens never seen before, so that each signature is checked.</param>
/// <param name="FullPerSecond">One certificate with its HC1 text and the doses.</param>
/// <param name="ConditionalP99HalfLoad">Milliseconds at half the goal's rate, from when each request was due.</param>
sealed record FetchFigures(
    string Store, long Certificates, double EmptyPerSecond, double ConditionalPerSecond, double FullPerSecond,
    double FirstTimePerSecond, double ConditionalP99HalfLoad, double FullP99HalfLoad, double PngPerSecond,
    double PngMatrixMilliseconds);

/// <summary>Fetches of many holders, each with a token of their own, over the whole of a large store.</summary>
static class BenchFetch
{
    const int Issued = 2_000;
    const int Holders = 20_000;
    const int Connections = 32;

    /// <summary>More than are sent in one measurement.</summary>
    const int NewTokens = 100_000;

    const double HalfConditional = 5_000;
    const double HalfFull = 2_500;

    static readonly TimeSpan Time = TimeSpan.FromSeconds(8);

    public static async Task<FetchFigures> RunAsync(
        IssuerServices issuer, Database database, long certificates, Action<string> say, CancellationToken cancel)
    {
        var there = await issuer.Get<StoreCounts>().CertificatesAsync(cancel);
        if (there == 0)
        {
            await BenchPeople.AddAsync(issuer, 0, Issued, cancel);
            await issuer.Get<IssueRound>().RunAsync("bench", null, cancel);
            await ManyCertificates.FillAsync(database, certificates - Issued, cancel);
            there = await issuer.Get<StoreCounts>().CertificatesAsync(cancel);
        }
        say($"{there} certificates in {issuer.Get<StoreDescription>().Text}");
        await using var bare = await BareAsync(cancel);
        var empty = await new LoadClient(AddressOf(bare), [Request("/", null, null)], 200, Connections)
            .FullAsync(Time, cancel);
        say($"empty answer: {empty}");
        await using var app = RestHost.Build(issuer, new RestOptions("http://127.0.0.1:0", JobInterval: null));
        await app.StartAsync(cancel);
        var address = AddressOf(app);
        var holders = await HoldersAsync(issuer, address, there, cancel);
        say($"{holders.Count} holders");

        async Task<(LoadFigures Full, LoadFigures Half)> MeasureAsync(
            string what, List<byte[]> requests, int status, double half)
        {
            var client = new LoadClient(address, requests, status, Connections);
            var (fast, paced) = (await client.FullAsync(Time, cancel), await client.PacedAsync(half, Time, cancel));
            say($"{what}: {fast}; at {half} a second: {paced}");
            return (fast, paced);
        }

        var conditional = await MeasureAsync(
            "conditional", holders.ConvertAll(h => Request("/v1/me/certificates", h.Token, h.Etag)), 304,
            HalfConditional);
        var full = await MeasureAsync(
            "full", holders.ConvertAll(h => Request($"/v1/me/certificates/{h.Certificate}", h.Token, null)), 200,
            HalfFull);
        var firstTimes = FirstTimes(issuer.Get<KeyFiles>(), holders, issuer.Get<NationalClock>().Now);
        var first = await new LoadClient(address, firstTimes, 304, Connections)
            .FullAsync(Time, cancel);
        say($"conditional with a new token each: {first}");
        var png = await new LoadClient(
            address, holders.ConvertAll(h => Request($"/v1/me/certificates/{h.Certificate}/qr.png", h.Token, null)),
            200,
            Connections).FullAsync(Time, cancel);
        return new FetchFigures(
            issuer.Get<StoreDescription>().Text, there, empty.PerSecond, conditional.Full.PerSecond,
            full.Full.PerSecond,
            first.PerSecond, conditional.Half.P99Milliseconds, full.Half.P99Milliseconds, png.PerSecond,
            await MatrixMillisecondsAsync(issuer, cancel));
    }

    /// <summary>Holders from all over the store, with their list's ETag and their certificate.</summary>
    static async Task<List<Holder>> HoldersAsync(
        IssuerServices issuer, IPEndPoint address, long certificates, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        var holders = new Holder[Holders];
        await Parallel.ForAsync(0, Holders, cancel, async (n, token) =>
        {
            var number = n % 10 == 0
                ? BenchPeople.NumberOf(n / 10 % Issued)
                : ManyCertificates.NumberOf(1 + RandomNumberGenerator.GetInt32((int)(certificates - Issued)));
            var bearer = TokenOf(issuer.Get<KeyFiles>(), number, "bench", issuer.Get<NationalClock>().Now);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/me/certificates");
            request.Headers.Authorization = new("Bearer", bearer);
            using var answer = await http.SendAsync(request, token);
            var list = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(token));
            holders[n] = new Holder(number, bearer, answer.Headers.ETag!.Tag,
                list.RootElement.GetProperty("certificates")[0].GetProperty("id").GetString()!);
        });
        return [.. holders];
    }

    static List<byte[]> FirstTimes(KeyFiles keys, List<Holder> holders, DateTimeOffset now) =>
        [.. Enumerable.Range(0, NewTokens).AsParallel().AsOrdered().Select(n => Request(
            "/v1/me/certificates", TokenOf(keys, holders[n % Holders].Number, $"bench {n}", now),
            holders[n % Holders].Etag))];

    static string TokenOf(KeyFiles keys, string number, string subject, DateTimeOffset now) => DevelopmentToken.Sign(
        keys,
        new Dictionary<string, object>
        {
            [ClaimNames.Subject] = subject, [ClaimNames.Roles] = new[] { Roles.Citizen },
            [ClaimNames.IdentityNumber] = number,
        },
        now, TimeSpan.FromHours(1));

    internal static byte[] Request(string path, string? token, string? etag) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: bench\r\n"
        + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
        + (etag is null ? "" : $"If-None-Match: {etag}\r\n") + "\r\n");

    static async Task<double> MatrixMillisecondsAsync(IssuerServices issuer, CancellationToken cancel)
    {
        await foreach (var certificate in issuer.Get<HolderCertificates>().AllAsync(cancel))
        {
            var hc1 = certificate.ToHc1();
            QrPicture.Png(hc1);
            const int times = 100;
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < times; i++)
            {
                QrPicture.Png(hc1);
            }
            return Math.Round(watch.Elapsed.TotalMilliseconds / times, 2);
        }
        return 0;
    }

    sealed record Holder(string Number, string Token, string Etag, string Certificate);

    internal static async Task<WebApplication> BareAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var bare = builder.Build();
        bare.Run(_ => Task.CompletedTask);
        await bare.StartAsync(cancel);
        return bare;
    }

    internal static IPEndPoint AddressOf(WebApplication app) => IPEndPoint.Parse(
        app.Urls.First()["http://".Length..].ToString(CultureInfo.InvariantCulture));
}
