using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>
/// What only all rows of a file together tell: how its dates are written, and whether its letters are whole.
/// </summary>
sealed class WholeTable(IReadOnlyDictionary<string, int> columns)
{
    static readonly string[] DateNames = ["date_of_birth", "vaccinated_on", "expires_on"];

    static readonly string[] NameNames = ["full_name", "family_name", "given_name"];

    readonly IReadOnlyList<(string Name, int Index, DateColumn Dates)> dates =
    [
        .. DateNames.Where(columns.ContainsKey).Select(name => (name, columns[name], new DateColumn())),
    ];

    readonly LettersOfNames letters = new();

    public IEnumerable<string> AmbiguousColumns => dates.Where(d => d.Dates.IsAmbiguous).Select(d => d.Name);

    /// <summary>Null: only single names are damaged, if any.</summary>
    public DamagedFile? Letters => letters.Verdict is { } damage ? DamagedFile.Of(damage) : null;

    public void Add(RawRow row)
    {
        if (row.Torn is not null)
        {
            return;
        }
        foreach (var (_, index, column) in dates)
        {
            column.Add(At(row, index));
        }
        letters.Add(
            string.Join(' ', NameNames.Where(columns.ContainsKey).Select(name => At(row, columns[name]))),
            columns.TryGetValue("nationality", out var nationality) ? At(row, nationality) : null);
    }

    public IReadOnlyList<Fault> FaultsOf(RawRow row, int width)
    {
        var faults = new List<Fault>();
        if (row.Torn is { } torn)
        {
            faults.Add(new Fault(NameOf(torn), RequestFaultCode.StrayQuote));
        }
        foreach (var stray in row.Stray?.Select(NameOf).Where(name => name.Length > 0) ?? [])
        {
            faults.Add(new Fault(stray, RequestFaultCode.StrayQuote));
        }
        if (row.Torn is null && row.Cells.Skip(width).Any(cell => !string.IsNullOrWhiteSpace(cell)))
        {
            faults.Add(new Fault("", RequestFaultCode.ExtraCells));
        }
        foreach (var (name, index, column) in dates)
        {
            if (column.FaultOf(At(row, index)) is { } ambiguous)
            {
                faults.Add(new Fault(name, ambiguous));
            }
        }
        return faults;
    }

    static string? At(RawRow row, int index) =>
        index < row.Cells.Length ? SpreadsheetCell.Value(row.Cells[index]) : null;

    string NameOf(int index) => columns.FirstOrDefault(column => column.Value == index).Key ?? "";
}

/// <summary>A file whose names are damaged: one fault, and what to do.</summary>
sealed record DamagedFile(string Said)
{
    public static DamagedFile Of(LetterDamage damage) => new(damage switch
    {
        LetterDamage.Lost =>
            "letters were lost when this file was saved (? or � stand for them): open the original list and save it as "
            + "\"CSV UTF-8\" or .xlsx (chữ có dấu đã bị mất khi lưu tệp: hãy mở danh sách gốc và lưu dạng \"CSV "
            + "UTF-8\" hoặc .xlsx)",
        LetterDamage.Misread =>
            "letters were misread: this file is UTF-8 that was opened and saved as another encoding; open the original "
            + "list (in Excel: Data, From Text/CSV, 65001 UTF-8) and save it as \"CSV UTF-8\" or .xlsx (chữ có dấu bị "
            + "đọc sai bảng mã: hãy mở danh sách gốc với mã UTF-8 và lưu dạng \"CSV UTF-8\" hoặc .xlsx)",
        _ =>
            "names are typed in a TCVN3 or VNI font: convert the list to Unicode (in Unikey: Ctrl+Shift+F6) and save "
            + "it again (tên gõ bằng phông TCVN3 hoặc VNI: hãy chuyển mã sang Unicode bằng Unikey, Ctrl+Shift+F6, rồi "
            + "lưu lại)",
    });
}
