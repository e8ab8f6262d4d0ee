using Issuer.Core.Progress;
using Issuer.Hcert;

namespace Issuer.Server.Features.Metrics;

/// <summary>What <see cref="MeasureJob"/> found when it last looked.</summary>
/// <param name="Counted">Over the whole country, as progress last counted it; null: it has not yet.</param>
/// <param name="Dscs">Of those that may sign, when they end.</param>
/// <param name="AnchorEnds">Of the published anchor; null: none is published here.</param>
/// <param name="ImportQueue">Uploaded files that are not worked off.</param>
/// <param name="ExemptToday">Exempt rows entered since midnight, in the whole country.</param>
sealed record StoreFigures(
    AreaProgress? Counted, IReadOnlyList<(Kid Kid, DateTimeOffset Ends)> Dscs, DateTimeOffset? AnchorEnds,
    long ImportQueue, long ExemptToday);

/// <summary>The last figures, so that a scrape asks no database; null before the first round.</summary>
sealed class LastFigures
{
    volatile StoreFigures? last;

    public StoreFigures? Value
    {
        get => last;
        set => last = value;
    }
}
