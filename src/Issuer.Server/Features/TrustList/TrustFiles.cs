using Issuer.Core;
using Issuer.Core.TrustLists;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.TrustList;

/// <summary>
/// Step 12 for keys: the store's CSCAs and DSCs, ours and believed ones, as <see cref="TrustListFiles"/> turns them
/// into files.
/// </summary>
static class TrustFiles
{
    /// <param name="previous">What was published before, by path; null where there is no such file.</param>
    public static async Task<TrustFileSet> BuildAsync(
        Workplace place, TrustAnchor anchor, Func<string, byte[]?> previous, CancellationToken cancel)
    {
        var cscas = await place.Store.Pki.CscasAsync(cancel);
        try
        {
            var expiries = await place.Store.Pki.LastExpiriesAsync(cancel);
            var dscs = (await place.Store.Pki.DscsAsync(cancel)).Select(dsc => new ListedDsc(
                dsc, expiries.TryGetValue(dsc.Kid.ToString(), out var last) ? last : null)).ToList();
            var rows = new TrustListRows(cscas, dscs) { Foreign = await place.Store.Gateway.KeysAsync(cancel) };
            var built = TrustListFiles.From(rows, place.Validity, anchor, place.Did, place.Now, previous);
            return built.Succeeded
                ? built.Value
                : throw new RefusedException(new Rejection(RejectionKind.Unavailable, string.Join(" ", built.Faults)));
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
