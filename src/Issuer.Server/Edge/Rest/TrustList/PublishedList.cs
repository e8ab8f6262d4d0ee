using System.Text;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Edge.Rest.TrustList;

/// <summary>
/// The lists that the published statement names, ours and the foreign one, read once for each statement. One answer
/// comes from one of these, and what is published meanwhile replaces it whole.
/// </summary>
sealed class PublishedList(DataFolder data)
{
    readonly ServedFile statement = ServedFile.Of(data, TrustListFiles.StatementPath, "application/jose");

    volatile Known? current;

    /// <summary>Null when nothing has been published yet.</summary>
    public TrustListContent? Read()
    {
        if (statement.Read() is not { } jws)
        {
            return null;
        }
        if (current is { } known && known.Etag == jws.Etag)
        {
            return known.Content;
        }
        // Our own file: whoever downloads the list checks it, and the next publication would.
        if (ListStatement.Unverified(Encoding.ASCII.GetString(jws.Bytes)) is not { } said
            || FileWriter.Read(data.Published, TrustListFiles.ContentPath(said.Content)) is not { } json
            || TrustListContent.Parse(json) is not { } content)
        {
            return null;
        }
        ForeignTrustContent? foreign = null;
        if (said.Foreign is { } digest)
        {
            if (FileWriter.Read(data.Published, TrustListFiles.ForeignPath(digest)) is not { } theirs
                || (foreign = ForeignTrustContent.Parse(theirs)) is null)
            {
                return null;
            }
        }
        var all = content.With(foreign);
        current = new Known(jws.Etag, all);
        return all;
    }

    sealed record Known(string Etag, TrustListContent Content);
}
