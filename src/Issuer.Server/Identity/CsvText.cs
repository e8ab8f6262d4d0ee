using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Issuer.Server.Identity;

/// <summary>Rows as CSV for spreadsheets: with a BOM, so that they show diacritics, and no cell that would run there.</summary>
static class CsvText
{
    public static byte[] Write(IEnumerable<IEnumerable<string?>> rows)
    {
        using var bytes = new MemoryStream();
        using (var writer = new CsvWriter(
            new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)),
            new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape }))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                {
                    writer.WriteField(cell);
                }
                writer.NextRecord();
            }
        }
        return bytes.ToArray();
    }
}
