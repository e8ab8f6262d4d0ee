using Issuer.Core;
using Issuer.Core.Gateway;
using Issuer.Core.TrustLists;
using Issuer.Server.Hosting;
using Issuer.Server.Verification;

namespace Issuer.Server.Gateway;

/// <summary>What came of a file.</summary>
/// <param name="Left">DSCs that this source does not vouch for any more.</param>
sealed record ImportedKeys(string Source, int Dscs, int Cscas, int Left, IReadOnlyList<Disbelieved> Disbelieved);

/// <summary>
/// A trust list from a file as believed keys of one source, for countries that no gateway tells us of: the WHO's DID
/// document, or items in the EU gateway's shape. The same guards as for the gateway's.
/// </summary>
static class ImportKeys
{
    /// <param name="isAccepted">A person has looked at what was refused: take it.</param>
    public static async Task<ImportedKeys> RunAsync(
        Workplace place, string source, byte[] file, byte[] anchor, bool isAccepted, CancellationToken cancel)
    {
        var list = TrustedDscs.ReadFile(file, anchor);
        if (list.Refusal is { } refusal)
        {
            throw new RefusedException(new Rejection(RejectionKind.Malformed, refusal));
        }
        var reading = BelieveFile.From(list, place.Policy.Country, place.Now);
        if (!reading.Dscs.Any())
        {
            throw new RefusedException(new Rejection(RejectionKind.Invalid,
                "the keys are not taken, those in place stay: there is no DSC that can be believed"));
        }
        var known = (await place.Store.Gateway.KeysAsync(cancel)).Where(key => key.Source == source).ToList();
        RefusedException.ThrowIf(GuardKeys.Check(known, reading, GatewayPolicy.Default, place.Now, isAccepted));
        await place.Store.Gateway.ReplaceKeysAsync(source, reading.Keys, place.Now, cancel);
        var here = reading.Keys.Select(key => key.Thumbprint).ToHashSet();
        return new ImportedKeys(source, reading.Dscs.Count(), reading.Keys.Count(key => key.Kind == TrustListItem.Csca),
            known.Count(key => !key.HasLeft && key.Key.Kind == TrustListItem.Dsc && !here.Contains(key.Key.Thumbprint)),
            reading.Disbelieved);
    }
}
