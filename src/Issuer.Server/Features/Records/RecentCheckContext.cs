using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>
/// What records are checked against, read anew every few seconds instead of with every record: a facility or lot that
/// was just loaded is known that much later.
/// </summary>
sealed class RecentCheckContext(ReadCheckContext read, TimeProvider clock)
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    volatile Reading? last;

    public async Task<CheckContext> GetAsync(CancellationToken cancel)
    {
        if (last is { } known && clock.GetElapsedTime(known.At) < Longest)
        {
            return known.Context;
        }
        var at = clock.GetTimestamp();
        var context = await read.RunAsync(cancel);
        last = new Reading(at, context);
        return context;
    }

    sealed record Reading(long At, CheckContext Context);
}
