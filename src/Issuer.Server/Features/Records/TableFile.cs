using System.Text;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Records;

/// <summary>
/// A list from somebody's spreadsheet: CSV (UTF-8 with or without BOM; comma, semicolon or tab) or <c>.xlsx</c>, told
/// by its bytes. It is read once from end to end before anything is stored, so that a file that breaks in the middle
/// changes nothing, and what only the whole of it tells is known for its first row.
/// </summary>
sealed class TableFile
{
    static readonly char[] Delimiters = [',', ';', '\t', '|'];

    readonly IRows rows;
    readonly TableHeader header;
    readonly Dictionary<string, int> columns;
    readonly WholeTable whole;

    TableFile(IRows rows, TableHeader header, Dictionary<string, int> columns)
    {
        (this.rows, this.header, this.columns) = (rows, header, columns);
        whole = new WholeTable(columns);
    }

    public CsvKind Kind => header.Kind;

    public string[] Header => header.Cells;

    public char Delimiter => rows.Delimiter;

    /// <summary>Data rows, without the header.</summary>
    public long Rows { get; private set; }

    /// <param name="isRenumbered">The clerk says so.</param>
    public ReferenceSource References(bool isRenumbered) =>
        !columns.ContainsKey("reference") ? ReferenceSource.Derived
        : isRenumbered ? ReferenceSource.Renumbered
        : ReferenceSource.Typed;

    /// <summary>Columns of the file that mean nothing here.</summary>
    public IEnumerable<string> UnknownColumns => Header.Where(h => h.Trim().Length > 0 && Kind.Resolve(h) is null);

    /// <summary>Date columns that somebody must look at, because nobody can tell days from months.</summary>
    public IEnumerable<string> AmbiguousColumns => whole.AmbiguousColumns;

    /// <summary>Opens a file of one of the given kinds, told by its header. Every fault of the file at once.</summary>
    /// <param name="given">A column that the caller supplies for all rows, so that the file may lack it.</param>
    public static Result<TableFile> Open(string path, IReadOnlyList<CsvKind> kinds, string? given = null)
    {
        try
        {
            var found = Candidates(path)
                .Select(rows => (Rows: rows, Header: TableHeader.Find(rows, kinds, given))).ToList();
            if (found.Count > 1 && found.All(f => f.Rows is ExcelRows)
                && found.Count(f => f.Header?.Kind.Missing(
                    [.. f.Header.Cells.Select(f.Header.Kind.Resolve), given, "facility"]).Any() == false) > 1)
            {
                return Refuse([SeveralLists]);
            }
            var (rows, header) = found.MaxBy(f => f.Header?.Score ?? -1);
            return header is null
                ? Refuse(["empty: there is not even a header (tệp rỗng, không có cả dòng tiêu đề)"])
                : Scan(rows, header, kinds, given);
        }
        catch (DecoderFallbackException)
        {
            return Refuse([NotUtf8]);
        }
        catch (UnreadableFileException e)
        {
            return Refuse([e.Message]);
        }
        catch (InvalidDataException)
        {
            return Refuse([BrokenZip]);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            return Refuse([FileFault.Words(e, path)]);
        }
    }

    public IEnumerable<CsvRow> Read() => DataRows().Select(row => new CsvRow(
        row.Line, row.Cells, columns, whole.FaultsOf(row, header.Cells.Length)));

    const string NotUtf8 = "not UTF-8: save it as \"CSV UTF-8\" or .xlsx (hãy lưu tệp dạng \"CSV UTF-8\" hoặc .xlsx)";

    const string BrokenZip = "a broken .xlsx file: open it and save it again (tệp .xlsx bị hỏng: hãy mở ra lưu lại)";

    const string SeveralLists = "several sheets hold lists: send each as a file of its own (nhiều trang tính có danh "
        + "sách: hãy gửi mỗi trang thành một tệp)";

    const string NoHeader = "no known column in the first rows; one row must have the names of the columns (không có "
        + "cột nào nhận ra được; phải có một dòng ghi tên các cột)";

    /// <summary>The sheets of a workbook; a CSV file by every separator that it may have.</summary>
    static IEnumerable<IRows> Candidates(string path)
    {
        if (ExcelBounds.IsWorkbook(path))
        {
            ExcelBounds.Check(path);
            return ExcelRows.SheetsOf(path);
        }
        using var probe = new StreamReader(path, CsvRows.StrictUtf8, detectEncodingFromByteOrderMarks: false);
        var buffer = new char[64 * 1024];
        var start = buffer.AsSpan(0, probe.ReadBlock(buffer));
        if (start.Contains('\0'))
        {
            throw new UnreadableFileException(NotUtf8);
        }
        // Excel's own first line, where the list separator is not the usual one.
        if (start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && start.Length > 5
            && start[5] is '\r' or '\n')
        {
            return [new CsvRows(path, start[4], delimiterIsNamed: true)];
        }
        var text = start.ToString();
        return Delimiters.OrderByDescending(d => text.Count(c => c == d))
            .Select(delimiter => new CsvRows(path, delimiter, delimiterIsNamed: false));
    }

    static Result<TableFile> Scan(
        IRows rows, TableHeader header, IReadOnlyList<CsvKind> kinds, string? given)
    {
        if (header.Score == 0)
        {
            return Refuse([.. Damaged(header), NoHeader, .. header.MissingIn([given])]);
        }
        var faults = new List<string>();
        var file = new TableFile(rows, header, header.Columns(given, faults));
        if (faults.Count > 0)
        {
            faults = [.. Damaged(header), .. faults];
            return Refuse(kinds.Count == 1 ? faults : [.. faults, $"(read as {header.Kind.Name}.csv)"]);
        }
        foreach (var row in file.DataRows())
        {
            file.Rows++;
            file.whole.Add(row);
        }
        return file.whole.Letters is { } damage ? Refuse([damage.Said]) : file;
    }

    static IEnumerable<string> Damaged(TableHeader header) =>
        header.HasDamagedLetters ? [DamagedFile.Of(LetterDamage.Lost).Said] : [];

    /// <summary>
    /// As they were typed. Rows where nothing stands under a known column are none, nor is the header where a page
    /// repeats it.
    /// </summary>
    IEnumerable<RawRow> DataRows()
    {
        foreach (var raw in rows.Read(header.Cells.Length).Skip(header.Index + 1))
        {
            var row = raw with { Cells = Array.ConvertAll(raw.Cells, SpreadsheetCell.Read) };
            if (row.Torn is not null
                || columns.Values.Any(i => i < row.Cells.Length && !string.IsNullOrWhiteSpace(row.Cells[i])
                    && row.Cells[i] != header.Cells[i]))
            {
                yield return row;
            }
        }
    }

    static Rejection Refuse(IEnumerable<string> faults) =>
        new(RejectionKind.Malformed, string.Join("; ", faults.Distinct()));
}
