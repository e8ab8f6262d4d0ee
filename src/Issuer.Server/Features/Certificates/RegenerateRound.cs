using System.Security.Cryptography;
using Issuer.Core.Certificates;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Certificates;

/// <summary>Step 11 with the workplace's store, keys and clock.</summary>
static class RegenerateRound
{
    /// <param name="limit">Of lineages looked at; null: all that are due.</param>
    public static async Task<RegenerateCounts> RunAsync(
        Workplace place, string actor, long? limit, CancellationToken cancel)
    {
        await place.RequireAgreedClockAsync(cancel);
        await place.LoadDscsAsync(cancel);
        return await Of(place).RunAsync(place.PreparationContext, actor, limit, cancel);
    }

    /// <summary>One lineage now, beside whatever round is running.</summary>
    public static async Task<RegenerateCounts> RunOneAsync(
        Workplace place, long lineage, string actor, CancellationToken cancel)
    {
        await place.RequireAgreedClockAsync(cancel);
        await place.LoadDscsAsync(cancel);
        return await Of(place).RunOneAsync(lineage, place.PreparationContext, actor, cancel);
    }

    static RegenerateCertificates Of(Workplace place) => new(
        place.Store.Lineages, place.Store.Certificates, place.Signer, place.Clock,
        bytes => RandomNumberGenerator.Fill(bytes), Environment.ProcessorCount + 1);
}
