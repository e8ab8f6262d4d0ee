using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Issuer.Server.Features.Gateway;

/// <summary>
/// Around every request: up to two more tries after a transport fault or when it is busy; a circuit that opens when
/// nearly all tries fail, so that a thousand batches do not wait for a gateway that is away; a limit for each try.
/// Every request may be made again: what exists is answered so, and a batch that went in twice is found by its content.
/// </summary>
static class GatewayPipeline
{
    public static ResiliencePipeline<GatewayAnswer> Build(GatewayOptions options, TimeProvider clock) =>
        new ResiliencePipelineBuilder<GatewayAnswer> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<GatewayAnswer>
            {
                ShouldHandle = new PredicateBuilder<GatewayAnswer>()
                    .Handle<HttpRequestException>().Handle<IOException>().HandleResult(IsBusy),
                MaxRetryAttempts = 2,
                Delay = options.Pause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<GatewayAnswer>
            {
                ShouldHandle = new PredicateBuilder<GatewayAnswer>()
                    .Handle<HttpRequestException>().Handle<IOException>().Handle<TimeoutRejectedException>()
                    .HandleResult(IsBusy),
                FailureRatio = 0.9,
                MinimumThroughput = 12,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDuration = TimeSpan.FromSeconds(30),
            })
            .AddTimeout(options.TryTimeout)
            .Build();

    static bool IsBusy(GatewayAnswer answer) => answer.Status is
        StatusCodes.Status429TooManyRequests or StatusCodes.Status408RequestTimeout or >= 500;
}
