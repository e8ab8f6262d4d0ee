using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Certificates;

namespace Issuer.Server.Features.Certificates;

/// <summary>The documents of a login: its holder's, and those of the children that its token lists.</summary>
sealed record Family(string Own, IReadOnlyList<string> Dependants);

/// <summary>A certificate that a login may fetch.</summary>
/// <param name="Dependant">The child's place in the token's list, from 1; null: it is the holder's own.</param>
sealed record FamilyCertificate(IssuedCertificate Certificate, int? Dependant);

/// <summary>Certificates of a holder and of their children.</summary>
sealed class FamilyCertificates(HolderCertificates holders, NationalClock clock)
{
    public async Task<IReadOnlyList<FamilyCertificate>> ListAsync(Family family, CancellationToken cancel)
    {
        var found = (await holders.OfDocumentAsync(family.Own, cancel))
            .Select(certificate => new FamilyCertificate(certificate, null)).ToList();
        foreach (var (place, document) in family.Dependants.Index())
        {
            found.AddRange((await holders.OfDocumentAsync(document, cancel)).Where(MayFetch)
                .Select(certificate => new FamilyCertificate(certificate, place + 1)));
        }
        return found;
    }

    /// <summary>Null: none of theirs is called so.</summary>
    public async Task<IssuedCertificate?> FindAsync(Family family, long slot, CancellationToken cancel) =>
        (await FindWithDosesAsync(
            family, slot, async document => (await holders.OfDocumentAsync(document, cancel), [])))
        ?.Certificate;

    /// <summary>The same with all doses of the person.</summary>
    public Task<(IssuedCertificate Certificate, IReadOnlyList<StoredRecord> Doses)?> FindWithDosesAsync(
        Family family, long slot, CancellationToken cancel) =>
        FindWithDosesAsync(family, slot, document => holders.WithDosesAsync(document, cancel));

    async Task<(IssuedCertificate Certificate, IReadOnlyList<StoredRecord> Doses)?> FindWithDosesAsync(
        Family family, long slot,
        Func<string, Task<(IReadOnlyList<IssuedCertificate>, IReadOnlyList<StoredRecord>)>> of)
    {
        foreach (var document in family.Dependants.Prepend(family.Own))
        {
            var (certificates, doses) = await of(document);
            if (certificates.FirstOrDefault(c => c.Slot.Value == slot) is { } certificate
                && (document == family.Own || MayFetch(certificate)))
            {
                return (certificate, doses);
            }
        }
        return null;
    }

    bool MayFetch(IssuedCertificate certificate) =>
        Guardianship.MayFetch(certificate.Read().Dcc.DateOfBirth, clock.Today);
}
