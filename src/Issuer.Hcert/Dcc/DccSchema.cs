using System.Buffers;
using System.Text.RegularExpressions;

namespace Issuer.Hcert;

/// <summary>
/// The rules of the DCC schema 1.3.0 (eu-dcc-schema, DCC.combined-schema.json, commit a603410), all faults at once.
/// From version 1.3.2 on <c>gnt</c> may stand in for <c>fnt</c>. Like the schema it leaves value sets and date formats
/// alone (both are annotations there) and allows more fields; unlike it, it allows one kind of entry only.
/// </summary>
public static partial class DccSchema
{
    static readonly (string Key, Rule Rule)[] VaccinationRules =
    [
        ("tg", Rule.Text), ("vp", Rule.Text), ("mp", Rule.Text), ("ma", Rule.Text), ("dn", Rule.Dose),
        ("sd", Rule.Dose), ("dt", Rule.Text), ("co", Rule.Country), ("is", Rule.ShortText), ("ci", Rule.ShortText),
    ];

    static readonly (string Key, Rule Rule)[] TestRules =
    [
        ("tg", Rule.Text), ("tt", Rule.Text), ("nm", Rule.OptionalShortText), ("ma", Rule.OptionalText),
        ("sc", Rule.Text), ("tr", Rule.Text), ("tc", Rule.OptionalShortText), ("co", Rule.Country),
        ("is", Rule.ShortText), ("ci", Rule.ShortText),
    ];

    static readonly (string Key, Rule Rule)[] RecoveryRules =
    [
        ("tg", Rule.Text), ("fr", Rule.Text), ("co", Rule.Country), ("is", Rule.ShortText), ("df", Rule.Text),
        ("du", Rule.Text), ("ci", Rule.ShortText),
    ];

    static readonly (string Key, Rule Rule)[] NameRules =
    [
        ("fn", Rule.OptionalShortText), ("gn", Rule.OptionalShortText), ("fnt", Rule.OptionalStandardised),
        ("gnt", Rule.OptionalStandardised),
    ];

    enum Rule
    {
        Text,
        ShortText,
        Country,
        Dose,
        OptionalText,
        OptionalShortText,
        OptionalStandardised,
    }

    /// <summary>The faults of a DCC in CBOR (the map under key 1 of the hcert claim); empty when it conforms.</summary>
    public static IReadOnlyList<string> FaultsOfCbor(ReadOnlyMemory<byte> dcc) =>
        CborTree.TryRead(dcc, out var item, out var fault) ? Faults(item) : [fault];

    /// <summary>The faults of a DCC in JSON; empty when it conforms.</summary>
    public static IReadOnlyList<string> FaultsOfJson(string dcc) =>
        JsonTree.TryRead(dcc, out var item, out var fault) ? Faults(item) : [fault];

    /// <summary>The faults of a DCC as it stood in a code; empty when it conforms.</summary>
    public static IReadOnlyList<string> Faults(DecodedHcert hcert) =>
        HcertLayers.OfHcert(hcert).Dcc is { } dcc ? Faults(dcc) : ["there is no DCC"];

    internal static IReadOnlyList<string> Faults(CborItem item)
    {
        if (item is not CborItem.Map dcc)
        {
            return ["the DCC is not an object"];
        }
        var faults = new List<string>();
        var version = TextOf(dcc, "ver");
        Require(faults, version is not null && VersionPattern().IsMatch(version), "ver: three numbers with dots");
        Require(
            faults,
            TextOf(dcc, "dob") is { } born && BirthPattern().IsMatch(born),
            "dob: a date from 1900 to 2099, or its year, or its year and month, or empty");
        CheckName(faults, dcc, version);
        CheckEntries(faults, dcc);
        return faults;
    }

    static void CheckName(List<string> faults, CborItem.Map dcc, string? version)
    {
        if (!dcc.TryGet("nam", out var item) || item is not CborItem.Map name)
        {
            faults.Add("nam: an object is required");
            return;
        }
        Check(faults, name, "nam", NameRules);
        var givenNameSuffices = version is not null && System.Version.TryParse(version, out var parsed)
            && parsed >= new Version(1, 3, 2);
        Require(
            faults,
            name.TryGet("fnt", out _) || (givenNameSuffices && name.TryGet("gnt", out _)),
            "nam.fnt: is missing");
    }

    static void CheckEntries(List<string> faults, CborItem.Map dcc)
    {
        var kinds = 0;
        foreach (var (key, rules) in ((string, (string, Rule)[])[])
            [("v", VaccinationRules), ("t", TestRules), ("r", RecoveryRules)])
        {
            if (!dcc.TryGet(key, out var group))
            {
                continue;
            }
            kinds++;
            if (group is CborItem.List { Items: [var only] } && only.Untagged is CborItem.Map entry)
            {
                Check(faults, entry, key, rules);
            }
            else
            {
                faults.Add($"{key}: an array of exactly one object");
            }
        }
        Require(faults, kinds == 1, "exactly one of v, t and r");
    }

    static void Check(List<string> faults, CborItem.Map map, string path, (string Key, Rule Rule)[] rules)
    {
        foreach (var (key, rule) in rules)
        {
            if (map.TryGet(key, out var item))
            {
                Require(faults, Conforms(item, rule, out var expected), $"{path}.{key}: {expected}");
            }
            else
            {
                Require(faults, rule >= Rule.OptionalText, $"{path}.{key}: is missing");
            }
        }
    }

    static bool Conforms(CborItem item, Rule rule, out string expected)
    {
        expected = rule switch
        {
            Rule.Dose => "a whole number from 1",
            Rule.Text or Rule.OptionalText => "text",
            Rule.Country => "text with a capital letter",
            Rule.OptionalStandardised => "at most 80 of A–Z and <",
            _ => "text of at most 80 characters",
        };
        if (rule == Rule.Dose)
        {
            return item is CborItem.Whole { Value: >= 1 }
                || (item is CborItem.Real { Value: >= 1 } real && double.IsInteger(real.Value));
        }
        return item is CborItem.Text { Value: var text } && rule switch
        {
            Rule.Text or Rule.OptionalText => true,
            Rule.Country => text.AsSpan().ContainsAnyInRange('A', 'Z'),
            Rule.OptionalStandardised => text.Length <= 80 && !text.AsSpan().ContainsAnyExcept(StandardisedLetters),
            _ => text.EnumerateRunes().Count() <= 80,
        };
    }

    static string? TextOf(CborItem.Map map, string key) =>
        map.TryGet(key, out var item) && item is CborItem.Text text ? text.Value : null;

    static void Require(List<string> faults, bool condition, string fault)
    {
        if (!condition)
        {
            faults.Add(fault);
        }
    }

    static readonly SearchValues<char> StandardisedLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ<");

    // The schema's own patterns: their dots are not escaped and stand for any character.
    [GeneratedRegex(@"^[0-9]+.[0-9]+.[0-9]+\z")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^((19|20)[0-9][0-9](-[0-9][0-9]){0,2}){0,1}\z")]
    private static partial Regex BirthPattern();
}
