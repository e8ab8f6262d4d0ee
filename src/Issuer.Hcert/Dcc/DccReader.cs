using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Issuer.Hcert;

/// <summary>
/// Understands a DCC tolerantly, as dcc-quality-assurance/SpecialCaseHandling.md asks of verifiers. Accepted: white
/// space around text, nulls, dn and sd as floats, dates with a time, names outside the pattern, empty text, more
/// fields. Refused: no entry or more than one, a required field that is missing or cannot be understood.
/// </summary>
static class DccReader
{
    // What stops reading; it never leaves this type.
    sealed class Refusal(string message) : Exception(message);

    /// <summary>Reads the map under key 1 of the hcert claim. Never throws.</summary>
    public static bool TryRead(
        CborItem.Map dcc, [NotNullWhen(true)] out Dcc? result, [NotNullWhen(false)] out string? fault)
    {
        (result, fault) = (null, null);
        try
        {
            var name = dcc.TryGet("nam", out var item) && item is CborItem.Map map ? map : throw Missing("nam");
            result = new Dcc(
                Text(dcc, "ver"),
                new PersonName(
                    OptionalText(name, "fn"),
                    OptionalText(name, "gn"),
                    OptionalText(name, "fnt"),
                    OptionalText(name, "gnt")),
                DateOfBirth(dcc),
                ReadEntry(dcc));
            return true;
        }
        catch (Refusal refusal)
        {
            fault = refusal.Message;
            return false;
        }
    }

    static DccEntry ReadEntry(CborItem.Map dcc)
    {
        (string Kind, CborItem Item)? only = null;
        foreach (var kind in (ReadOnlySpan<string>)["v", "t", "r"])
        {
            if (!dcc.TryGet(kind, out var item) || item is not CborItem.List list)
            {
                continue;
            }
            foreach (var entry in list.Items)
            {
                only = only is null ? (kind, entry.Untagged) : throw NotOneEntry();
            }
        }
        return only switch
        {
            ("v", CborItem.Map map) => Vaccination(map),
            ("t", CborItem.Map map) => Test(map),
            ("r", CborItem.Map map) => Recovery(map),
            _ => throw NotOneEntry(),
        };
    }

    static VaccinationEntry Vaccination(CborItem.Map map) => new()
    {
        Disease = Text(map, "tg"),
        Prophylaxis = Text(map, "vp"),
        Product = Text(map, "mp"),
        Holder = Text(map, "ma"),
        DoseNumber = Dose(map, "dn"),
        SeriesDoses = Dose(map, "sd"),
        Date = Date(map, "dt"),
        Country = Text(map, "co"),
        Issuer = Text(map, "is"),
        CertificateIdentifier = Text(map, "ci"),
    };

    static TestEntry Test(CborItem.Map map) => new()
    {
        Disease = Text(map, "tg"),
        TestType = Text(map, "tt"),
        TestName = OptionalText(map, "nm"),
        Device = OptionalText(map, "ma"),
        SampledAt = Instant(map, "sc"),
        Result = Text(map, "tr"),
        Centre = OptionalText(map, "tc"),
        Country = Text(map, "co"),
        Issuer = Text(map, "is"),
        CertificateIdentifier = Text(map, "ci"),
    };

    static RecoveryEntry Recovery(CborItem.Map map) => new()
    {
        Disease = Text(map, "tg"),
        FirstPositive = Date(map, "fr"),
        ValidFrom = Date(map, "df"),
        ValidUntil = Date(map, "du"),
        Country = Text(map, "co"),
        Issuer = Text(map, "is"),
        CertificateIdentifier = Text(map, "ci"),
    };

    static string Text(CborItem.Map map, string key) => OptionalText(map, key) ?? throw Missing(key);

    static string? OptionalText(CborItem.Map map, string key)
    {
        if (!map.TryGet(key, out var item) || item is CborItem.Null)
        {
            return null;
        }
        return item is CborItem.Text text ? text.Value.Trim() : throw new Refusal($"{key} is not text");
    }

    static int Dose(CborItem.Map map, string key)
    {
        map.TryGet(key, out var item);
        return item switch
        {
            CborItem.Whole { Value: >= 1 and <= int.MaxValue } whole => (int)whole.Value,
            CborItem.Real { Value: >= 1 and <= int.MaxValue } real when double.IsInteger(real.Value) => (int)real.Value,
            _ => throw new Refusal($"{key} is not a positive whole number"),
        };
    }

    // Dates of birth are kept as written, known in part or not; only a time behind them is cut off.
    static string DateOfBirth(CborItem.Map dcc) => WithoutTime(OptionalText(dcc, "dob") ?? "");

    static DateOnly Date(CborItem.Map map, string key)
    {
        var text = Text(map, key);
        return DateOnly.TryParseExact(
            WithoutTime(text), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new Refusal($"{key} is not a date");
    }

    static string WithoutTime(string date) => date.Length > 10 && date[10] is 'T' or ' ' ? date[..10] : date;

    static DateTimeOffset Instant(CborItem.Map map, string key) =>
        DateTimeOffset.TryParse(
            Text(map, key), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new Refusal($"{key} is not a time");

    static Refusal NotOneEntry() => new("not exactly one entry");

    static Refusal Missing(string key) => new($"{key} is missing");
}
