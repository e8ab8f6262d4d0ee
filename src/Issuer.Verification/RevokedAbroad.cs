using Issuer.Hcert;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Verification;

/// <summary>
/// What other countries have revoked, by the country of the DSC that signed. Ours is not among them: nobody else speaks
/// for it.
/// </summary>
sealed class RevokedAbroad
{
    readonly Dictionary<string, Hashes> countries = [];

    /// <param name="own">Our country.</param>
    public RevokedAbroad(IEnumerable<ForeignRevocations> lists, string own)
    {
        foreach (var list in lists.Where(list => list.Country != own))
        {
            if (!countries.TryGetValue(list.Country, out var hashes))
            {
                countries.Add(list.Country, hashes = new Hashes());
            }
            foreach (var group in list.Groups)
            {
                hashes.Add(group);
            }
        }
    }

    public bool Includes(DecodedHcert hcert, Dsc signer, DateTimeOffset at) =>
        signer.Country is { } country && countries.TryGetValue(country, out var hashes)
        && hashes.Include(hcert, signer.Kid, at);

    /// <summary>One country's, by kid (null: whatever DSC) and type: until when each counts.</summary>
    sealed class Hashes
    {
        readonly Dictionary<(Kid? Kid, RevocationHashType Type), Dictionary<RevocationHash, DateTime>> groups = [];

        public void Add(ForeignGroup group)
        {
            var key = (Kid.TryParse(group.Kid, out var kid) ? kid : (Kid?)null, HashTypes.Parse(group.HashType)!.Value);
            if (!groups.TryGetValue(key, out var hashes))
            {
                groups.Add(key, hashes = []);
            }
            foreach (var hash in ForeignRevocations.HashesOf(group))
            {
                hashes[hash] = hashes.TryGetValue(hash, out var until) && until > group.Expires ? until : group.Expires;
            }
        }

        public bool Include(DecodedHcert hcert, Kid kid, DateTimeOffset at)
        {
            var (country, identifier) = (hcert.Dcc.Entry.Country, hcert.Dcc.Entry.CertificateIdentifier);
            return Has(RevocationHashType.Signature, RevocationHash.OfSignature(hcert.Algorithm, hcert.Signature.Span))
                || Has(RevocationHashType.Uci, RevocationHash.OfUvci(identifier))
                || Has(RevocationHashType.CountryCodeUci, RevocationHash.OfCountryAndUvci(country, identifier));

            bool Has(RevocationHashType type, RevocationHash hash) => IsIn(kid, type, hash) || IsIn(null, type, hash);

            bool IsIn(Kid? of, RevocationHashType type, RevocationHash hash) =>
                groups.TryGetValue((of, type), out var hashes) && hashes.TryGetValue(hash, out var until) && until > at;
        }
    }
}
