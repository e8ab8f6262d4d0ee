using System.Buffers;
using Issuer.Core.Records;
using Issuer.Hcert;

namespace Issuer.Core.Identity;

/// <summary>
/// A mismatch may be offered a transformation of what was sent that would match (design.md 4.20). Every candidate is
/// made from the record alone and then asked for; of a name without its marks only the kind is told. So no value of
/// the registry can leak.
/// </summary>
public static class SuggestCorrection
{
    /// <returns>The kind of suggestion for each record that has one, by record id.</returns>
    public static async Task<IReadOnlyDictionary<long, string>> ForAsync(
        IPopulationRegistry registry, IEnumerable<MatchedRecord> results, CancellationToken cancel)
    {
        var mismatched = results.Where(r => r.State == RecordState.Mismatched).ToList();
        var found = new Dictionary<long, string>();
        var candidates = mismatched
            .SelectMany(r => Candidates(r.Record.Record, r.Differs).Select(c => (r.Record.Id, c.Kind, c.Query)))
            .ToList();
        var answers = candidates.Count == 0
            ? []
            : await registry.LookUpAsync([.. candidates.Select(c => c.Query)], cancel);
        foreach (var ((id, kind, _), answer) in candidates.Zip(answers))
        {
            if (answer?.Person is not null)
            {
                found.TryAdd(id, kind);
            }
        }
        // The least telling comes last: a misplaced tone is a difference of marks too.
        foreach (var r in mismatched.Where(r => r.Differs == IdentityFields.Name && r.NameDiffersInMarksOnly))
        {
            found.TryAdd(r.Record.Id, "diacritics");
        }
        return found;
    }

    /// <summary>Only transformations of the one field that differs; two wrong fields want a person's eye.</summary>
    static IEnumerable<(string Kind, RegistryQuery Query)> Candidates(VaccinationRecord record, IdentityFields differs)
    {
        var query = MatchRecords.QueryOf(record);
        if (differs == IdentityFields.DateOfBirth && DayAndMonthSwapped(record.DateOfBirth) is { } swapped)
        {
            yield return ("day-month-swapped", query with { DateOfBirth = swapped });
        }
        if (differs == IdentityFields.Name)
        {
            if (record.FamilyName.Length > 0)
            {
                yield return ("name-order", query with { FullName = $"{record.GivenName} {record.FamilyName}" });
            }
            foreach (var (kind, name) in OtherTonePlacement(record.FullName))
            {
                yield return (kind, query with { FullName = name });
            }
        }
    }

    static PartialDate? DayAndMonthSwapped(PartialDate date) =>
        date.Complete is { Day: <= 12 } day && day.Day != day.Month
            ? new PartialDate(new DateOnly(day.Year, day.Day, day.Month))
            : null;

    /// <summary>hòa or hoà, thúy or thuý: old and new orthography put the tone on another vowel.</summary>
    static IEnumerable<(string Kind, string Name)> OtherTonePlacement(string fullName)
    {
        var words = fullName.Split(' ');
        var toNew = string.Join(' ', words.Select(w => MoveTone(w, toSecondVowel: true)));
        if (toNew != fullName)
        {
            yield return ("tone-placement", toNew);
        }
        var toOld = string.Join(' ', words.Select(w => MoveTone(w, toSecondVowel: false)));
        if (toOld != fullName)
        {
            yield return ("tone-placement", toOld);
        }
    }

    static readonly string[] MovablePairs = ["oa", "oe", "uy"];
    static readonly SearchValues<char> Tones = SearchValues.Create("\u0300\u0301\u0303\u0309\u0323");

    static string MoveTone(string word, bool toSecondVowel)
    {
        var letters = CanonicalText.ToNfd(word);
        var tone = letters.AsSpan().IndexOfAny(Tones);
        if (tone < 0)
        {
            return word;
        }
        var plain = letters.Remove(tone, 1);
        // Only open syllables moved (hòa, not hoàng), and after q the u is no vowel (quý).
        var pair = plain.Length - 2;
        if (pair < 0 || !MovablePairs.Contains(plain[pair..].ToLowerInvariant())
            || (pair > 0 && char.ToLowerInvariant(plain[pair - 1]) == 'q'))
        {
            return word;
        }
        return CanonicalText.ToNfc(
            plain.Insert(toSecondVowel ? plain.Length : plain.Length - 1, letters[tone].ToString()));
    }
}
