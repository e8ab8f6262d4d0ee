using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using Issuer.Verification.X509;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// The verifier's side of our own signed list: first the statement, then the content it names. Nobody can leave a DSC
/// out; an old list is found out by its sequence, a withheld one by its age.
/// </summary>
public static class ReadSignedList
{
    /// <summary>The statement, if the pinned anchor made it; null otherwise.</summary>
    /// <param name="anchor">DER or PEM, from a source that is trusted.</param>
    public static ListStatement? Statement(string jws, ReadOnlySpan<byte> anchor)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(anchor);
            return ListStatement.Verified(jws.TrimEnd(), certificate);
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return null;
        }
    }

    /// <summary>Reads the content; never throws on what it is given.</summary>
    /// <param name="now">The verifier's clock.</param>
    /// <param name="newestSeen">
    /// The highest sequence this verifier has accepted; null: none. A lower one is refused.
    /// </param>
    public static TrustListReading From(
        ListStatement statement, ReadOnlySpan<byte> content, DateTimeOffset now, long? newestSeen = null)
    {
        if (newestSeen > statement.Sequence)
        {
            return Refused($"The list has been rolled back: sequence {statement.Sequence}, seen before: {newestSeen}.");
        }
        if (ListStatement.DigestOf(content) != statement.Content)
        {
            return Refused("The content differs from what the anchor signed.");
        }
        if (TrustListContent.Parse(content) is not { } list)
        {
            return Refused("The content is not a trust list of a known version.");
        }
        List<byte[]> dscs = [];
        List<byte[]> cscas = [];
        List<DisbelievedItem> disbelieved = [];
        foreach (var (index, (raw, into)) in list.Dscs.Select(signer => (signer?.RawData, dscs))
            .Concat(list.Cscas.Select(raw => ((string?)raw, cscas))).Index())
        {
            if (raw is not null && Base64.IsValid(raw))
            {
                into.Add(Convert.FromBase64String(raw));
            }
            else
            {
                disbelieved.Add(new DisbelievedItem(index, "rawData is not base64"));
            }
        }
        return new TrustListReading(dscs, cscas, disbelieved)
        {
            Warnings = [.. Warnings(statement, now)],
            Age = new ListAge("trust list", statement.Issued, statement.Next),
        };
    }

    /// <summary>The foreign DSCs under the same statement; never throws on what it is given.</summary>
    /// <param name="content">The file that the statement names as <see cref="ListStatement.Foreign"/>.</param>
    public static TrustListReading Foreign(ListStatement statement, ReadOnlySpan<byte> content)
    {
        if (ListStatement.DigestOf(content) != statement.Foreign)
        {
            return Refused("The foreign DSCs differ from those that the anchor signed.");
        }
        if (ForeignTrustContent.Parse(content) is not { } list)
        {
            return Refused("The foreign DSCs are not a list of a known version.");
        }
        List<byte[]> dscs = [];
        List<DisbelievedItem> disbelieved = [];
        foreach (var (index, signer) in list.Dscs.Index())
        {
            if (Base64.IsValid(signer.RawData))
            {
                dscs.Add(Convert.FromBase64String(signer.RawData));
            }
            else
            {
                disbelieved.Add(new DisbelievedItem(index, "rawData is not base64"));
            }
        }
        return new TrustListReading(dscs, [], disbelieved);
    }

    static IEnumerable<string> Warnings(ListStatement statement, DateTimeOffset now)
    {
        if (now >= statement.Next)
        {
            yield return $"The list is stale: another was due by {statement.Next:u}.";
        }
        if (now < statement.Issued)
        {
            yield return $"The list was signed later than this clock says: {statement.Issued:u}.";
        }
    }

    static TrustListReading Refused(string why) => new([], [], [], why);
}
