using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>What typists and spreadsheets do to dates and identity numbers, undone. Pure.</summary>
static class NumberTransformations
{
    public static IEnumerable<Suggestion> OfDate(VaccinationRecord record)
    {
        if (record.DateOfBirth.Complete is { Day: <= 12 } day && day.Day != day.Month)
        {
            var swapped = new PartialDate(new DateOnly(day.Year, day.Day, day.Month));
            yield return new Suggestion(SuggestionKinds.DayMonthSwapped, record with { DateOfBirth = swapped });
        }
        foreach (var text in OneDigitOff(record.DateOfBirth.ToString()))
        {
            if (PartialDate.TryParse(text, out var date) && date.Earliest <= record.VaccinatedOn)
            {
                yield return new Suggestion(SuggestionKinds.DigitOff, record with { DateOfBirth = date });
            }
        }
    }

    /// <summary>
    /// One digit for another. When sex and year of birth agree with the number, the digits that say them are right.
    /// </summary>
    public static IEnumerable<Suggestion> OfNumber(VaccinationRecord record) =>
        record.IdentityType is not (IdentityType.Cccd or IdentityType.Cmnd)
            ? []
            : OneDigitOff(record.IdentityNumber)
                .Select(number => record with { IdentityNumber = number })
                .Where(r => Agrees(r) || !Agrees(record))
                .Select(r => new Suggestion(SuggestionKinds.DigitOff, r));

    /// <summary>The twelve- and nine-digit numbers that a malformed one can have been.</summary>
    public static IEnumerable<Suggestion> OfForm(VaccinationRecord record)
    {
        if (record.IdentityType is IdentityType.Passport or IdentityType.Birth)
        {
            yield break;
        }
        var digits = string.Concat(record.IdentityNumber.Where(char.IsLetterOrDigit).Select(DigitMeant));
        string[] forms =
        [
            digits, digits.PadLeft(12, '0'), digits.PadLeft(9, '0'),
            digits.Length > 1 && digits[^1] == digits[^2] ? digits[..^1] : digits,
        ];
        foreach (var number in forms.Distinct().Where(
            n => n != record.IdentityNumber || record.IdentityType is not null))
        {
            if (IdentityNumbers.TypeOf(number, "VNM") is { } type)
            {
                yield return new Suggestion(
                    SuggestionKinds.NumberForm, record with { IdentityType = type, IdentityNumber = number });
            }
        }
    }

    static bool Agrees(VaccinationRecord record) => !IdentityNumbers.Warnings(record).Any();

    static char DigitMeant(char typed) => typed switch
    {
        'O' or 'o' => '0',
        'I' or 'l' => '1',
        _ => typed,
    };

    static IEnumerable<string> OneDigitOff(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            for (var digit = '0'; digit <= '9' && char.IsAsciiDigit(text[i]); digit++)
            {
                if (digit != text[i])
                {
                    yield return string.Concat(text.AsSpan(0, i), digit.ToString(), text.AsSpan(i + 1));
                }
            }
        }
    }
}
