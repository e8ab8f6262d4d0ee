using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Issuer.Storage.Schema;

enum ScriptKind
{
    /// <summary>Older and newer programs run on it.</summary>
    Expand,

    /// <summary>A program that does not know it would fail on it, or do wrong.</summary>
    Contract,
}

/// <summary>
/// A numbered script, never edited once released. Its first line says its kind and why, as <c>-- expand: why</c> or
/// <c>-- contract: why</c>. <c>-- optional: why</c> says that no statement of this program needs it. It is one change
/// in one transaction unless further lines divide it into steps:
/// <list type="bullet">
/// <item><c>-- index: why</c>: the <c>create index</c> statements that follow are built while others write.</item>
/// <item><c>-- fill table.key: why</c>: the statement that follows runs for the rows of a table from <c>@from</c>
/// (exclusive) to <c>@to</c> by their number, batch by batch, and goes on where it was interrupted.</item>
/// <item><c>-- change: why</c>: what follows is one transaction again.</item>
/// </list>
/// </summary>
/// <param name="IsNeeded">Whether this program's statements fail without it.</param>
/// <param name="Checksum">SHA-256 of the text with line feeds, in hexadecimal.</param>
sealed partial record SchemaScript(
    long Number, string Name, ScriptKind Kind, bool IsNeeded, string Checksum, IReadOnlyList<SchemaStep> Steps)
{
    const string Folder = ".Schema.";

    /// <summary>Those of this program, in order.</summary>
    public static IReadOnlyList<SchemaScript> All { get; } = [.. ReadAll().OrderBy(script => script.Number)];

    /// <summary>As its file begins: <c>0004_cleaning</c>.</summary>
    public string Title => FormattableString.Invariant($"{Number:D4}_{Name}");

    public static SchemaScript Parse(string file, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (!Head().IsMatch(lines[0]))
        {
            throw new FormatException($"{file} does not begin with '-- expand: why' or '-- contract: why'.");
        }
        return new SchemaScript(
            long.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), Path.GetFileNameWithoutExtension(file)[5..],
            lines[0].StartsWith("-- expand", StringComparison.Ordinal) ? ScriptKind.Expand : ScriptKind.Contract,
            !lines.Any(line => Optional().IsMatch(line)),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))),
            [.. StepsOf(lines)]);
    }

    static IEnumerable<SchemaStep> StepsOf(IEnumerable<string> lines)
    {
        Func<string, SchemaStep> make = sql => new ChangeStep(sql);
        var sql = new StringBuilder();
        foreach (var line in lines)
        {
            if (StepLine().Match(line) is { Success: true } begins)
            {
                if (HasStatement(sql))
                {
                    yield return make(sql.ToString());
                }
                sql.Clear();
                make = begins.Groups["kind"].Value switch
                {
                    "index" => IndexStep.Parse,
                    "change" => one => new ChangeStep(one),
                    _ => one => new FillStep(begins.Groups["table"].Value, begins.Groups["key"].Value, one),
                };
            }
            else
            {
                sql.Append(line).Append('\n');
            }
        }
        if (HasStatement(sql))
        {
            yield return make(sql.ToString());
        }
    }

    static bool HasStatement(StringBuilder sql) => sql.ToString().Split('\n').Any(
        line => !string.IsNullOrWhiteSpace(line) && !line.StartsWith("--", StringComparison.Ordinal));

    static IEnumerable<SchemaScript> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(
            n => n.EndsWith(".sql", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return Parse(
                name[(name.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..], reader.ReadToEnd());
        }
    }

    [GeneratedRegex(@"^-- (expand|contract): \S")]
    private static partial Regex Head();

    [GeneratedRegex(@"^-- optional: \S")]
    private static partial Regex Optional();

    [GeneratedRegex(@"^-- ((?<kind>index|change)|(?<kind>fill) (?<table>[a-z_]+)\.(?<key>[a-z_]+)): \S")]
    private static partial Regex StepLine();
}

/// <summary>A part of a script that is done as a whole and, once done, never again.</summary>
abstract record SchemaStep;

/// <summary>One transaction.</summary>
sealed record ChangeStep(string Sql) : SchemaStep;

/// <summary>Indexes that are built while others write, each by itself; a half-built one is begun anew.</summary>
sealed record IndexStep(IReadOnlyList<IndexStatement> Indexes) : SchemaStep
{
    public string Sql => string.Join('\n', Indexes.Select(index => $"{index.Begins} {index.Rest};"));

    public static IndexStep Parse(string sql) => new(
        [.. string.Join('\n', sql.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal)))
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(IndexStatement.Parse)]);
}

/// <summary>A batch of rows a transaction; how far it has come is stored with each.</summary>
sealed record FillStep(string Table, string Key, string Sql) : SchemaStep;

/// <param name="Begins"><c>create index</c> or <c>create unique index</c>.</param>
/// <param name="Rest">From its name on.</param>
sealed partial record IndexStatement(string Begins, string Name, string Rest)
{
    public static IndexStatement Parse(string sql) => Statement().Match(sql) is { Success: true } match
        ? new IndexStatement(match.Groups["begins"].Value, match.Groups["name"].Value, match.Groups["rest"].Value)
        : throw new FormatException($"'{sql}' does not create an index.");

    [GeneratedRegex(
        @"^(?<begins>create( unique)? index) (if not exists )?(?<rest>(?<name>[a-z_0-9]+) on .*)$",
        RegexOptions.Singleline)]
    private static partial Regex Statement();
}
