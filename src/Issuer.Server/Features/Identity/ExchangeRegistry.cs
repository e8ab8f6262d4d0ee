using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Issuer.Core.Identity;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Issuer.Server.Features.Identity;

/// <summary>
/// The population registry over the national exchange, one query a person. Whatever is wrong with it, the answer is
/// null and the record stays pending.
/// </summary>
sealed class ExchangeRegistry : IPopulationRegistry, IDisposable
{
    readonly ExchangeOptions options;
    readonly HttpClient client;
    readonly SemaphoreSlim places;
    readonly CircuitBreakerStateProvider circuit = new();
    readonly ResiliencePipeline<Try> pipeline;

    /// <param name="clock">For time limits, pauses and the circuit.</param>
    public ExchangeRegistry(ExchangeOptions options, TimeProvider clock)
    {
        this.options = options;
        places = new SemaphoreSlim(options.Concurrency);
        pipeline = ExchangePipeline.Build(options, clock, circuit);
        // The pipeline keeps the time. A redirect would carry people's names to wherever it points.
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
    }

    public bool IsAway => circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    public async Task<IReadOnlyList<RegistryAnswer?>> LookUpAsync(
        IReadOnlyList<RegistryQuery> queries, CancellationToken cancel) =>
        await Task.WhenAll(queries.Select(query => LookUpAsync(query, cancel)));

    public void Dispose()
    {
        client.Dispose();
        places.Dispose();
    }

    async Task<RegistryAnswer?> LookUpAsync(RegistryQuery query, CancellationToken cancel)
    {
        if (!ExchangeQuery.CanAsk(query))
        {
            return RegistryAnswer.NotFound;
        }
        await places.WaitAsync(cancel);
        try
        {
            return (await pipeline.ExecuteAsync(async stop => await AskAsync(query, stop), cancel)).Answer;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException
            or BrokenCircuitException)
        {
            return null;
        }
        finally
        {
            places.Release();
        }
    }

    async Task<Try> AskAsync(RegistryQuery query, CancellationToken cancel)
    {
        var requestId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url)
        {
            Content = new ByteArrayContent(
                JsonSerializer.SerializeToUtf8Bytes(ExchangeQuery.Of(query, options, requestId))),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if ((int)response.StatusCode != StatusCodes.Status200OK)
        {
            return OfCode((int)response.StatusCode, null);
        }
        var body = new byte[ExchangeAnswer.LargestBody + 1];
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel);
        if (length > ExchangeAnswer.LargestBody)
        {
            return new Try(TryOutcome.Broken);
        }
        var (code, answer) = ExchangeAnswer.Read(body.AsMemory(0, length), query);
        return OfCode(code, answer);
    }

    /// <summary>Gateways say it by the HTTP status or, under a 200, by the wrapper's code.</summary>
    static Try OfCode(int code, RegistryAnswer? answer) => code switch
    {
        StatusCodes.Status429TooManyRequests or StatusCodes.Status408RequestTimeout or >= 500 => new(TryOutcome.Busy),
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => new(TryOutcome.Broken),
        // One record that it will not take says nothing about the next; anything else is no exchange of ours.
        200 or (>= 400 and < 500) => new(TryOutcome.Heard, answer),
        _ => new(TryOutcome.Broken),
    };
}
