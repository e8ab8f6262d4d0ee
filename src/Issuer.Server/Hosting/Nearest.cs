namespace Issuer.Server.Hosting;

/// <summary>What somebody probably meant by a word that is not known.</summary>
static class Nearest
{
    /// <summary>Null: nothing known is near enough to be meant (a third of the letters may differ).</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        var most = Math.Max(1, typed.Length / 3);
        return known.Select(word => (Word: word, Edits: Edits(typed.ToLowerInvariant(), word.ToLowerInvariant())))
            .Where(candidate => candidate.Edits <= most && candidate.Edits < candidate.Word.Length)
            .OrderBy(candidate => candidate.Edits).Select(candidate => candidate.Word).FirstOrDefault();
    }

    /// <summary>Levenshtein's distance.</summary>
    static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
