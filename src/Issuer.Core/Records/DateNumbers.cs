using System.Globalization;
using System.Text.RegularExpressions;

namespace Issuer.Core.Records;

/// <summary>
/// A date that is written in numbers alone, taken apart but not yet believed: 31/02/1990 is one. What a paper leaves
/// open (<c>00</c>, <c>xx</c>, <c>??</c>) is 0.
/// </summary>
/// <param name="HasShortYear">Two digits, so that nobody knows which of three numbers it is.</param>
readonly partial record struct DateNumbers(int Year, int Month, int Day, bool HasShortYear = false)
{
    public DateOrder Order { get; private init; }

    /// <summary>Null: it is not written like this.</summary>
    public static DateNumbers? Read(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            return Joined(text);
        }
        var (first, second, third) = (match.Groups["a"], match.Groups["b"], match.Groups["c"]);
        if (!third.Success)
        {
            return (first.Length, second.Length) switch
            {
                (4, <= 2) when match.Groups["s"].Value == "." && second.Value == "0" => new(Value(first), 0, 0),
                (4, <= 2) when match.Groups["s"].Value is "-" or "/" => new(Value(first), Value(second), 0),
                ( <= 2, 4) => new(Value(second), Value(first), 0),
                _ => null,
            };
        }
        return (first.Length, second.Length, third.Length) switch
        {
            (4, <= 2, <= 2) => new(Value(first), Value(second), Value(third)),
            ( <= 2, <= 2, 4) => new(Value(third), Value(second), Value(first))
            {
                Order = OrderOf(Value(first), Value(second)),
            },
            ( <= 2, <= 2, <= 2) => new(Value(third), Value(second), Value(first), HasShortYear: true)
            {
                Order = OrderOf(Value(first), Value(second)),
            },
            _ => null,
        };
    }

    /// <summary>1985; 20220325; 25032022. No eight digits are both.</summary>
    static DateNumbers? Joined(string text) =>
        text.Length is not (4 or 8) || !text.All(char.IsAsciiDigit) ? null
        : text.Length == 4 ? new(Whole(text), 0, 0)
        : text[..2] is "19" or "20" && Whole(text[4..6]) is >= 1 and <= 12
            ? new(Whole(text[..4]), Whole(text[4..6]), Whole(text[6..]))
        : text[4..6] is "19" or "20" ? new(Whole(text[4..]), Whole(text[2..4]), Whole(text[..2]))
        : null;

    static DateOrder OrderOf(int first, int second) => (first, second) switch
    {
        ( >= 1 and <= 12, > 12 and <= 31) => DateOrder.MonthFirst,
        ( >= 1 and <= 12, >= 1 and <= 12) when first != second => DateOrder.Either,
        _ => DateOrder.Certain,
    };

    static int Value(Group group) => char.IsAsciiDigit(group.Value[0]) ? Whole(group.Value) : 0;

    static int Whole(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<a>[0-9]{1,4}|[xX?_*]{1,4}|--)\s*(?<s>[/.\-\s])\s*(?<b>[0-9]{1,4}|[xX?_*]{1,4}|--)"
        + @"(?:\s*\k<s>\s*(?<c>[0-9]{1,4}|[xX?_*]{1,2}|--))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
