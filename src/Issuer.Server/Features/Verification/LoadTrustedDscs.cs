using System.Text;
using Issuer.Core;
using Issuer.Hcert;
using Issuer.Server.Hosting;
using Issuer.Verification;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Features.Verification;

/// <summary>The DSCs of a trust list from a file or an address: nobody without a list, and no list without an
/// anchor.</summary>
static class LoadTrustedDscs
{
    /// <param name="now">Tells whether a list is stale.</param>
    /// <param name="newestSeen">The highest sequence of a signed list accepted before; null: none.</param>
    public static async Task<TrustedDscs> FromAsync(
        string? list, string? anchor, DateTimeOffset now, long? newestSeen, CancellationToken cancel)
    {
        if (list is null || anchor is null)
        {
            return new TrustedDscs([], []);
        }
        var (reading, foreign) = await ReadAsync(
            list, await Bounded.FetchAsync(anchor, cancel), now, newestSeen, cancel);
        if ((reading.Refusal ?? foreign?.Refusal) is { } refusal)
        {
            throw new RefusedException(new Rejection(RejectionKind.Malformed, $"{list}: {refusal}"));
        }
        var warnings = reading.Disbelieved.Concat(foreign?.Disbelieved ?? []).Select(Disbelieved).ToList();
        var (own, theirs) = (Parsed(reading.Dscs, warnings), Parsed(foreign?.Dscs ?? [], warnings));
        return new TrustedDscs(own, theirs)
        {
            Warnings = [.. warnings.Concat(reading.Warnings).Select(warning => $"{list}: {warning}")],
            Age = reading.Age,
        };
    }

    /// <summary>Which kind of list it is, its first character tells: an array, a DID document, or a JWS.</summary>
    static async Task<(TrustListReading Own, TrustListReading? Foreign)> ReadAsync(
        string list, byte[] anchor, DateTimeOffset now, long? newestSeen, CancellationToken cancel)
    {
        var bytes = await Bounded.FetchAsync(list, cancel);
        if (bytes is not [(byte)'e', ..])
        {
            return newestSeen is null ? (ReadTrustFile.From(bytes, anchor), null) : (WithoutSequence, null);
        }
        if (ReadSignedList.Statement(Encoding.UTF8.GetString(bytes), anchor) is not { } statement)
        {
            return (new TrustListReading([], [], [], "The statement is not the anchor's."), null);
        }
        var content = await Bounded.FetchAsync(Beside(list, TrustListFiles.ContentPath(statement.Content)), cancel);
        var foreign = statement.Foreign is { } digest
            ? ReadSignedList.Foreign(
                statement, await Bounded.FetchAsync(Beside(list, TrustListFiles.ForeignPath(digest)), cancel))
            : null;
        return (ReadSignedList.From(statement, content, now, newestSeen), foreign);
    }

    static TrustListReading WithoutSequence { get; } =
        new([], [], [], "A list of this kind has no sequence: an older one is not found out.");

    static string Beside(string list, string path) =>
        list[..(list.LastIndexOf('/') + 1)] + path[(path.LastIndexOf('/') + 1)..];

    /// <param name="warnings">Gains why one of them is not used.</param>
    static IReadOnlyList<Dsc> Parsed(IEnumerable<byte[]> ders, List<string> warnings) =>
        TrustedDscs.Parse(ders, (kid, why) => warnings.Add($"{kid} is not used: {why}"));

    static string Disbelieved(DisbelievedItem item) =>
        $"item {item.Index}{(item.Name is null ? "" : $" ({item.Name})")} is not believed: {item.Why}";
}
