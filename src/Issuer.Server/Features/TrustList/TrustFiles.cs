using Issuer.Core.Pki;
using Issuer.Core.TrustLists;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Gateway;
using Issuer.Storage.Pki;

namespace Issuer.Server.Features.TrustList;

/// <summary>
/// Step 12 for keys: the store's CSCAs and DSCs, ours and believed ones, as <see cref="BuildTrustFiles"/> turns them
/// into files.
/// </summary>
sealed class TrustFiles(
    PkiStore pki, GatewayStore gateway, PoliciesNow policies, PublisherName publisher, TimeProvider clock)
{
    /// <param name="previous">What was published before, by path; null where there is no such file.</param>
    public async Task<TrustFileSet> BuildAsync(
        TrustAnchor anchor, Func<string, byte[]?> previous, CancellationToken cancel)
    {
        var cscas = await pki.CscasAsync(cancel);
        try
        {
            var expiries = await pki.LastExpiriesAsync(cancel);
            var dscs = (await pki.DscsAsync(cancel)).Select(dsc => new ListedDsc(
                dsc, expiries.TryGetValue(dsc.Kid.ToString(), out var last) ? last : null)).ToList();
            var rows = new TrustListRows(cscas, dscs) { Foreign = await gateway.KeysAsync(cancel) };
            var built = BuildTrustFiles.From(
                rows, policies.Validity, anchor, publisher.Did, clock.GetUtcNow(), previous);
            return built.IsRefused(out var why, out var files) ? throw new RefusedException(why) : files;
        }
        finally
        {
            foreach (var csca in cscas)
            {
                csca.Dispose();
            }
        }
    }
}
