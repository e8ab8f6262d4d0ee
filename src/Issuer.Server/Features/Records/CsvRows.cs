using System.Text;

namespace Issuer.Server.Features.Records;

/// <summary>
/// CSV (RFC 4180) as spreadsheets and people leave it. A quotation mark in the wrong place costs its own row and no
/// other: what does not close within a few lines was never opened.
/// </summary>
/// <param name="delimiterIsNamed">By a first line of Excel's own, <c>sep=;</c>.</param>
sealed class CsvRows(string path, char delimiter, bool delimiterIsNamed) : IRows
{
    /// <summary>Far above any name.</summary>
    const int LongestCell = 64 * 1024;
    const int LongestLine = 4 * LongestCell;

    /// <summary>Lines of one cell: an address has a few.</summary>
    const int MostLines = 20;

    // With a BOM to skip, and without looking for other encodings' marks: what is not UTF-8 is refused.
    public static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    public char Delimiter => delimiter;

    public IEnumerable<RawRow> Read(int? width = null)
    {
        using var reader = new StreamReader(path, StrictUtf8, detectEncodingFromByteOrderMarks: false);
        var lines = new BoundedLines(reader, LongestLine);
        if (delimiterIsNamed && lines[0] is not null)
        {
            lines.Take(1);
        }
        while (lines[0] is { } line)
        {
            var (row, count) = RowOf(lines, line, width);
            lines.Take(count);
            yield return row;
        }
    }

    (RawRow Row, int Lines) RowOf(BoundedLines lines, string line, int? width)
    {
        var number = lines.Number;
        if (lines.IsCut(0))
        {
            return (new RawRow(number, [line[..40]], Torn: 0), 1);
        }
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return (new RawRow(number, line.Split(delimiter)), 1);
        }
        var row = new QuotedRow(lines, delimiter);
        var torn = row.Read() ?? row.Swallowed(width);
        return torn is null
            ? (new RawRow(number, [.. row.Cells], Stray: row.Stray), row.Lines)
            : (new RawRow(number, line.Split(delimiter), torn), 1);
    }

    /// <summary>A row with quotation marks, over as many lines as it needs.</summary>
    ref struct QuotedRow(BoundedLines lines, char delimiter)
    {
        readonly StringBuilder quoted = new();
        string text = lines[0]!;
        int at;
        int? broken;
        int separators;

        public List<string> Cells { get; } = [];

        public List<int> Stray { get; } = [];

        public int Lines { get; private set; } = 1;

        /// <returns>The cell that cannot be read; null: all could.</returns>
        public int? Read()
        {
            do
            {
                var start = at;
                while (at < text.Length && text[at] == ' ')
                {
                    at++;
                }
                if (at < text.Length && text[at] == '"')
                {
                    if (!Quoted())
                    {
                        return Cells.Count;
                    }
                }
                else
                {
                    Plain(start);
                }
            }
            while (at++ < text.Length);
            return null;
        }

        /// <summary>Lines that a lost mark joined: more cells than the header, or rows within a cell.</summary>
        public readonly int? Swallowed(int? width) =>
            broken is { } cell && width is { } cells && (Cells.Count > cells || separators >= Math.Max(2, cells / 2))
                ? cell
                : null;

        void Plain(int start)
        {
            var end = text.IndexOf(delimiter, start);
            end = end < 0 ? text.Length : end;
            var cell = text[start..end];
            if (cell.Count(c => c == '"') % 2 != 0)
            {
                Stray.Add(Cells.Count);
            }
            Cells.Add(cell);
            at = end;
        }

        bool Quoted()
        {
            quoted.Clear();
            at++;
            while (true)
            {
                var mark = text.IndexOf('"', at);
                if (mark < 0)
                {
                    quoted.Append(text, at, text.Length - at).Append('\n');
                    if (!NextLine())
                    {
                        return false;
                    }
                    continue;
                }
                quoted.Append(text, at, mark - at);
                at = mark + 1;
                if (at < text.Length && text[at] == '"')
                {
                    quoted.Append('"');
                    at++;
                    continue;
                }
                while (at < text.Length && text[at] == ' ')
                {
                    at++;
                }
                if (at < text.Length && text[at] != delimiter)
                {
                    return false;
                }
                Cells.Add(quoted.ToString());
                return true;
            }
        }

        bool NextLine()
        {
            broken ??= Cells.Count;
            separators += text.AsSpan(at).Count(delimiter);
            if (Lines == MostLines || quoted.Length > LongestCell || lines.IsCut(Lines)
                || lines[Lines] is not { } following)
            {
                return false;
            }
            Lines++;
            (text, at) = (following, 0);
            return true;
        }
    }
}
