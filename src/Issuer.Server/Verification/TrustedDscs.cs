using Issuer.Core;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Server.Hosting;
using Issuer.Server.Verbs;

namespace Issuer.Server.Verification;

/// <summary>The DSCs that a trust list vouches for: nobody without a list, and no list without an anchor.</summary>
sealed class TrustedDscs(IEnumerable<Dsc> dscs)
{
    readonly ILookup<Kid, Dsc> byKid = dscs.ToLookup(dsc => dsc.Kid);

    public IEnumerable<Dsc> With(Kid kid) => byKid[kid];

    public static async Task<TrustedDscs> LoadAsync(string? list, string? anchor, CancellationToken cancel)
    {
        if (list is null || anchor is null)
        {
            if (list is not null)
            {
                Screen.Warn("without --anchor no list is believed");
            }
            return new TrustedDscs([]);
        }
        var reading = ReadTrustList.From(await Bounded.FetchAsync(list, cancel), await Bounded.FetchAsync(anchor, cancel));
        if (reading.Refusal is { } refusal)
        {
            throw new RefusedException(new Rejection(RejectionKind.Malformed, $"{list}: {refusal}"));
        }
        foreach (var item in reading.Disbelieved)
        {
            Screen.Warn($"{list}: item {item.Index} is not believed: {item.Why}");
        }
        return new TrustedDscs(reading.Dscs.Select(der => Dsc.TryParse(der, out var dsc, out _) ? dsc : null).OfType<Dsc>());
    }
}
