namespace Issuer.Core.Records;

/// <summary>
/// Whether the names of a file are damaged as a whole, so that its clerk is told once and not row by row: half of those
/// that have a name, and three at least.
/// </summary>
public sealed class LettersOfNames
{
    const int Fewest = 3;

    readonly long[] damaged = new long[Enum.GetValues<LetterDamage>().Length];
    long named;

    /// <summary>Null: what is damaged is for single rows to say.</summary>
    public LetterDamage? Verdict =>
        damaged.Sum() is var all && all >= Fewest && 2 * all >= named
            ? Enum.GetValues<LetterDamage>().MaxBy(kind => damaged[(int)kind])
            : null;

    /// <param name="nationality">As typed; nothing is Vietnamese.</param>
    public void Add(string name, string? nationality)
    {
        if (!name.Any(char.IsLetter))
        {
            return;
        }
        named++;
        var isVietnamese = string.IsNullOrWhiteSpace(nationality) || Nationalities.Find(nationality) == "VNM";
        if (DamagedLetters.Of(name, isVietnamese) is { } damage)
        {
            damaged[(int)damage]++;
        }
    }
}
