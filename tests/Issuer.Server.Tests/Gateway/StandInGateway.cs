using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Issuer.Core.Pki;
using Issuer.Server.Features;
using Issuer.Server.Features.Gateway;
using Issuer.Storage.Pki;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Issuer.Server.Tests.Gateway;

/// <summary>A batch as the gateway keeps it.</summary>
sealed record Kept(string Id, string Country, DateTimeOffset Date, bool IsDeleted, string Cms);

/// <summary>
/// A gateway in this process, written from the public description: TLS that asks for a client certificate, uploads that
/// must be CMS of the country's upload certificate, revocation lists in pages. It can be made to fail.
/// </summary>
public sealed class StandInGateway : IAsyncLifetime
{
    public const int PageSize = 2;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    readonly Holder server = Holder.Make("XX", "gateway", host: "127.0.0.1");
    readonly Holder tls = Holder.Make("VN", "NB_TLS VN");
    readonly Holder stranger = Holder.Make("VN", "NB_TLS of nobody");
    WebApplication? app;

    internal Holder Anchor { get; } = Holder.Make("XX", "Trust Anchor");

    internal Country Vietnam { get; } = new("VN");

    internal List<Item> Items { get; } = [];

    internal List<Kept> Batches { get; } = [];

    /// <summary>DER of what was uploaded and not withdrawn, in base64.</summary>
    internal HashSet<string> Uploaded { get; } = [];

    /// <summary>Method and path of every request.</summary>
    internal ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Before the answer, given the body; true: it was answered.</summary>
    internal Func<HttpContext, byte[], Task<bool>>? Fault { get; set; }

    /// <summary>The WHO's trust domain into which it takes DSCs.</summary>
    internal string Domain { get; set; } = "DCC";

    /// <summary>What comes out is bent before it goes.</summary>
    internal Func<byte[], byte[]>? Bend { get; set; }

    internal GatewayOptions Options { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
            {
                https.ServerCertificate = X509CertificateLoader.LoadPkcs12(
                    server.Certificate.Export(X509ContentType.Pkcs12), null);
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (client, _, _) => client.RawData.SequenceEqual(tls.Der);
            })));
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Options = new GatewayOptions(new Uri(app.Urls.First() + "/"), ServerRoot: "gateway-server")
        {
            TryTimeout = Eventually.Longest, Pause = TimeSpan.FromMilliseconds(1),
        };
    }

    public async Task DisposeAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Our keys and what we pinned, as an operator lays them down.</summary>
    internal void LayKeys(IssuerServices issuer)
    {
        foreach (var (name, holder) in new[]
        {
            ("gateway-upload", Vietnam.Upload), ("gateway-tls", tls), ("stranger", stranger),
        })
        {
            using var key = SigningKey.FromPkcs8(holder.Key.ExportPkcs8PrivateKey());
            issuer.Get<KeyFiles>().AddKey(name, key);
            issuer.Get<KeyFiles>().AddCertificate(name, holder.Der);
        }
        issuer.Get<KeyFiles>().AddCertificate("gateway-anchor", Anchor.Der);
        issuer.Get<KeyFiles>().AddCertificate("gateway-server", server.Der);
    }

    internal void Enter(Country country, params Item[] dscs)
    {
        Items.Add(Item.Of("UPLOAD", country.Code, country.Upload, Anchor));
        Items.Add(Item.Of("CSCA", country.Code, country.Csca, Anchor));
        Items.AddRange(dscs);
    }

    internal Kept Add(string country, string cms, int second)
    {
        var kept = new Kept(Guid.NewGuid().ToString("D"), country,
            new DateTimeOffset(2027, 1, 10, 0, 0, second, TimeSpan.Zero), false, cms);
        Batches.Add(kept);
        return kept;
    }

    internal void Delete(Kept batch, int second)
    {
        Batches.Remove(batch);
        Batches.Add(
            batch with { IsDeleted = true, Date = new DateTimeOffset(2027, 1, 10, 0, 0, second, TimeSpan.Zero) });
    }

    internal int Count(string start) => Asked.Count(line => line.StartsWith(start, StringComparison.Ordinal));

    async Task AnswerAsync(HttpContext http)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes);
        var path = http.Request.Path.Value!;
        Asked.Enqueue($"{http.Request.Method} {path}");
        if (Fault is { } fault && await fault(http, bytes.ToArray()))
        {
            return;
        }
        var body = Encoding.ASCII.GetString(bytes.ToArray());
        switch (http.Request.Method, path.Split('/')[1..])
        {
            case ("GET", ["trustList", var kind]):
                await WriteAsync(
                    http, JsonSerializer.SerializeToUtf8Bytes(Items.Where(i => i.CertificateType == kind), Json));
                break;
            case ("GET", ["revocation-list"]):
                await ListAsync(http);
                break;
            case ("GET", ["revocation-list", var id]):
                var batch = Batches.SingleOrDefault(b => b.Id == id);
                http.Response.StatusCode = batch is null ? 404 : batch.IsDeleted ? 410 : 200;
                await (batch is { IsDeleted: false }
                    ? WriteAsync(http, Encoding.ASCII.GetBytes(batch.Cms)) : Task.CompletedTask);
                break;
            case ("POST", ["signerCertificate"]):
                await TakeDscAsync(http, body);
                break;
            case ("POST", ["trustedCertificate"]):
                TakeTrusted(http, bytes.ToArray());
                break;
            case ("POST", ["signerCertificate", "delete"]):
                http.Response.StatusCode = Opened(body) is { } gone
                    ? Uploaded.Remove(Convert.ToBase64String(gone)) ? 204 : 404 : 400;
                break;
            case ("POST", ["revocation-list"]):
                http.Response.StatusCode = TakeBatch(http, body);
                break;
            case ("POST", ["revocation-list", "delete"]):
                http.Response.StatusCode = DeleteBatch(body);
                break;
            default:
                http.Response.StatusCode = 404;
                break;
        }
    }

    async Task TakeDscAsync(HttpContext http, string body)
    {
        if (http.Request.ContentType != "application/cms" || Opened(body) is not { } der
            || !X509CertificateLoader.LoadCertificate(der).Subject.Contains("C=VN", StringComparison.Ordinal))
        {
            http.Response.StatusCode = 400;
            await WriteAsync(http, """{"code":"0x402","problem":"Nguyễn \n evil"}"""u8.ToArray());
            return;
        }
        http.Response.StatusCode = Uploaded.Add(Convert.ToBase64String(der)) ? 201 : 409;
    }

    /// <summary>As the WHO's gateway has it: JSON around the same CMS, by domain and group.</summary>
    void TakeTrusted(HttpContext http, byte[] json)
    {
        using var request = JsonDocument.Parse(json);
        var body = request.RootElement;
        http.Response.StatusCode = http.Request.ContentType != "application/json"
            || body.GetProperty("domain").GetString() != Domain || body.GetProperty("group").GetString() != "DSC"
            || body.GetProperty("properties").ValueKind != JsonValueKind.Object
            || Opened(body.GetProperty("cms").GetString()!) is not { } der
            || body.GetProperty("kid").GetString() != Convert.ToBase64String(SHA256.HashData(der)[..8])
                ? 400 : Uploaded.Add(Convert.ToBase64String(der)) ? 201 : 409;
    }

    int TakeBatch(HttpContext http, string cms)
    {
        if (http.Request.ContentType != "application/cms-text" || Opened(cms) is not { } json)
        {
            return 400;
        }
        using var batch = JsonDocument.Parse(json);
        if (batch.RootElement.GetProperty("country").GetString() != "VN")
        {
            return 403;
        }
        var kept = new Kept(Guid.NewGuid().ToString("D"), "VN",
            new DateTimeOffset(2027, 1, 11, 0, 0, Batches.Count % 60, TimeSpan.Zero), false, cms);
        Batches.Add(kept);
        http.Response.Headers.ETag = $"\"{kept.Id}\"";
        return 201;
    }

    int DeleteBatch(string cms)
    {
        if (Opened(cms) is not { } json)
        {
            return 400;
        }
        using var request = JsonDocument.Parse(json);
        var id = request.RootElement.GetProperty("batchId").GetString();
        var batch = Batches.SingleOrDefault(b => b.Id == id);
        if (batch is null or { Country: not "VN" } or { IsDeleted: true })
        {
            return batch is null ? 404 : batch.IsDeleted ? 410 : 403;
        }
        Batches.Remove(batch);
        Batches.Add(batch with { IsDeleted = true });
        return 204;
    }

    async Task ListAsync(HttpContext http)
    {
        if (!DateTimeOffset.TryParseExact(http.Request.Headers.IfModifiedSince, "yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since))
        {
            http.Response.StatusCode = 400;
            return;
        }
        var all = Batches.Where(b => b.Date >= since).OrderBy(b => b.Date).ToList();
        if (all.Count == 0)
        {
            http.Response.StatusCode = 204;
            return;
        }
        await WriteAsync(http, JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                more = all.Count > PageSize,
                batches = all.Take(PageSize).Select(b => new
                {
                    batchId = b.Id, country = b.Country,
                    date = b.Date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
                    deleted = b.IsDeleted, unknown = "member",
                }),
            },
            Json));
    }

    Task WriteAsync(HttpContext http, byte[] bytes) =>
        http.Response.Body.WriteAsync(Bend is { } bend ? bend(bytes) : bytes).AsTask();

    /// <summary>
    /// As the gateway does: base64 on one line, content inside, one certificate, one signer, the one it knows.
    /// </summary>
    byte[]? Opened(string text)
    {
        var cms = new SignedCms();
        try
        {
            cms.Decode(text.Any(char.IsWhiteSpace) ? [] : Convert.FromBase64String(text));
            cms.CheckSignature(verifySignatureOnly: true);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
        return !cms.Detached && cms.Certificates.Count == 1 && cms.SignerInfos.Count == 1
            && cms.SignerInfos[0].Certificate!.RawData.SequenceEqual(Vietnam.Upload.Der)
            ? cms.ContentInfo.Content : null;
    }
}
