using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Issuer.Tests.Campaign;

/// <summary>An <c>.xlsx</c> made by hand: parts of XML in a ZIP.</summary>
static class Workbook
{
    const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    const string Package = "http://schemas.openxmlformats.org/package/2006";

    /// <summary>Styles of cells: 0 general, 1 a day, 2 twelve digits with their zeros, 3 a day with its time.</summary>
    const string Styles =
        $"<styleSheet {Main}><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"000000000000\"/></numFmts>"
        + "<fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders>"
        + "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"4\"><xf numFmtId=\"0\"/>"
        + "<xf numFmtId=\"14\" applyNumberFormat=\"1\"/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/>"
        + "<xf numFmtId=\"22\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";

    public static string Text(string text) =>
        $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";

    public static string Number(double number, int style = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"<c s=\"{style}\"><v>{number}</v></c>");

    public static string Row(params string[] cells) => $"<row>{string.Concat(cells)}</row>";

    public static string TextRow(params string[] cells) => Row(Array.ConvertAll(cells, Text));

    public static byte[] Of(params string[][] sheets) => Parts(
        [.. sheets.Select(rows => $"<worksheet {Main}><sheetData>{string.Concat(rows)}</sheetData></worksheet>")]);

    /// <param name="sheets">The XML of each.</param>
    public static byte[] Parts(string[] sheets, params (string Name, Stream Content)[] more)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            Add(zip, "[Content_Types].xml", $"<Types xmlns=\"{Package}/content-types\"/>");
            Add(zip, "_rels/.rels", Related(
                $"<Relationship Id=\"r\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/>"));
            Add(zip, "xl/workbook.xml",
                $"<workbook {Main} xmlns:r=\"{Relations}\"><sheets>"
                + string.Concat(sheets.Select((_, i) => $"<sheet name=\"S{i}\" sheetId=\"{i + 1}\" r:id=\"s{i}\"/>"))
                + "</sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", Related(
                string.Concat(sheets.Select((_, i) =>
                    $"<Relationship Id=\"s{i}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/s{i}.xml\"/>"))
                + $"<Relationship Id=\"st\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/>"
                + $"<Relationship Id=\"ss\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/>"));
            Add(zip, "xl/styles.xml", Styles);
            foreach (var (i, sheet) in sheets.Index())
            {
                Add(zip, $"xl/worksheets/s{i}.xml", sheet);
            }
            foreach (var (name, content) in more)
            {
                using var entry = zip.CreateEntry(name).Open();
                content.CopyTo(entry);
            }
        }
        return bytes.ToArray();
    }

    static string Related(string relations) =>
        $"<Relationships xmlns=\"{Package}/relationships\">{relations}</Relationships>";

    static void Add(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
