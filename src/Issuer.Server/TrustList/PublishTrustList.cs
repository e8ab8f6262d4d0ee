using System.Security.Cryptography;
using System.Text;
using Issuer.Core;
using Issuer.Core.TrustLists;
using Issuer.Server.Hosting;

namespace Issuer.Server.TrustList;

/// <summary>What was published.</summary>
sealed record PublishCounts(int Dscs, int Cscas, string Directory);

/// <summary>
/// Step 12 for keys: turns the rows of our CSCAs and DSCs into signed files. A file is written beside its place and
/// moved there, so a reader never sees half of one.
/// </summary>
sealed class PublishTrustList(Workplace place)
{
    public const string ListPath = "trust-list/eu.json";
    public const string AnchorPath = "trust-list/anchor.pem";

    public async Task<PublishCounts> RunAsync(string directory, CancellationToken cancel)
    {
        await place.LoadDscsAsync(cancel);
        using var anchor = place.TrustAnchor();
        var cscas = await place.Store.Pki.CscasAsync(cancel);
        try
        {
            var expiries = await place.Store.Pki.LastExpiriesAsync(cancel);
            var dscs = (await place.Store.Pki.DscsAsync(cancel)).Select(dsc => new ListedDsc(
                dsc, expiries.TryGetValue(dsc.Kid.ToString(), out var last) ? last : null));
            var built = BuildTrustList.From(
                cscas, dscs, place.Validity, anchor, place.Now, Previous(Path.Combine(directory, ListPath)));
            if (!built.Succeeded)
            {
                throw new RefusedException(new Rejection(RejectionKind.Unavailable, string.Join(" ", built.Faults)));
            }
            Write(Path.Combine(directory, ListPath), BuildTrustList.ToJson(built.Value));
            Write(Path.Combine(directory, AnchorPath), PemOf(anchor));
            return new PublishCounts(
                built.Value.Count(i => i.CertificateType == TrustListItem.Dsc),
                built.Value.Count(i => i.CertificateType == TrustListItem.Csca), directory);
        }
        finally
        {
            foreach (var csca in cscas)
            {
                csca.Dispose();
            }
        }
    }

    public static byte[] PemOf(TrustAnchor anchor) =>
        Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", anchor.Der.Span) + "\n");

    /// <summary>Unchanged items keep their signature, so that an unchanged list stays the same bytes.</summary>
    static IReadOnlyList<TrustListItem> Previous(string path) =>
        File.Exists(path) ? TrustListItem.ParsePublished(File.ReadAllBytes(path)) : [];

    static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            return;
        }
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }
}
