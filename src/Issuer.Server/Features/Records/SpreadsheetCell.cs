using System.Buffers;
using System.Text.RegularExpressions;

namespace Issuer.Server.Features.Records;

/// <summary>
/// What we write into a cell, and read back. A spreadsheet runs what begins with <c>=</c>, <c>+</c>, <c>-</c> or
/// <c>@</c>; one that expects another separator splits our cells, and runs what comes behind it. An apostrophe in front
/// stops both. It is taken off again when the file comes back, so that what was typed stays what it was.
/// </summary>
static partial class SpreadsheetCell
{
    public static string? Written(string? text) =>
        text is null || text.AsSpan().IndexOfAny(Formula) < 0 ? text : Begins().Replace(text, "$1'$2");

    public static string Read(string cell) =>
        cell.Contains('\'', StringComparison.Ordinal) ? Stopped().Replace(cell, "$1$2") : cell;

    /// <summary>A spreadsheet's way to keep zeros, <c>="0010…"</c>, is what stands between the marks.</summary>
    public static string Value(string cell) =>
        cell.AsSpan().Trim() is ['=', '"', .. var inner, '"'] && !inner.Contains('"') ? inner.ToString() : cell;

    static readonly SearchValues<char> Formula = SearchValues.Create("=+-@＝＋－＠");

    [GeneratedRegex(@"((?:^|[,;|\t\r\n""]) *)('*[=+\-@＝＋－＠])", RegexOptions.CultureInvariant)]
    private static partial Regex Begins();

    [GeneratedRegex(@"((?:^|[,;|\t\r\n""]) *)'('*[=+\-@＝＋－＠])", RegexOptions.CultureInvariant)]
    private static partial Regex Stopped();
}
