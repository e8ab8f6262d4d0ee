namespace Issuer.Server.Features.Records;

/// <summary>A row as it lies in the file, blank ones and the header among them.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Torn">
/// The cell where a quotation mark was opened and never closed, so that the rest of the row is a guess; null: none.
/// </param>
/// <param name="Stray">Cells with half a pair of quotation marks.</param>
sealed record RawRow(long Line, string[] Cells, int? Torn = null, IReadOnlyList<int>? Stray = null);

/// <summary>The rows of a file, from its first to its last, as often as somebody asks.</summary>
interface IRows
{
    /// <summary>What separates cells in a file of refused rows that is made of this one.</summary>
    char Delimiter { get; }

    /// <param name="width">Cells of the header; null: it has not been found yet.</param>
    IEnumerable<RawRow> Read(int? width = null);
}

/// <summary>Something of the whole file stands in the way of reading it.</summary>
sealed class UnreadableFileException(string why) : Exception(why);
