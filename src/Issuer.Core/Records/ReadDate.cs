using System.Globalization;
using System.Text.RegularExpressions;
using Issuer.Hcert;

namespace Issuer.Core.Records;

/// <summary>A date that was typed: read, or what is wrong with it.</summary>
public readonly record struct DateRead(PartialDate? Date, FaultCode Fault)
{
    public static implicit operator DateRead(FaultCode fault) => new(null, fault);
}

/// <summary>
/// Dates as people and spreadsheets write them, wherever one meaning is certain: a time behind the day, the serial
/// number of a day, a month in words, a day or month that papers leave open (<c>00</c>, <c>xx</c>). Numbers are day,
/// month, year.
/// </summary>
public static partial class ReadDate
{
    /// <summary>Longer than any of them.</summary>
    public const int Longest = 40;

    const int FirstSerial = 10_000;

    static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    static readonly int[] Centuries = [1900, 2000];

    static readonly DateOnly SerialZero = new(1899, 12, 30);

    /// <param name="from">No such date lies before; it tells the century of a month in words with two digits.</param>
    public static DateRead Of(string typed, DateOnly from, DateOnly today)
    {
        var (text, dayAfter) = Day(typed);
        if (dayAfter)
        {
            return FaultCode.BadDate;
        }
        if (DateNumbers.Read(text) is { } numbers)
        {
            return OfNumbers(numbers, from, today);
        }
        return Serial(text) is { } serial
            ? serial >= from && serial <= today ? Certain(serial.Year, serial.Month, serial.Day) : FaultCode.BadDate
            : OfWords(text, from, today);
    }

    /// <summary>Nothing that is no date says anything.</summary>
    public static DateOrder OrderOf(string? typed)
    {
        if (typed is null || typed.Length is 0 or > Longest)
        {
            return DateOrder.Certain;
        }
        var text = Day(typed).Text;
        if (DateNumbers.Read(text) is { } numbers)
        {
            return numbers.Order;
        }
        // The spreadsheet read it, in the order that it expected.
        return Serial(text) is { Day: <= 12 } serial && serial.Day != serial.Month
            ? DateOrder.Either
            : DateOrder.Certain;
    }

    static DateRead OfNumbers(DateNumbers numbers, DateOnly from, DateOnly today) => numbers switch
    {
        { Order: DateOrder.MonthFirst } => FaultCode.MonthBeforeDay,
        { HasShortYear: true } => OnlyOne(
            [(numbers.Year, numbers.Month, numbers.Day), (numbers.Day, numbers.Month, numbers.Year)], from, today),
        _ => Certain(numbers.Year, numbers.Month, numbers.Day),
    };

    /// <summary>
    /// A year of two digits is read when one century and one place for it give a day that can be: 15/8/85 is, 25/03/22
    /// is not.
    /// </summary>
    static DateRead OnlyOne(IEnumerable<(int Year, int Month, int Day)> meanings, DateOnly from, DateOnly today)
    {
        var possible = meanings
            .SelectMany(m => Centuries.Select(century => Certain(century + m.Year, m.Month, m.Day)))
            .Where(read => read.Date?.Complete is { } date && date >= from && date <= today).Distinct().ToList();
        return possible is [var one] ? one : FaultCode.TwoDigitYear;
    }

    /// <summary>A month or day of 0 is not known.</summary>
    static DateRead Certain(int year, int month, int day)
    {
        var text = day > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}")
            : month > 0 ? string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}")
            : string.Create(CultureInfo.InvariantCulture, $"{year:D4}");
        return (day > 0 && month == 0) || month > 12 || day > 31 ? FaultCode.BadDate
            : year < 1900 ? FaultCode.DateTooEarly
            : year >= 2100 ? FaultCode.FutureDate
            : PartialDate.TryParse(text, out var date) ? new DateRead(date, default) : FaultCode.BadDate;
    }

    static DateOnly? Serial(string text)
    {
        var match = SerialNumber().Match(text);
        var days = match.Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return days < FirstSerial ? null : SerialZero.AddDays(days);
    }

    static DateRead OfWords(string text, DateOnly from, DateOnly today)
    {
        var match = VietnameseWords().Match(text);
        if (!match.Success)
        {
            match = DayAndMonthName().Match(text);
        }
        if (!match.Success)
        {
            match = MonthNameFirst().Match(text);
        }
        if (!match.Success || MonthOf(match.Groups["month"].Value) is not { } month)
        {
            return FaultCode.BadDate;
        }
        var day = match.Groups["day"].Success ? Number(match, "day") : 0;
        var year = Number(match, "year");
        return match.Groups["year"].Length == 4
            ? Certain(year, month, day)
            : OnlyOne([(year, month, day)], from, today);
    }

    static int? MonthOf(string name) =>
        name.Length == 0 ? 0
        : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Array.FindIndex(Months, month => name.StartsWith(month, StringComparison.Ordinal)) is >= 0 and var index
            ? index + 1
            : null;

    static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    /// <summary>Without the time of day and the word for "day", in lower case.</summary>
    static (string Text, bool DayAfter) Day(string typed)
    {
        var text = typed.Trim().TrimStart('\'');
        if (text.Length <= 10 && !text.Any(char.IsLetter))
        {
            return (text, false);
        }
        text = CanonicalText.ToNfc(text).ToLowerInvariant();
        if (TimeBehind().Match(text) is { Success: true } behind)
        {
            // 17:00 in Greenwich is the next day in Vietnam; which of the two was meant?
            var isNextDay = behind.Groups["zone"].Value == "z" && Number(behind, "hour") >= 17;
            return (WordForDay().Replace(text[..behind.Index], "").Trim(), isNextDay);
        }
        return (WordForDay().Replace(TimeBefore().Replace(text, ""), "").Trim(), false);
    }

    const string Time = @"(?<hour>[01]?\d|2[0-3])(?:[:h][0-5]\d){1,2}(?:\.\d{1,7})?(?:\s*(?:am|pm|sa|ch))?";

    [GeneratedRegex($@"(?:\s|t){Time}(?<zone>z|[+-]\d\d:?\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex TimeBehind();

    [GeneratedRegex($@"^{Time}\s+", RegexOptions.CultureInvariant)]
    private static partial Regex TimeBefore();

    [GeneratedRegex(@"^(?:ngày|ngay)\s*", RegexOptions.CultureInvariant)]
    private static partial Regex WordForDay();

    [GeneratedRegex(@"^(\d{5})(?:\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex SerialNumber();

    [GeneratedRegex(
        @"^(?:(?<day>\d{1,2})[\s,/-]*)?(?:(?:tháng|thang)\s*(?<month>\d{1,2})[\s,/-]*)?"
        + @"(?:năm|nam)?\s*(?<year>\d{4})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex VietnameseWords();

    /// <summary>Also as a Vietnamese spreadsheet shortens it: 25-thg 3-22.</summary>
    [GeneratedRegex(
        @"^(?<day>\d{1,2})(?:st|nd|rd|th)?[\s/.,-]*(?:(?<month>[a-z]{3,9})|(?:tháng|thg|th)\s*(?<month>\d{1,2}))"
        + @"[\s/.,-]*(?<year>\d{4}|\d{2})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex DayAndMonthName();

    [GeneratedRegex(
        @"^(?<month>[a-z]{3,9})[\s/.-]+(?<day>\d{1,2})(?:st|nd|rd|th)?[\s/.,-]+(?<year>\d{4})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex MonthNameFirst();
}
