using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Certificates;

namespace Issuer.Benchmarks;

/// <summary>A publication over certificates of which some were revoked since the one before.</summary>
static class BenchPublication
{
    /// <returns>Every certificate, with whether it is on the lists.</returns>
    public static async Task<IReadOnlyList<(IssuedCertificate Certificate, bool IsRevoked)>> MakeAsync(
        IssuerServices issuer, int certificates, int revokedOf, CancellationToken cancel)
    {
        await BenchPeople.AddAsync(issuer, 0, certificates, cancel);
        await issuer.Get<IssueRound>().RunAsync("bench", null, cancel);
        await PublishAsync(issuer, cancel);
        var all = new List<(IssuedCertificate, bool)>();
        await foreach (var certificate in issuer.Get<HolderCertificates>().AllAsync(cancel))
        {
            all.Add((certificate, all.Count % revokedOf == 0));
        }
        foreach (var (certificate, _) in all.Where(one => one.Item2))
        {
            await issuer.Get<RevokeCertificates>().RevokeAsync(
                new RevocationRequest(certificate.Slot, RevocationReason.Fraud),
                issuer.Get<NationalClock>().Act("bench"), cancel);
        }
        await PublishAsync(issuer, cancel);
        return all;
    }

    static Task<PublicationCounts> PublishAsync(IssuerServices issuer, CancellationToken cancel) =>
        issuer.Get<PublishRound>().RunAsync(isForced: true, null, cancel);
}
