using Issuer.Core;
using Issuer.Core.TrustLists;
using Issuer.Server.Hosting;

namespace Issuer.Server.TrustList;

/// <summary>What was published.</summary>
sealed record PublishCounts(int Dscs, int Cscas, string Directory);

/// <summary>
/// Step 12 for keys: turns the rows of our CSCAs and DSCs into signed files. What they are is decided by
/// <see cref="TrustListFiles"/>, and that they appear whole and in order is <see cref="FileWriter"/>'s part.
/// </summary>
sealed class PublishTrustList(Workplace place)
{
    /// <param name="copy">Besides the service's own folder, the same bytes go here; null: nowhere else.</param>
    public async Task<PublishCounts> RunAsync(string? copy, CancellationToken cancel)
    {
        await place.LoadDscsAsync(cancel);
        using var anchor = place.TrustAnchor();
        var cscas = await place.Store.Pki.CscasAsync(cancel);
        try
        {
            var expiries = await place.Store.Pki.LastExpiriesAsync(cancel);
            var dscs = (await place.Store.Pki.DscsAsync(cancel)).Select(dsc => new ListedDsc(
                dsc, expiries.TryGetValue(dsc.Kid.ToString(), out var last) ? last : null)).ToList();
            var own = place.PublishedDirectory;
            var built = TrustListFiles.From(
                new TrustListRows(cscas, dscs), place.Validity, anchor, place.Did, place.Now,
                path => FileWriter.Read(own, path));
            if (!built.Succeeded)
            {
                throw new RefusedException(new Rejection(RejectionKind.Unavailable, string.Join(" ", built.Faults)));
            }
            FileWriter.Write(own, built.Value);
            if (copy is not null)
            {
                FileWriter.Write(copy, built.Value);
            }
            return Count(built.Value, copy ?? own);
        }
        finally
        {
            foreach (var csca in cscas)
            {
                csca.Dispose();
            }
        }
    }

    static PublishCounts Count(IEnumerable<PublishedFile> files, string directory)
    {
        var items = TrustListItem.ParsePublished(files.Single(file => file.Path == TrustListFiles.EuPath).Bytes);
        return new PublishCounts(
            items.Count(i => i.CertificateType == TrustListItem.Dsc),
            items.Count(i => i.CertificateType == TrustListItem.Csca), directory);
    }
}
