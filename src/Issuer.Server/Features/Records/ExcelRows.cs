using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Issuer.Server.Features.Records;

/// <summary>
/// One sheet of an <c>.xlsx</c>, cell by cell as its clerk sees it: days as dd/mm/yyyy, numbers with the zeros that
/// their format shows.
/// </summary>
sealed class ExcelRows(string path, int sheet) : IRows
{
    const int MostRows = 1_048_576;
    const int MostColumns = 200;
    const int MostSheets = 50;

    /// <summary>For all rows once: far above any list that fits.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>What spreadsheets separate by where a comma is in numbers, as in Vietnam.</summary>
    public char Delimiter => ';';

    /// <summary>Every sheet that its clerk sees. The file is within its bounds.</summary>
    public static IReadOnlyList<ExcelRows> SheetsOf(string path)
    {
        var sheets = new List<ExcelRows>();
        Guarded(() =>
        {
            using var reader = Open(path);
            for (var index = 0; index < Math.Min(reader.ResultsCount, MostSheets); index++, reader.NextResult())
            {
                if (reader.VisibleState == "visible")
                {
                    sheets.Add(new ExcelRows(path, index));
                }
            }
            return true;
        });
        return sheets;
    }

    public IEnumerable<RawRow> Read(int? width = null)
    {
        using var reader = Guarded(() => AtSheet(Open(path)));
        var began = TimeProvider.System.GetTimestamp();
        for (var line = 1; Guarded(reader.Read); line++)
        {
            if (line > MostRows || (line % 1000 == 0 && TimeProvider.System.GetElapsedTime(began) > Longest))
            {
                throw new UnreadableFileException("too many rows: send the list in parts (hãy chia nhỏ danh sách)");
            }
            yield return new RawRow(line, Guarded(() => CellsOf(reader)));
        }
    }

    static ExcelRows() => Encoding.RegisterProvider(new NumberOfLatin1());

    static IExcelDataReader Open(string path) => ExcelReaderFactory.CreateOpenXmlReader(
        new FileStream(path, FileMode.Open, FileAccess.Read), new ExcelReaderConfiguration { LeaveOpen = false });

    /// <summary>
    /// The library wants code page 1252 for files older than these before it opens any. It gets a stand-in by number,
    /// so that nothing else of the process begins to take names of old encodings.
    /// </summary>
    sealed class NumberOfLatin1 : EncodingProvider
    {
        public override Encoding? GetEncoding(int codepage) => codepage == 1252 ? Encoding.Latin1 : null;

        public override Encoding? GetEncoding(string name) => null;
    }

    IExcelDataReader AtSheet(IExcelDataReader reader)
    {
        for (var index = 0; index < sheet; index++)
        {
            reader.NextResult();
        }
        return reader;
    }

    static string[] CellsOf(IExcelDataReader reader)
    {
        var last = Math.Min(reader.FieldCount, MostColumns) - 1;
        while (last >= 0 && reader.IsDBNull(last))
        {
            last--;
        }
        var cells = new string[last + 1];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = TextOf(reader, i);
        }
        return cells;
    }

    static string TextOf(IExcelDataReader reader, int column) => reader.GetValue(column) switch
    {
        null => "",
        string text => text,
        DateTime day => day.ToString(
            day.TimeOfDay == TimeSpan.Zero ? "dd/MM/yyyy" : "dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture),
        double number => NumberOf(number, reader.GetNumberFormatString(column)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    /// <summary>No exponent, and the zeros that a format such as 000000000000 shows.</summary>
    static string NumberOf(double number, string? format)
    {
        if (number != Math.Floor(number) || Math.Abs(number) > 1e15)
        {
            return number.ToString("R", CultureInfo.InvariantCulture);
        }
        var isZeros = format is { Length: > 1 and <= 40 } && format.All(c => c == '0');
        return number.ToString(isZeros ? format : "0", CultureInfo.InvariantCulture);
    }

    /// <summary>What the library throws at a broken file says nothing to its clerk.</summary>
    static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
#pragma warning disable CA1031 // A file made by whoever: what goes wrong inside the library is the file's fault.
        catch (Exception e) when (e is not (UnreadableFileException or UnauthorizedAccessException))
#pragma warning restore CA1031
        {
            throw new UnreadableFileException(
                e is InvalidPasswordException
                    ? "has a password: save it without one (tệp có mật khẩu: hãy bỏ mật khẩu)"
                    : "a broken .xlsx file: open it, save it again, or save it as \"CSV UTF-8\" (tệp .xlsx bị hỏng: "
                        + "hãy mở ra lưu lại, hoặc lưu dạng \"CSV UTF-8\")");
        }
    }
}
