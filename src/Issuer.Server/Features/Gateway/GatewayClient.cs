using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Issuer.Hcert;
using Issuer.Storage.Pki;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Issuer.Server.Features.Gateway;

/// <summary>
/// The requests of a gateway (dgc-gateway, OpenAPI) over mutual TLS. Whatever goes wrong is an answer.
/// </summary>
sealed class GatewayClient : IDisposable
{
    /// <summary>The whole world's keys are 3 MB; nothing that a gateway says is longer than this.</summary>
    const int LongestBody = 16 * 1024 * 1024;

    readonly HttpClient client;
    readonly X509Certificate2 tls;
    readonly string? domain;
    readonly ResiliencePipeline<GatewayAnswer> pipeline;

    /// <param name="clock">For time limits, pauses, the circuit, and the server's certificate.</param>
    public GatewayClient(GatewayOptions options, KeyFiles keys, TimeProvider clock)
    {
        using (var key = keys.ReadKey(options.TlsKey))
        using (var certificate = X509CertificateLoader.LoadCertificate(keys.ReadCertificate(options.TlsKey)))
        {
            tls = key.AttachTo(certificate);
        }
        domain = options.Domain;
        pipeline = GatewayPipeline.Build(options, clock);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 16,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(tls, null, offline: true),
                CertificateChainPolicy = options.ServerRoot is { } root
                    ? PolicyOf(keys.ReadCertificate(root), clock.GetUtcNow()) : null,
            },
        };
        // The pipeline keeps the time.
        client = new HttpClient(handler) { BaseAddress = options.Url, Timeout = Timeout.InfiniteTimeSpan };
    }

    public Task<GatewayAnswer> TrustListAsync(string kind, CancellationToken cancel) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, $"trustList/{kind}"), cancel);

    /// <summary>What changed since; the header is ISO 8601 here, against RFC 9110 (dgc-gateway issue 174).</summary>
    public Task<GatewayAnswer> BatchesAsync(DateTimeOffset since, CancellationToken cancel) => SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "revocation-list");
            request.Headers.TryAddWithoutValidation("If-Modified-Since",
                since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            return request;
        },
        cancel);

    public Task<GatewayAnswer> BatchAsync(string id, CancellationToken cancel) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, $"revocation-list/{id}"), cancel);

    /// <summary>The WHO's gateway takes the same CMS with its domain and group (its OpenAPI 1.10.0).</summary>
    public Task<GatewayAnswer> PostDscAsync(string cms, Kid kid, CancellationToken cancel) => domain is null
        ? PostAsync("signerCertificate", cms, "application/cms", cancel)
        : PostAsync("trustedCertificate",
            JsonSerializer.Serialize(
                new { cms, kid = kid.ToString(), group = "DSC", domain, properties = new { } }, TrustedCertificate),
            "application/json", cancel);

    public Task<GatewayAnswer> DeleteDscAsync(string cms, CancellationToken cancel) =>
        PostAsync("signerCertificate/delete", cms, "application/cms", cancel);

    public Task<GatewayAnswer> PostBatchAsync(string cms, CancellationToken cancel) =>
        PostAsync("revocation-list", cms, "application/cms-text", cancel);

    public Task<GatewayAnswer> DeleteBatchAsync(string cms, CancellationToken cancel) =>
        PostAsync("revocation-list/delete", cms, "application/cms-text", cancel);

    public void Dispose()
    {
        client.Dispose();
        tls.Dispose();
    }

    /// <summary>Base64's plus sign stays as it is.</summary>
    static readonly JsonSerializerOptions TrustedCertificate = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    Task<GatewayAnswer> PostAsync(string path, string body, string type, CancellationToken cancel) => SendAsync(
        () => new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue(type) },
            },
        },
        cancel);

    async Task<GatewayAnswer> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        try
        {
            return await pipeline.ExecuteAsync(async stop => await TryAsync(request, stop), cancel);
        }
        catch (HttpRequestException e)
        {
            return GatewayAnswer.None($"not reached ({e.HttpRequestError})");
        }
        catch (IOException)
        {
            return GatewayAnswer.None("broke off in the middle");
        }
        catch (TimeoutRejectedException)
        {
            return GatewayAnswer.None("took too long");
        }
        catch (BrokenCircuitException)
        {
            return GatewayAnswer.None("left alone after many failures");
        }
    }

    async Task<GatewayAnswer> TryAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        using var request = make();
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LongestBody)
            {
                return GatewayAnswer.None("answered without an end");
            }
        }
        var etag = response.Headers.TryGetValues("ETag", out var tags) ? tags.First().Trim('"') : null;
        return new GatewayAnswer((int)response.StatusCode, body.ToArray(), etag);
    }

    static X509ChainPolicy PolicyOf(byte[] root, DateTimeOffset now) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificate(root) },
        RevocationMode = X509RevocationMode.NoCheck,
        VerificationTime = now.UtcDateTime,
    };
}
