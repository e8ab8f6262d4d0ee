using System.Buffers;
using System.IO.Compression;

namespace Issuer.Server.Features.Records;

/// <summary>
/// What an <c>.xlsx</c> may hold before anything of it is read: it is a ZIP, and a small one can be inflated to any
/// size. The bytes are counted as they come out, for a directory says what it likes.
/// </summary>
static class ExcelBounds
{
    public const long MostBytes = 64L * 1024 * 1024;
    public const long MostInflated = 1024L * 1024 * 1024;

    /// <summary>Held in memory, all texts of all sheets.</summary>
    public const long MostSharedStrings = 128L * 1024 * 1024;
    public const int MostEntries = 500;

    static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    static ReadOnlySpan<byte> Compound => [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>Told by its first bytes: names and media types are anybody's.</summary>
    public static bool IsWorkbook(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> first = stackalloc byte[4];
        var read = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return read < 4 || !first.SequenceEqual(Compound)
            ? read == 4 && first.SequenceEqual(Zip)
            : throw new UnreadableFileException(
                "an old .xls file, or one with a password: save it as .xlsx without a password "
                + "(hãy lưu dạng .xlsx, không đặt mật khẩu)");
    }

    public static void Check(string path)
    {
        if (new FileInfo(path).Length > MostBytes)
        {
            throw TooLarge($"more than {MostBytes >> 20} MB");
        }
        using var zip = ZipFile.OpenRead(path);
        if (zip.Entries.Count > MostEntries)
        {
            throw TooLarge($"more than {MostEntries} parts");
        }
        if (zip.GetEntry("xl/workbook.xml") is null)
        {
            throw new UnreadableFileException(
                "not an Excel workbook (.xlsx): save it as .xlsx or \"CSV UTF-8\" (không phải tệp .xlsx: hãy lưu dạng "
                + ".xlsx hoặc \"CSV UTF-8\")");
        }
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var all = 0L;
            foreach (var entry in zip.Entries)
            {
                var isText = entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase);
                var most = isText ? Math.Min(MostSharedStrings, MostInflated - all) : MostInflated - all;
                all += Inflated(entry, most, buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static long Inflated(ZipArchiveEntry entry, long most, byte[] buffer)
    {
        using var stream = entry.Open();
        var bytes = 0L;
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            bytes += read;
            if (bytes > most)
            {
                throw TooLarge("more text than a list of people has");
            }
        }
        return bytes;
    }

    static UnreadableFileException TooLarge(string what) => new(
        $"too large: {what}; send the list in parts, or as \"CSV UTF-8\" (tệp quá lớn: hãy chia nhỏ danh sách, hoặc "
        + "lưu dạng \"CSV UTF-8\")");
}
