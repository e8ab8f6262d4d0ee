using System.Globalization;

namespace Issuer.Core.Records;

/// <summary>
/// A date of which only the year, or year and month, may be known, as identity papers have it.
/// Text form: <c>yyyy</c>, <c>yyyy-mm</c> or <c>yyyy-mm-dd</c>, the three the DCC's <c>dob</c> knows.
/// </summary>
public readonly record struct PartialDate
{
    readonly string? iso;

    PartialDate(string iso) => this.iso = iso;

    public PartialDate(DateOnly date) => iso = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The whole date, or null when only a part is known.</summary>
    public DateOnly? Complete =>
        DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>The earliest day it can mean.</summary>
    public DateOnly Earliest => new(Year, iso!.Length >= 7 ? Part(5) : 1, iso.Length == 10 ? Part(8) : 1);

    public int Year => int.Parse(iso.AsSpan(0, 4), CultureInfo.InvariantCulture);

    /// <summary>
    /// Takes yyyy-mm-dd, d/m/yyyy (also with dashes or dots), yyyy-mm, m/yyyy and yyyy; years from 1900. A time of day
    /// that a spreadsheet adds without being asked is passed over.
    /// </summary>
    public static bool TryParse(string text, out PartialDate date)
    {
        date = default;
        if (text.EndsWith(Midnight, StringComparison.Ordinal))
        {
            text = text[..^Midnight.Length];
        }
        else if (text.Contains('/', StringComparison.Ordinal) && text.Split(' ') is [var day, var time]
            && TimeOnly.TryParseExact(time, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            text = day;
        }
        if (DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var whole))
        {
            date = new PartialDate(whole);
        }
        else if (DateOnly.TryParseExact(text, Months, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            date = new PartialDate(month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        }
        else if (DateOnly.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var year))
        {
            date = new PartialDate(year.ToString("yyyy", CultureInfo.InvariantCulture));
        }
        if (date.iso is not null && date.Year is >= 1900 and < 2100)
        {
            return true;
        }
        date = default;
        return false;
    }

    public static PartialDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException("Not a date.");

    public override string ToString() => iso ?? "";

    const string Midnight = " 00:00:00";

    static readonly string[] Times = ["H:mm", "H:mm:ss"];
    static readonly string[] Days = ["yyyy-MM-dd", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy"];
    static readonly string[] Months = ["yyyy-MM", "M/yyyy"];

    int Part(int start) => int.Parse(iso.AsSpan(start, 2), CultureInfo.InvariantCulture);
}
