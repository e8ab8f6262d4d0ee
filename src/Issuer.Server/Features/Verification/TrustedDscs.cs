using System.Text;
using Issuer.Core;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Verification;

/// <summary>
/// The DSCs that a trust list vouches for: nobody without a list, and no list without an anchor. Foreign ones speak for
/// every country but the list's own.
/// </summary>
sealed class TrustedDscs
{
    readonly ILookup<Kid, Dsc> ours;
    readonly ILookup<Kid, Dsc> foreign;
    readonly HashSet<string> own;

    /// <summary>What a person should know of the list, though it is used: that it is stale.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public TrustedDscs(IEnumerable<Dsc> dscs, IEnumerable<Dsc> foreign)
    {
        ours = dscs.ToLookup(dsc => dsc.Kid);
        own = ours.SelectMany(same => same).Select(dsc => dsc.Country).OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        this.foreign = foreign.Where(dsc => dsc.Country is { } country && !own.Contains(country))
            .ToLookup(dsc => dsc.Kid);
    }

    public IEnumerable<Dsc> With(Kid kid) => ours[kid].Concat(foreign[kid]);

    /// <summary>Those with its kid that may have signed it.</summary>
    public IEnumerable<Dsc> For(DecodedHcert hcert) =>
        hcert.Kid is not { } kid ? [] : foreign.Contains(kid) && ClaimsOurs(hcert) ? ours[kid] : With(kid);

    /// <summary>Whether a DSC of the list's own country may have signed it.</summary>
    public bool IsOurs(DecodedHcert hcert) => hcert.Kid is { } kid && ours.Contains(kid);

    bool ClaimsOurs(DecodedHcert hcert) =>
        (hcert.Issuer is { } issuer && own.Contains(issuer)) || own.Contains(hcert.Dcc.Entry.Country);

    /// <param name="now">Tells whether a list is stale.</param>
    /// <param name="newestSeen">The highest sequence of a signed list accepted before; null: none.</param>
    public static async Task<TrustedDscs> LoadAsync(
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
        };
    }

    /// <summary>Which kind of list it is, its first character tells: an array, a DID document, or a JWS.</summary>
    static async Task<(TrustListReading Own, TrustListReading? Foreign)> ReadAsync(
        string list, byte[] anchor, DateTimeOffset now, long? newestSeen, CancellationToken cancel)
    {
        var bytes = await Bounded.FetchAsync(list, cancel);
        if (bytes is not [(byte)'e', ..])
        {
            return newestSeen is null ? (ReadFile(bytes, anchor), null) : (WithoutSequence, null);
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

    /// <summary>An array of items, each signed by the anchor, or a DID document.</summary>
    public static TrustListReading ReadFile(byte[] bytes, byte[] anchor) =>
        IsObject(bytes) ? ReadDidTrustList.From(bytes, anchor) : ReadTrustList.From(bytes, anchor);

    static bool IsObject(ReadOnlySpan<byte> json) =>
        (json is [0xEF, 0xBB, 0xBF, ..] ? json[3..] : json).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    static string Beside(string list, string path) =>
        list[..(list.LastIndexOf('/') + 1)] + path[(path.LastIndexOf('/') + 1)..];

    /// <param name="warnings">Gains why one of them is not used.</param>
    static List<Dsc> Parsed(IEnumerable<byte[]> ders, List<string> warnings)
    {
        var dscs = new List<Dsc>();
        foreach (var der in ders)
        {
            if (Dsc.TryParse(der, out var dsc, out var why))
            {
                dscs.Add(dsc);
            }
            else
            {
                warnings.Add($"{Kid.OfDsc(der)} is not used: {why}");
            }
        }
        return dscs;
    }

    static string Disbelieved(DisbelievedItem item) =>
        $"item {item.Index}{(item.Name is null ? "" : $" ({item.Name})")} is not believed: {item.Why}";
}
