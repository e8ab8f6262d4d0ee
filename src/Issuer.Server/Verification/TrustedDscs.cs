using System.Text;
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

    /// <summary>What a person should know of the list, though it is used: that it is stale.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IEnumerable<Dsc> With(Kid kid) => byKid[kid];

    /// <param name="now">Tells whether a list is stale.</param>
    /// <param name="newestSeen">The highest sequence of a signed list accepted before; null: none.</param>
    public static async Task<TrustedDscs> LoadAsync(
        string? list, string? anchor, DateTimeOffset now, long? newestSeen, CancellationToken cancel)
    {
        if (list is null || anchor is null)
        {
            if (list is not null)
            {
                Screen.Warn("without --anchor no list is believed");
            }
            return new TrustedDscs([]);
        }
        var reading = await ReadAsync(list, await Bounded.FetchAsync(anchor, cancel), now, newestSeen, cancel);
        if (reading.Refusal is { } refusal)
        {
            throw new RefusedException(new Rejection(RejectionKind.Malformed, $"{list}: {refusal}"));
        }
        foreach (var item in reading.Disbelieved)
        {
            Disbelieve(list, item);
        }
        return new TrustedDscs([.. Parsed(list, reading.Dscs)])
        {
            Warnings = [.. reading.Warnings.Select(warning => $"{list}: {warning}")],
        };
    }

    /// <summary>Which kind of list it is, its first character tells: an array, a DID document, or a JWS.</summary>
    static async Task<TrustListReading> ReadAsync(
        string list, byte[] anchor, DateTimeOffset now, long? newestSeen, CancellationToken cancel)
    {
        var bytes = await Bounded.FetchAsync(list, cancel);
        if (bytes is not [(byte)'e', ..])
        {
            if (newestSeen is not null)
            {
                return new TrustListReading([], [], [], "A list of this kind has no sequence: an older one is not found out.");
            }
            return IsObject(bytes) ? ReadDidTrustList.From(bytes, anchor) : ReadTrustList.From(bytes, anchor);
        }
        if (ReadSignedList.Statement(Encoding.UTF8.GetString(bytes), anchor) is not { } statement)
        {
            return new TrustListReading([], [], [], "The statement is not the anchor's.");
        }
        var content = await Bounded.FetchAsync(Beside(list, TrustListFiles.ContentPath(statement.Content)), cancel);
        return ReadSignedList.From(statement, content, now, newestSeen);
    }

    static bool IsObject(ReadOnlySpan<byte> json) =>
        (json is [0xEF, 0xBB, 0xBF, ..] ? json[3..] : json).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    static string Beside(string list, string path) =>
        list[..(list.LastIndexOf('/') + 1)] + path[(path.LastIndexOf('/') + 1)..];

    static IEnumerable<Dsc> Parsed(string list, IEnumerable<byte[]> ders)
    {
        foreach (var der in ders)
        {
            if (Dsc.TryParse(der, out var dsc, out var why))
            {
                yield return dsc;
            }
            else
            {
                Screen.Warn($"{list}: {Kid.OfDsc(der)} is not used: {why}");
            }
        }
    }

    static void Disbelieve(string list, DisbelievedItem item) => Screen.Warn(
        $"{list}: item {item.Index}{(item.Name is null ? "" : $" ({item.Name})")} is not believed: {item.Why}");
}
