using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting;

namespace Issuer.Benchmarks;

/// <summary>A publication over certificates of which some were revoked since the one before.</summary>
static class BenchPublication
{
    /// <returns>Every certificate, with whether it is on the lists.</returns>
    public static async Task<IReadOnlyList<(IssuedCertificate Certificate, bool IsRevoked)>> MakeAsync(
        Workplace place, int certificates, int revokedOf, CancellationToken cancel)
    {
        await BenchPeople.AddAsync(place, 0, certificates, cancel);
        await IssueRound.RunAsync(place, "bench", null, cancel);
        await PublishAsync(place, cancel);
        var all = new List<(IssuedCertificate, bool)>();
        await foreach (var certificate in place.Store.Holders.AllAsync(cancel))
        {
            all.Add((certificate, all.Count % revokedOf == 0));
        }
        foreach (var (certificate, _) in all.Where(one => one.Item2))
        {
            await place.RevokeCertificates().RevokeAsync(
                new RevocationRequest(certificate.Slot, RevocationReason.Fraud), place.Act("bench"), cancel);
        }
        await PublishAsync(place, cancel);
        return all;
    }

    static Task<PublicationCounts> PublishAsync(Workplace place, CancellationToken cancel) =>
        new PublishRound(place).RunAsync(isForced: true, null, cancel);
}
