using System.Text;

namespace Issuer.Server.Features.Records;

/// <summary>
/// Lines of a text with a few of them looked at ahead, none longer than a limit: what is beyond it is passed over and
/// told.
/// </summary>
sealed class BoundedLines(TextReader reader, int longest)
{
    readonly List<(string Text, bool IsCut)> ahead = [];
    readonly char[] buffer = new char[32 * 1024];
    readonly StringBuilder line = new();
    int next;
    int length;
    bool afterReturn;

    /// <summary>Of the first line that was not taken yet, from 1.</summary>
    public long Number { get; private set; } = 1;

    /// <summary>Null after the last.</summary>
    public string? this[int index] => Has(index) ? ahead[index].Text : null;

    public bool IsCut(int index) => Has(index) && ahead[index].IsCut;

    public void Take(int count)
    {
        ahead.RemoveRange(0, count);
        Number += count;
    }

    bool Has(int index)
    {
        while (ahead.Count <= index)
        {
            if (ReadLine() is not { } read)
            {
                return false;
            }
            ahead.Add(read);
        }
        return true;
    }

    (string Text, bool IsCut)? ReadLine()
    {
        line.Clear();
        var (isCut, isThere) = (false, false);
        while (Fill())
        {
            if (afterReturn && buffer[next] == '\n')
            {
                next++;
                afterReturn = false;
                continue;
            }
            afterReturn = false;
            isThere = true;
            var rest = buffer.AsSpan(next, length - next);
            var end = rest.IndexOfAny('\r', '\n');
            var piece = end < 0 ? rest : rest[..end];
            isCut |= line.Length + piece.Length > longest;
            line.Append(piece[..Math.Min(piece.Length, longest - line.Length)]);
            next += piece.Length;
            if (end >= 0)
            {
                afterReturn = buffer[next++] == '\r';
                return (line.ToString(), isCut);
            }
        }
        return isThere ? (line.ToString(), isCut) : null;
    }

    bool Fill()
    {
        if (next == length)
        {
            (next, length) = (0, reader.Read(buffer));
        }
        return length > 0;
    }
}
