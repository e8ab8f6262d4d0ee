using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>
/// The row with the names of the columns: of the first rows the one that most of them are known in, for clerks put
/// titles above it.
/// </summary>
/// <param name="Index">Rows above it.</param>
/// <param name="Cells">As they were typed.</param>
sealed record TableHeader(int Index, string[] Cells, CsvKind Kind)
{
    /// <summary>Of the rows that may be it.</summary>
    const int MostTitles = 30;
    const int MostNamed = 20;

    /// <summary>Known columns; 0 is no header.</summary>
    public int Score { get; private init; }

    /// <summary>Whether letters of the rows looked at are damaged: then no name can be known.</summary>
    public bool HasDamagedLetters { get; private init; }

    /// <summary>Null: there is not even a row.</summary>
    public static TableHeader? Find(IRows rows, IReadOnlyList<CsvKind> kinds, string? given)
    {
        TableHeader? best = null;
        foreach (var (index, row) in rows.Read().Take(MostTitles).Index())
        {
            var found = Of(index, [.. row.Cells.Select(SpreadsheetCell.Read)], kinds, given);
            if (best is null || found.Score > best.Score)
            {
                best = found with { HasDamagedLetters = best?.HasDamagedLetters == true || found.HasDamagedLetters };
            }
        }
        return best;
    }

    static TableHeader Of(int index, string[] cells, IReadOnlyList<CsvKind> kinds, string? given)
    {
        // By what is there, not by what is missing: records without their product would pass for the population.
        var (kind, score, _) = kinds
            .Select(kind => (Kind: kind, Resolved: Array.ConvertAll(cells, kind.Resolve)))
            .Select(k => (
                k.Kind, Score: k.Resolved.OfType<string>().Distinct().Count(),
                Missing: k.Kind.Missing([.. k.Resolved, given]).Count()))
            .OrderByDescending(k => k.Score).ThenBy(k => k.Missing).First();
        return new TableHeader(index, cells, kind)
        {
            Score = score,
            HasDamagedLetters = cells.Any(cell => DamagedLetters.Of(cell, isVietnamese: true) is not null),
        };
    }

    /// <summary>Where each known column stands.</summary>
    public Dictionary<string, int> Columns(string? given, List<string> faults)
    {
        var columns = new Dictionary<string, int>();
        foreach (var (index, cell) in Cells.Index())
        {
            if (Kind.Resolve(cell) is { } name && !columns.TryAdd(name, index))
            {
                faults.Add($"header: column {name} appears twice (cột {name} có hai lần)");
            }
        }
        faults.AddRange(MissingIn([.. columns.Keys, given]));
        return columns;
    }

    /// <summary>What lacks, and what stands there instead.</summary>
    public IEnumerable<string> MissingIn(IReadOnlyCollection<string?> resolved)
    {
        var missing = Kind.Missing(resolved).ToList();
        foreach (var names in missing)
        {
            var both = string.Join(" hoặc ", names.Select(Kind.InBothLanguages));
            yield return $"header: column {string.Join(" or ", names)} is missing (thiếu cột {both})";
        }
        var unknown = Cells.Where(h => h.Trim().Length > 0 && Kind.Resolve(h) is null).Take(MostNamed)
            .Select(h => Unknown(h, Kind)).ToList();
        if (missing.Count > 0 && unknown.Count > 0)
        {
            yield return $"header: not understood (không hiểu): {string.Join(", ", unknown)}";
        }
    }

    /// <summary>A header in quotation marks, with what it may have meant; cut, for anything may stand there.</summary>
    public static string Unknown(string header, CsvKind kind)
    {
        const int longest = 40;
        var said = string.Concat(header.Trim().Where(c => !char.IsControl(c)));
        var shown = $"\"{(said.Length > longest ? said[..longest] + "…" : said)}\"";
        return kind.NearestTo(header) is { } near ? $"{shown} → \"{near}\"?" : shown;
    }
}
