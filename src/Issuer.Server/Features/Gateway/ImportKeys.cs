using Issuer.Core;
using Issuer.Core.Gateway;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Gateway;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Features.Gateway;

/// <summary>What came of a file, or would have come of it.</summary>
/// <param name="Left">DSCs that this source does not vouch for any more.</param>
/// <param name="Refused">Why nothing of it was taken; null: it was.</param>
sealed record ImportedKeys(
    string Source, int Dscs, int Cscas, int Left, IReadOnlyList<Disbelieved> Disbelieved, string? Refused);

/// <summary>
/// A trust list from a file as believed keys of one source, for countries that no gateway tells us of: the WHO's DID
/// document, items in the EU gateway's shape, or a
/// gateway's own list. The same guards as for the gateway's.
/// </summary>
sealed class ImportKeys(GatewayStore store, PoliciesNow policies, NationalClock clock)
{
    /// <param name="isAccepted">A person has looked at what was refused: take it.</param>
    public async Task<ImportedKeys> RunAsync(
        string source, byte[] file, byte[] anchor, bool isAccepted, CancellationToken cancel)
    {
        var reading = Read(file, anchor);
        var known = (await store.KeysAsync(cancel)).Where(key => key.Source == source).ToList();
        var refusal = reading.Dscs.Any()
            ? GuardKeys.Check(known, reading, policies.Gateway, clock.Now, isAccepted)
            : new Rejection(RejectionKind.Invalid,
                "the keys are not taken; those in place stay: there is no DSC that can be believed");
        if (refusal is null)
        {
            await store.ReplaceKeysAsync(source, reading.Keys, clock.Act("gateway import"), cancel);
        }
        var here = reading.Keys.Select(key => key.Thumbprint).ToHashSet();
        return new ImportedKeys(source, reading.Dscs.Count(), reading.Keys.Count(key => key.Kind == TrustListItem.Csca),
            known.Count(key => !key.HasLeft && key.Key.Kind == TrustListItem.Dsc && !here.Contains(key.Key.Thumbprint)),
            reading.Disbelieved, refusal?.ToString());
    }

    GatewayReading Read(byte[] file, byte[] anchor)
    {
        if (BelieveFile.OfGateway(file, anchor, policies.Certification.Country, clock.Now) is { } ofGateway)
        {
            RefusedException.ThrowIf(ofGateway.Rejection);
            return ofGateway.Value!;
        }
        var list = ReadTrustFile.From(file, anchor);
        return list.Refusal is { } refusal
            ? throw new RefusedException(new Rejection(RejectionKind.Malformed, refusal))
            : BelieveFile.From(list, policies.Certification.Country, clock.Now);
    }
}
