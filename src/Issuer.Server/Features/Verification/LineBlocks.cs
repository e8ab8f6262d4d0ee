using System.Runtime.CompilerServices;

namespace Issuer.Server.Features.Verification;

/// <summary>
/// Many lines at a time, to be cut where they are worked on: making a string of each and handing it from core to core
/// costs about a tenth of judging it.
/// </summary>
static class LineBlocks
{
    /// <summary>About fifty certificates: 3 ms of a core, and too small for the heap of large objects.</summary>
    const int Length = 32 * 1024;

    /// <summary>No code, DSC and id together come near it.</summary>
    const int Longest = 1024 * 1024;

    /// <summary>
    /// Every block but the last ends where a line does (LF or CR); a line that is longer than a block makes it longer.
    /// Of one that would fill our memory the beginning comes as a block of its own, and the rest is passed over.
    /// </summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<char>> ReadAsync(
        TextReader reader, [EnumeratorCancellation] CancellationToken cancel)
    {
        var block = new char[Length];
        var filled = 0;
        while (true)
        {
            filled += await reader.ReadBlockAsync(block.AsMemory(filled), cancel);
            if (filled < block.Length)
            {
                yield return block.AsMemory(0, filled);
                yield break;
            }
            var end = block.AsSpan().LastIndexOfAny('\r', '\n') + 1;
            if (end == 0 && block.Length < Longest)
            {
                Array.Resize(ref block, block.Length * 2);
                continue;
            }
            if (end == 0)
            {
                yield return block;
                (block, filled) = await PassOverLineAsync(reader, cancel);
                continue;
            }
            yield return block.AsMemory(0, end);
            var next = new char[Math.Max(Length, 2 * (filled - end))];
            block.AsSpan(end).CopyTo(next);
            (block, filled) = (next, filled - end);
        }
    }

    /// <summary>A new block, filled from the next line end on.</summary>
    static async Task<(char[] Block, int Filled)> PassOverLineAsync(TextReader reader, CancellationToken cancel)
    {
        var block = new char[Length];
        while (await reader.ReadBlockAsync(block.AsMemory(), cancel) is var read and > 0)
        {
            var rest = block.AsMemory(0, read);
            var end = rest.Span.IndexOfAny('\r', '\n');
            if (end >= 0)
            {
                rest[end..].CopyTo(block);
                return (block, read - end);
            }
        }
        return (block, 0);
    }
}
