using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Issuer.Core;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Records;

/// <summary>A row with its line number in the file, for messages.</summary>
sealed class CsvRow(long line, string[] cells, IReadOnlyDictionary<string, int> columns)
{
    public long Line => line;

    public string[] Cells => cells;

    /// <summary>Null when the file has no such column or the row is too short for it.</summary>
    public string? this[string column] =>
        columns.TryGetValue(column, out var index) && index < cells.Length ? cells[index] : null;
}

/// <summary>
/// A CSV file from somebody's spreadsheet (RFC 4180; UTF-8 with or without BOM; comma or semicolon). It is read once
/// from end to end before anything is stored, so that a file that breaks in the middle changes nothing.
/// </summary>
sealed class CsvFile
{
    /// <summary>Far above any name; a quote that was never closed shows here.</summary>
    const int LongestCell = 64 * 1024;
    const int MostFaultsNamed = 20;

    static readonly char[] Delimiters = [',', ';', '\t'];

    // With a BOM to skip, and without looking for other encodings' marks: what is not UTF-8 is refused.
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    readonly string path;
    readonly char delimiter;
    readonly bool delimiterIsNamed;
    readonly Dictionary<string, int> columns;

    CsvFile(
        string path, char delimiter, bool delimiterIsNamed, string[] header, CsvKind kind,
        Dictionary<string, int> columns, long rows)
    {
        this.path = path;
        this.delimiter = delimiter;
        this.delimiterIsNamed = delimiterIsNamed;
        Header = header;
        Kind = kind;
        this.columns = columns;
        Rows = rows;
    }

    public CsvKind Kind { get; }

    public string[] Header { get; }

    public char Delimiter => delimiter;

    /// <summary>Data rows, without the header.</summary>
    public long Rows { get; }

    /// <summary>Columns of the file that mean nothing here.</summary>
    public IEnumerable<string> UnknownColumns => Header.Where(h => h.Trim().Length > 0 && Kind.Resolve(h) is null);

    /// <summary>Opens a file of one of the given kinds, told by its header. Every fault of the file at once.</summary>
    /// <param name="given">A column that the caller supplies for all rows, so that the file may lack it.</param>
    public static Result<CsvFile> Open(string path, IReadOnlyList<CsvKind> kinds, string? given = null)
    {
        try
        {
            using var probe = new StreamReader(path, StrictUtf8, detectEncodingFromByteOrderMarks: false);
            var first = probe.ReadLine() ?? "";
            if (first.Length > LongestCell || first.Contains('\0', StringComparison.Ordinal))
            {
                return Refuse(
                    [first.Contains('\0', StringComparison.Ordinal) ? NotUtf8 : "line 1: too long for a header"]);
            }
            // Excel's own first line, where the list separator is not the usual one.
            var named = first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && first.Length == 5;
            var delimiter = named ? first[4] : Delimiters.MaxBy(d => first.Count(c => c == d));
            return Scan(path, delimiter, named, kinds, given);
        }
        catch (DecoderFallbackException)
        {
            return Refuse([NotUtf8]);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            return Refuse([FileFault.Words(e, path)]);
        }
    }

    public IEnumerable<CsvRow> Read()
    {
        using var reader = new StreamReader(path, StrictUtf8, detectEncodingFromByteOrderMarks: false);
        using var parser = new CsvParser(reader, Configuration(delimiter, _ => { }));
        parser.Read();
        if (delimiterIsNamed)
        {
            parser.Read();
        }
        while (parser.Read())
        {
            if (!IsBlank(parser.Record!))
            {
                yield return new CsvRow(parser.RawRow, parser.Record!, columns);
            }
        }
    }

    const string NotUtf8 = "not UTF-8: save it as \"CSV UTF-8\" (hãy lưu tệp dạng \"CSV UTF-8\")";

    const string NoHeader = "line 1: no known column; the first line must have the names of the columns, with nothing "
        + "above them (dòng 1: không có cột nào nhận ra được; dòng đầu tiên phải là tên các cột)";

    static Result<CsvFile> Scan(
        string path, char delimiter, bool delimiterIsNamed, IReadOnlyList<CsvKind> kinds, string? given)
    {
        var faults = new List<string>();
        using var reader = new StreamReader(path, StrictUtf8, detectEncodingFromByteOrderMarks: false);
        using var parser = new CsvParser(reader, Configuration(delimiter, faults.Add));
        try
        {
            if (!parser.Read() || (delimiterIsNamed && !parser.Read()))
            {
                return Refuse(["empty: there is not even a header (tệp rỗng, không có cả dòng tiêu đề)"]);
            }
            var header = parser.Record!;
            // By what is there, not by what is missing: records without their product would pass for the population.
            var kind = kinds
                .OrderByDescending(k => header.Count(h => k.Resolve(h) is not null))
                .ThenBy(k => k.Missing([.. header.Select(k.Resolve), given]).Count())
                .First();
            if (header.All(h => kind.Resolve(h) is null))
            {
                return Refuse([NoHeader, .. MissingIn(header, kind, [given])]);
            }
            var columns = Columns(header, kind, given, faults);
            long rows = 0;
            while (parser.Read() && faults.Count < MostFaultsNamed)
            {
                if (!IsBlank(parser.Record!))
                {
                    rows++;
                    if (parser.Record!.Length > header.Length && !IsBlank(parser.Record[header.Length..]))
                    {
                        faults.Add(
                            $"line {parser.RawRow}: {parser.Record.Length} cells, the header has {header.Length} "
                            + $"(dòng {parser.RawRow}: nhiều ô hơn tiêu đề)");
                    }
                }
            }
            return faults.Count > 0
                ? Refuse(kinds.Count == 1 ? faults : [.. faults, $"(read as {kind.Name}.csv)"])
                : new CsvFile(path, delimiter, delimiterIsNamed, header, kind, columns, rows);
        }
        catch (MaxFieldSizeException)
        {
            faults.Add(
                $"line {parser.RawRow}: a cell is longer than {LongestCell / 1024} KiB; is a closing quote missing?");
            return Refuse(faults);
        }
    }

    static Dictionary<string, int> Columns(string[] header, CsvKind kind, string? given, List<string> faults)
    {
        var columns = new Dictionary<string, int>();
        for (var i = 0; i < header.Length; i++)
        {
            if (kind.Resolve(header[i]) is { } name && !columns.TryAdd(name, i))
            {
                faults.Add($"header: column {name} appears twice");
            }
        }
        faults.AddRange(MissingIn(header, kind, [.. columns.Keys, given]));
        return columns;
    }

    /// <summary>What lacks, and what stands there instead.</summary>
    static IEnumerable<string> MissingIn(string[] header, CsvKind kind, IReadOnlyCollection<string?> resolved)
    {
        var missing = kind.Missing(resolved).ToList();
        foreach (var names in missing)
        {
            var both = string.Join(" hoặc ", names.Select(kind.InBothLanguages));
            yield return $"header: column {string.Join(" or ", names)} is missing (thiếu cột {both})";
        }
        var unknown = header.Where(h => h.Trim().Length > 0 && kind.Resolve(h) is null).Take(MostFaultsNamed)
            .Select(h => Unknown(h, kind)).ToList();
        if (missing.Count > 0 && unknown.Count > 0)
        {
            yield return $"header: not understood (không hiểu): {string.Join(", ", unknown)}";
        }
    }

    /// <summary>A header in quotation marks, with what it may have meant; cut, for anything may stand there.</summary>
    public static string Unknown(string header, CsvKind kind)
    {
        const int longest = 40;
        var said = string.Concat(header.Trim().Where(c => !char.IsControl(c)));
        var shown = $"\"{(said.Length > longest ? said[..longest] + "…" : said)}\"";
        return kind.NearestTo(header) is { } near ? $"{shown} → \"{near}\"?" : shown;
    }

    static CsvConfiguration Configuration(char delimiter, Action<string> bad) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter.ToString(),
        MaxFieldSize = LongestCell,
        BadDataFound = data => bad(
            $"line {data.Context.Parser?.RawRow}: a quote in the wrong place (dấu ngoặc kép sai chỗ)"),
        DetectColumnCountChanges = false,
    };

    static bool IsBlank(string[] cells) => Array.TrueForAll(cells, string.IsNullOrWhiteSpace);

    static Rejection Refuse(IEnumerable<string> faults) =>
        new(RejectionKind.Malformed, string.Join("; ", faults.Distinct()));
}
