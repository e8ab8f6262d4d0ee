using System.Text;

namespace Issuer.Server.Hosting;

/// <summary>
/// The lines of foreign text. Of one that is too long only the beginning is kept, so that whoever reads it refuses it, and
/// the next line is read as ever.
/// </summary>
/// <param name="longest">In characters; every line costs at most this.</param>
sealed class BoundedLines(TextReader text, int longest)
{
    const int BufferLength = 64 * 1024;

    readonly char[] buffer = new char[BufferLength];
    readonly StringBuilder begun = new();
    int start;
    int end;

    /// <summary>Without its line end; null after the last.</summary>
    public async ValueTask<string?> ReadAsync(CancellationToken cancel)
    {
        var any = false;
        while (start < end || await FillAsync(cancel))
        {
            any = true;
            var rest = buffer.AsSpan(start, end - start);
            var length = rest.IndexOf('\n');
            Keep(length < 0 ? rest : rest[..length]);
            start = length < 0 ? end : start + length + 1;
            if (length >= 0)
            {
                return Finished();
            }
        }
        return any ? Finished() : null;
    }

    async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        (start, end) = (0, await text.ReadAsync(buffer.AsMemory(), cancel));
        return end > 0;
    }

    void Keep(ReadOnlySpan<char> part) => begun.Append(part[..Math.Min(part.Length, longest - begun.Length)]);

    string Finished()
    {
        var line = begun.ToString();
        begun.Clear();
        return line.EndsWith('\r') ? line[..^1] : line;
    }
}
