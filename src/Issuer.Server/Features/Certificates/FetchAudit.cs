using System.Security.Claims;
using System.Threading.Channels;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Certificates;

/// <summary>
/// Which app fetched which certificate for its holder. Written in batches a second later, so that fetching stays fast:
/// a killed service loses that second of it, nothing else. Holders who fetch for themselves leave no row.
/// </summary>
sealed class FetchAudit(Workplace place, ILogger<FetchAudit> logger) : BackgroundService
{
    /// <summary>More than this a second waits; what fetches then waits too.</summary>
    const int MostWaiting = 100_000;
    const int BatchSize = 5_000;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Channel<(Act Act, Slot Slot)> waiting =
        Channel.CreateBounded<(Act, Slot)>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public void Add(ClaimsPrincipal user, IssuedCertificate certificate)
    {
        if (Caller.AppOf(user) is { } app && !waiting.Writer.TryWrite((place.Act($"app {app}"), certificate.Slot)))
        {
            throw new RefusedException(new Rejection(RejectionKind.Unavailable, "too many fetches at once: try again"));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(Pause, stoppingToken);
                await WriteAsync();
            }
        }
        catch (OperationCanceledException)
        {
            await WriteAsync();
        }
    }

    async Task WriteAsync()
    {
        while (waiting.Reader.TryPeek(out _))
        {
            var batch = new List<(Act, Slot)>();
            while (batch.Count < BatchSize && waiting.Reader.TryRead(out var fetch))
            {
                batch.Add(fetch);
            }
            try
            {
                await place.Store.Holders.AddFetchesAsync(batch, CancellationToken.None);
            }
#pragma warning disable CA1031 // Whatever it is: fetching goes on, and the log says what the trail lacks.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.FetchesNotAudited(e, batch.Count);
            }
        }
    }
}
