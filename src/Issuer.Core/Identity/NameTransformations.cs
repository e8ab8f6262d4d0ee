using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>What keyboards and forms do to Vietnamese names, undone. Pure.</summary>
static class NameTransformations
{
    /// <summary>Fifteen spellings; a name with more plain ds is left to a person.</summary>
    const int MostPlainDs = 4;
    const int MostMovedTones = 3;

    public static IEnumerable<Suggestion> Of(VaccinationRecord record) =>
    [
        .. Orders(record).Select(r => new Suggestion(SuggestionKinds.NameOrder, r)),
        .. Tones(record).Select(r => new Suggestion(SuggestionKinds.TonePlacement, r)),
        .. Strokes(record).Select(r => new Suggestion(SuggestionKinds.PlainD, r)),
        // Both at once are still one fault to a person: the marks.
        .. Tones(record).SelectMany(Strokes).Select(r => new Suggestion(SuggestionKinds.Diacritics, r)),
    ];

    static IEnumerable<VaccinationRecord> Orders(VaccinationRecord record)
    {
        if (record.FamilyName.Length > 0)
        {
            yield return record with { FamilyName = record.GivenName, GivenName = record.FamilyName };
        }
        else if (record.GivenName.Split(' ') is { Length: > 1 } words)
        {
            // Given as one text: the family name was put last, or the last name first.
            yield return record with { GivenName = string.Join(' ', [words[^1], .. words[..^1]]) };
            yield return record with { GivenName = string.Join(' ', [.. words[1..], words[0]]) };
        }
    }

    /// <summary>The other orthography for every choice among the words that have one: people mix them.</summary>
    static IEnumerable<VaccinationRecord> Tones(VaccinationRecord record)
    {
        var words = Math.Min(record.FullName.Split(' ').Count(HasOtherTone), MostMovedTones);
        for (var choice = 1; choice < 1 << words; choice++)
        {
            var next = 0;
            var chosen = choice;
            yield return Renamed(record, name => string.Join(' ', name.Split(' ').Select(
                word => HasOtherTone(word) && (chosen >> next++ & 1) == 1 ? TonePlacement.Other(word) : word)));
        }
    }

    static bool HasOtherTone(string word) => TonePlacement.Other(word) != word;

    /// <summary>đ for every choice among the ds.</summary>
    static IEnumerable<VaccinationRecord> Strokes(VaccinationRecord record)
    {
        var ds = record.FullName.Count(IsPlainD);
        if (ds > MostPlainDs)
        {
            yield break;
        }
        for (var choice = 1; choice < 1 << ds; choice++)
        {
            var next = 0;
            var chosen = choice;
            yield return Renamed(record, name => string.Concat(name.Select(
                letter => IsPlainD(letter) && (chosen >> next++ & 1) == 1 ? Stroked(letter) : letter)));
        }
    }

    static bool IsPlainD(char letter) => letter is 'd' or 'D';

    static char Stroked(char letter) => letter == 'd' ? 'đ' : 'Đ';

    static VaccinationRecord Renamed(VaccinationRecord record, Func<string, string> rename)
    {
        // In this order: what counts letters counts them through both parts.
        var family = rename(record.FamilyName);
        return record with { FamilyName = family, GivenName = rename(record.GivenName) };
    }
}
