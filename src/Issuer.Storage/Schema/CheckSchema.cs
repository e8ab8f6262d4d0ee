using System.Globalization;

namespace Issuer.Storage.Schema;

/// <summary>Whether this program may work on a store, told from what is in it alone.</summary>
static class CheckSchema
{
    /// <summary>Why nothing may be done to it, in one sentence; null: it is ours, or empty.</summary>
    /// <param name="scripts">What this program knows.</param>
    /// <param name="store">Its name for the operator.</param>
    public static string? RefusalOf(FoundSchema found, IReadOnlyList<SchemaScript> scripts, string store)
    {
        if (found.IsForeign)
        {
            return $"{store} has tables that are not this program's: name another store";
        }
        var known = scripts.ToDictionary(script => script.Number);
        foreach (var row in found.Rows)
        {
            if (!known.TryGetValue(row.Number, out var script))
            {
                // A kind that is not told fails closed.
                if (row.Kind != WireOf(ScriptKind.Expand))
                {
                    return $"{store} was changed by a newer program in a way that this one does not know "
                        + $"(script {Title(row.Number)}): use the newer program";
                }
            }
            else if (row.Checksum is { } checksum && checksum != script.Checksum)
            {
                return $"{store} was made by a program whose script {Title(row.Number)} is not the one that this "
                    + "program has: use the program that made it";
            }
        }
        return null;
    }

    /// <summary>What this program's statements need and the store lacks, in order.</summary>
    public static IReadOnlyList<SchemaScript> LackingIn(FoundSchema found, IReadOnlyList<SchemaScript> scripts) =>
        [.. UndoneIn(found, scripts).Where(script => script.IsNeeded)];

    /// <summary>All that is still to be done, what was begun included.</summary>
    public static IReadOnlyList<SchemaScript> UndoneIn(FoundSchema found, IReadOnlyList<SchemaScript> scripts)
    {
        var done = found.Rows.Where(row => row.IsDone).Select(row => row.Number).ToHashSet();
        return [.. scripts.Where(script => !done.Contains(script.Number))];
    }

    public static string WireOf(ScriptKind kind) => kind == ScriptKind.Expand ? "expand" : "contract";

    public static string Title(long number) => number.ToString("D4", CultureInfo.InvariantCulture);
}
