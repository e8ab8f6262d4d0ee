namespace Issuer.Core.Identity;

/// <summary>
/// The 63 provinces before 2025-07-01 and the 34 since (resolution 202/2025/QH15). Each new code is also the old code
/// of one of its parts, so an old code alone names the province that its area is in now.
/// </summary>
public static class Provinces
{
    static readonly Dictionary<string, string> NewCodes = Read();
    static readonly ILookup<string, string> OldCodes = NewCodes.ToLookup(pair => pair.Value, pair => pair.Key);

    public static IReadOnlyCollection<string> Old => NewCodes.Keys;

    /// <summary>The province of today; a code of neither list is itself.</summary>
    public static string Today(string code) => NewCodes.GetValueOrDefault(code, code);

    /// <summary>Every code that facilities of the same province of today may stand under.</summary>
    public static IReadOnlyList<string> CodesOf(string code) =>
        NewCodes.ContainsKey(code) ? [.. OldCodes[Today(code)]] : [code];

    static Dictionary<string, string> Read()
    {
        using var stream = typeof(Provinces).Assembly.GetManifestResourceStream("provinces.tsv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split('\t')).ToDictionary(cells => cells[0], cells => cells[1]);
    }
}
