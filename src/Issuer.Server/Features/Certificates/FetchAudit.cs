using System.Threading.Channels;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Hcert;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Certificates;

namespace Issuer.Server.Features.Certificates;

/// <summary>
/// Which app fetched which certificate for its holder. Written in batches a second later, so that fetching stays fast:
/// a killed service loses that second of it, nothing else. Holders who fetch for themselves leave no row.
/// </summary>
sealed class FetchAudit(NationalClock clock)
{
    /// <summary>More than this a second waits; what fetches then waits too.</summary>
    const int MostWaiting = 100_000;
    const int BatchSize = 5_000;

    readonly Channel<(Act Act, Slot Slot)> waiting =
        Channel.CreateBounded<(Act, Slot)>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <param name="app">Which acts for the holder; null: nobody does.</param>
    public void Add(string? app, IssuedCertificate certificate)
    {
        if (app is not null && !waiting.Writer.TryWrite((clock.Act($"app {app}"), certificate.Slot)))
        {
            throw new RefusedException(new Rejection(RejectionKind.Unavailable, "too many fetches at once: try again"));
        }
    }

    /// <summary>Empty: nothing waits any more.</summary>
    public IReadOnlyList<(Act Act, Slot Slot)> Next()
    {
        var batch = new List<(Act, Slot)>();
        while (batch.Count < BatchSize && waiting.Reader.TryRead(out var fetch))
        {
            batch.Add(fetch);
        }
        return batch;
    }
}

/// <summary>Writes down the fetches of the last second, and at the end those that are left.</summary>
sealed class WriteFetches(FetchAudit fetches, HolderCertificates certificates, ILogger<WriteFetches> logger) : IJob
{
    public static JobPlan Plan { get; } = new("fetches", TimeSpan.FromSeconds(1))
    {
        EntersStore = false, EndsWithRound = true,
    };

    public async Task<RoundEnd> RunAsync(CancellationToken cancel)
    {
        long written = 0;
        while (fetches.Next() is { Count: > 0 } batch)
        {
            try
            {
                // What was taken is written, also while the service stops.
                await certificates.AddFetchesAsync(batch, CancellationToken.None);
                written += batch.Count;
            }
#pragma warning disable CA1031 // Whatever it is: fetching goes on, and the log says what the trail lacks.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.FetchesNotAudited(e, batch.Count);
            }
        }
        return new RoundEnd(written);
    }
}
