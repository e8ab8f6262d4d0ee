using System.Globalization;
using System.Text;

namespace Issuer.Samples;

/// <summary>One CSV file (RFC 4180, but with bare line feeds), written row by row.</summary>
sealed class SampleCsv : IDisposable
{
    readonly StreamWriter writer;

    public SampleCsv(string directory, string file, params string[] header)
    {
        writer = new StreamWriter(Path.Combine(directory, file), append: false, new UTF8Encoding(false), 1 << 16)
        {
            NewLine = "\n",
        };
        Write(header);
    }

    /// <summary>How many rows, the header not counted.</summary>
    public int Rows { get; private set; } = -1;

    public void Write(params ReadOnlySpan<string> cells)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            if (column > 0)
            {
                writer.Write(',');
            }
            writer.Write(Quoted(cells[column]));
        }
        writer.WriteLine();
        Rows++;
    }

    public static string Date(DateOnly date, bool slashes = false) =>
        date.ToString(slashes ? "dd/MM/yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public void Dispose() => writer.Dispose();

    static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"")}\"";
}
