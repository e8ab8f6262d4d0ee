using Issuer.Hcert;

namespace Issuer.Verification;

/// <summary>
/// The DSCs that a trust list vouches for: nobody without a list, and no list without an anchor. Foreign ones speak for
/// every country but the list's own.
/// </summary>
public sealed class TrustedDscs
{
    readonly ILookup<Kid, Dsc> ours;
    readonly ILookup<Kid, Dsc> foreign;
    readonly HashSet<string> own;

    /// <summary>What a person should know of the list, though it is used: that it is stale.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Null: the list does not tell its age, or the publication that it is part of does.</summary>
    public ListAge? Age { get; init; }

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

    /// <summary>The keys of a list's DSCs.</summary>
    /// <param name="unused">Told of each that cannot be used, and why.</param>
    public static IReadOnlyList<Dsc> Parse(IEnumerable<byte[]> ders, Action<Kid, string>? unused = null)
    {
        List<Dsc> dscs = [];
        foreach (var der in ders)
        {
            if (Dsc.TryParse(der, out var dsc, out var why))
            {
                dscs.Add(dsc);
            }
            else
            {
                unused?.Invoke(Kid.OfDsc(der), why);
            }
        }
        return dscs;
    }
}
