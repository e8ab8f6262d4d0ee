using System.Text;
using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>
/// One record a line, each a JSON object (UTF-8; blank lines do not count). Read once from end to end before anything
/// is stored; a line that is no object is a refused row, so that the others go in.
/// </summary>
sealed class NdjsonFile
{
    /// <summary>A thousand times a record; a file without line ends must not fill the memory.</summary>
    const int LongestLine = 256 * 1024;

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    static readonly JsonDocumentOptions Json = new() { MaxDepth = 8 };

    readonly string path;

    NdjsonFile(string path) => this.path = path;

    public long Rows { get; private set; }

    public static Result<NdjsonFile> Open(string path)
    {
        try
        {
            using var reader = new StreamReader(path, StrictUtf8, detectEncodingFromByteOrderMarks: false);
            var buffer = new char[LongestLine];
            var length = 0;
            for (int read; (read = reader.Read(buffer)) > 0;)
            {
                var last = buffer.AsSpan(0, read).LastIndexOf('\n');
                length = last < 0 ? length + read : read - last;
                if (length > LongestLine)
                {
                    return new Rejection(RejectionKind.Malformed, $"a line is longer than {LongestLine / 1024} KiB");
                }
            }
            var file = new NdjsonFile(path);
            file.Rows = file.Read().LongCount();
            return file;
        }
        catch (DecoderFallbackException)
        {
            return new Rejection(RejectionKind.Malformed, "not UTF-8");
        }
    }

    public IEnumerable<(long Line, string Text)> Read() => File.ReadLines(path, StrictUtf8)
        .Select((text, index) => (Line: index + 1L, Text: text))
        .Where(line => !string.IsNullOrWhiteSpace(line.Text));

    public static RecordRow RowOf(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Json);
            return RecordJson.Read(json.RootElement);
        }
        catch (JsonException)
        {
            return new RecordRow { ReadingFaults = [new Fault("", RequestFaultCode.NotAJsonLine)] };
        }
    }
}
