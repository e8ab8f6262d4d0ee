using Issuer.Core.Gateway;
using Issuer.Core.Publication;
using Issuer.Hcert;

namespace Issuer.Server.Verification;

/// <summary>
/// What other countries have revoked, by the country of the DSC that signed. Ours is not among them: nobody else speaks
/// for it.
/// </summary>
sealed class RevokedAbroad
{
    /// <summary>By country, kid and type: until when a hash counts.</summary>
    readonly Dictionary<(string Country, string Kid, RevocationHashType Type), Dictionary<RevocationHash, DateTime>> groups = [];

    /// <param name="own">Our country.</param>
    public RevokedAbroad(IEnumerable<ForeignRevocations> countries, string own)
    {
        foreach (var (country, group) in countries.Where(list => list.Country != own)
            .SelectMany(list => list.Groups.Select(group => (list.Country, group))))
        {
            var key = (country, group.Kid, HashTypes.Parse(group.HashType)!.Value);
            if (!groups.TryGetValue(key, out var hashes))
            {
                groups.Add(key, hashes = []);
            }
            foreach (var hash in ForeignRevocations.HashesOf(group))
            {
                hashes[hash] = hashes.TryGetValue(hash, out var until) && until > group.Expires ? until : group.Expires;
            }
        }
    }

    public bool Includes(DecodedHcert hcert, Dsc signer, DateTimeOffset at)
    {
        if (groups.Count == 0 || signer.Country is not { } country)
        {
            return false;
        }
        var entry = hcert.Dcc.Entry;
        var (co, ci) = (entry.Country, entry.CertificateIdentifier);
        return Has(RevocationHashType.Signature, RevocationHash.OfSignature(hcert.Algorithm, hcert.Signature.Span))
            || Has(RevocationHashType.Uci, RevocationHash.OfUvci(ci))
            || Has(RevocationHashType.CountryCodeUci, RevocationHash.OfCountryAndUvci(co, ci));

        bool Has(RevocationHashType type, RevocationHash hash) =>
            IsIn(signer.Kid.ToString(), type, hash) || IsIn(ForeignBatch.UnknownKid, type, hash);

        bool IsIn(string kid, RevocationHashType type, RevocationHash hash) =>
            groups.TryGetValue((country, kid, type), out var hashes) && hashes.TryGetValue(hash, out var until)
            && until > at;
    }
}
