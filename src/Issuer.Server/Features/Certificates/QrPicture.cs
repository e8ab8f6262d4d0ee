using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using QRCoder;

namespace Issuer.Server.Features.Certificates;

/// <summary>
/// The QR of a certificate: ISO/IEC 18004, error correction Q, alphanumeric mode, a quiet zone of four modules
/// (hcert_spec.md 4.2). Drawn on demand, never stored.
/// </summary>
static class QrPicture
{
    /// <summary>The diagonal that is recommended for print, in millimetres.</summary>
    public const int SmallestPrint = 35;
    public const int LargestPrint = 60;

    const int QuietZone = 4;
    const int PixelsPerModule = 6;

    /// <summary>A black and white PNG.</summary>
    /// <param name="printDiagonal">
    /// Of the printed code without its quiet zone, 35–60 mm; null: size is left open.
    /// </param>
    public static byte[] Png(string hc1, int? printDiagonal = null)
    {
        using var matrix = Matrix(hc1);
        using var picture = new PngByteQRCode(matrix);
        var png = picture.GetGraphic(PixelsPerModule);
        return printDiagonal is { } diagonal ? WithDensity(png, PixelsPerModule / ModuleSize(matrix, diagonal)) : png;
    }

    /// <summary>An SVG with one path; in millimetres when a print size is asked for.</summary>
    public static string Svg(string hc1, int? printDiagonal = null)
    {
        using var matrix = Matrix(hc1);
        var modules = matrix.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (var y = 0; y < modules; y++)
        {
            for (var x = 0; x < modules; x++)
            {
                if (matrix.ModuleMatrix[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }
        var size = printDiagonal is { } diagonal
            ? string.Create(CultureInfo.InvariantCulture, $"{modules * ModuleSize(matrix, diagonal):0.###}mm")
            : "100%";
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {modules} {modules}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{modules}v{modules}H0z"/><path d="{path}"/></svg>
            """);
    }

    static QRCodeData Matrix(string hc1)
    {
        using var generator = new QRCodeGenerator();
        // HC1 text is of the alphanumeric alphabet only, so that is the mode chosen; the quiet zone comes with it.
        return generator.CreateQrCode(hc1, QRCodeGenerator.ECCLevel.Q);
    }

    /// <summary>Millimetres a module, for a diagonal without the quiet zone.</summary>
    static double ModuleSize(QRCodeData matrix, int diagonal) =>
        diagonal / Math.Sqrt(2) / (matrix.ModuleMatrix.Count - (2 * QuietZone));

    /// <summary>
    /// Adds a <c>pHYs</c> chunk (PNG, third edition, 11.3.5.3) behind <c>IHDR</c>, so that it prints at its size.
    /// </summary>
    static byte[] WithDensity(byte[] png, double pixelsPerMillimetre)
    {
        const int afterHeader = 8 + 25;
        Span<byte> chunk = stackalloc byte[21];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, 9);
        "pHYs"u8.CopyTo(chunk[4..]);
        var perMetre = (uint)Math.Round(pixelsPerMillimetre * 1000);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[8..], perMetre);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[12..], perMetre);
        chunk[16] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(chunk[17..], Crc32(chunk[4..17]));
        return [.. png.AsSpan(0, afterHeader), .. chunk, .. png.AsSpan(afterHeader)];
    }

    static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }
        return ~crc;
    }
}
