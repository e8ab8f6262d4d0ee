using Issuer.Core.Identity;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Issuer.Server.Features.Identity;

/// <summary>How one try at the exchange ended.</summary>
enum TryOutcome
{
    /// <summary>The exchange works; whether it answered this query is another matter.</summary>
    Heard,

    /// <summary>Overloaded or failing (5xx, 429): worth another try.</summary>
    Busy,

    /// <summary>Not what an exchange says (garbage), or it does not know us: another try would say the same.</summary>
    Broken,
}

/// <param name="Answer">Null: none to this query.</param>
readonly record struct Try(TryOutcome Outcome, RegistryAnswer? Answer = null);

/// <summary>
/// Around every query: up to two more tries after a transport fault or when it is busy, spread by jitter; a circuit
/// that opens when half the tries of the last seconds failed; a time limit for each try. A try that ran out of time is
/// not made again: asking a slow exchange thrice only makes it slower.
/// </summary>
static class ExchangePipeline
{
    const int EnoughTries = 8;

    static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    public static ResiliencePipeline<Try> Build(
        ExchangeOptions options, TimeProvider clock, CircuitBreakerStateProvider state) =>
        new ResiliencePipelineBuilder<Try> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<Try>
            {
                ShouldHandle = new PredicateBuilder<Try>()
                    .Handle<HttpRequestException>().Handle<IOException>()
                    .HandleResult(t => t.Outcome == TryOutcome.Busy),
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Try>
            {
                ShouldHandle = new PredicateBuilder<Try>()
                    .Handle<HttpRequestException>().Handle<IOException>().Handle<TimeoutRejectedException>()
                    .HandleResult(t => t.Outcome != TryOutcome.Heard),
                FailureRatio = 0.5,
                MinimumThroughput = EnoughTries,
                SamplingDuration = Window,
                BreakDuration = options.Break,
                StateProvider = state,
            })
            .AddTimeout(options.TryTimeout)
            .Build();
}
