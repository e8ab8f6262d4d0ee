using System.CommandLine;
using System.Globalization;
using System.Text;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer import</c>: records, or one of the registers around them, from a table.</summary>
static class ImportVerb
{
    public static Command Create()
    {
        var path = new Argument<FileInfo>("FILE")
        {
            Description = Columns(),
        };
        var facility = new Option<string?>("--facility")
        {
            Description = "The facility of all records; without it each row names its own", HelpName = "CODE",
        };
        var renumbered = new Option<bool>("--renumbered")
        {
            Description = "References begin anew with each file: one that stands for another dose is derived",
        };
        return new Command("import", "Submit a CSV or .xlsx file; run it again to go on after an interruption")
        {
            path, facility, renumbered,
        }
            .OnStore(Roles.MinistryOperator, writes: true, async (
                ParseResult parsed, ImportFile importFile, Screen screen, CancellationToken cancel) =>
            {
                var given = parsed.GetValue(facility);
                var source = parsed.GetRequiredValue(path).FullName;
                var opened = given is null
                    ? TableFile.Open(source, CsvKind.All)
                    : TableFile.Open(source, [CsvKind.Records], "facility");
                if (opened.IsRefused(out var why, out var file))
                {
                    throw new RefusedException(why with { Detail = $"{parsed.GetRequiredValue(path)}: {why.Detail}" });
                }
                using var errors = new ErrorsFile($"{source}.errors.csv", file);
                var reused = 0L;
                var counts = await screen.ProgressAsync("import", file.Rows, progress => importFile.RunAsync(
                    file, given,
                    (row, result) =>
                    {
                        errors.Add(row, result);
                        reused += ReusedReferences.In(result);
                    },
                    Screen.Warn, progress, cancel, parsed.GetValue(renumbered)));
                screen.Finish(counts, ("kind", counts.Kind), ("rows", counts.Rows), ("accepted", counts.Accepted),
                    ("corrected", counts.Corrected), ("unchanged", counts.Unchanged), ("refused", counts.Refused),
                    ("warnings", counts.Warnings));
                if (reused > 0)
                {
                    await Console.Error.WriteLineAsync(ReusedReferences.Said(reused));
                }
                if (errors.Written is { } written)
                {
                    var rows = counts.Refused == 1 ? "1 row was" : $"{counts.Refused} rows were";
                    await Console.Error.WriteLineAsync($"{rows} refused: see {written}");
                }
                return counts.Refused == 0 ? Verb.Done : Verb.Refused;
            }, mayBegin: true);
    }

    static string Columns()
    {
        var text = new StringBuilder(
            "records.csv, or facilities.csv, lots.csv, population.csv: recognised by the header. The columns, in any "
            + "order; in brackets their Vietnamese names, with or without marks:");
        foreach (var kind in CsvKind.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{kind.Name}.csv");
            foreach (var column in kind.Columns.Where(column => column != "errors"))
            {
                var names = string.Join(
                    ", ", kind.Vietnamese.Where(pair => pair.Value == column).Select(pair => pair.Key));
                text.Append(CultureInfo.InvariantCulture, $"\n  {column}{(names.Length == 0 ? "" : $" ({names})")}");
            }
        }
        return text.ToString();
    }
}
