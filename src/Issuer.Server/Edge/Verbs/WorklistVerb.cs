using System.CommandLine;
using Issuer.Core.Identity;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Identity;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer worklist</c>: how much waits for somebody, and the file for the commune police.</summary>
static class WorklistVerb
{
    public static Command Create()
    {
        var facility = new Option<string?>("--facility") { Description = "Only this facility's", HelpName = "CODE" };
        var commune = new Option<string?>("--commune") { Description = "Only this commune's", HelpName = "CODE" };
        var province = new Option<string?>("--province")
        {
            Description = "Only this province's; its code from before or after July 2025", HelpName = "CODE",
        };
        var output = new Option<FileInfo?>("--out") { Description = "Write the CSV here", HelpName = "FILE" };
        return new Command("worklist", "Count the records that somebody must correct, by error group")
        {
            facility, commune, province, output,
        }.OnStore(Roles.MinistryOperator, writes: false, async (
            ParseResult parsed, PathIds ids, IWorklistStore worklist, Screen screen, CancellationToken cancel) =>
        {
            var wanted = new WorklistScope(
                parsed.GetValue(facility), parsed.GetValue(commune),
                parsed.GetValue(province) is { } code ? Provinces.CodesOf(code) : null);
            var items = new List<WorklistItemView>();
            long last = 0;
            while (await worklist.PageAsync(
                new WorklistQuery(WorklistScope.Everywhere, wanted, null), last, WorklistCsv.MostRows, cancel)
                is { Count: > 0 } page)
            {
                last = page[^1].Record.Id;
                items.AddRange(page.Select(item => WorklistItemView.Of(item, ids)));
            }
            if (parsed.GetValue(output) is { } file)
            {
                await File.WriteAllBytesAsync(file.FullName, WorklistCsv.Write(items), cancel);
            }
            var counts = Enum.GetValues<ErrorGroup>().ToDictionary(
                group => group.ToWire(), group => items.Count(item => item.ErrorGroup == group.ToWire()));
            screen.Finish(
                new { waiting = items.Count, acceptable = items.Count(i => i.Acceptable), groups = counts },
                [
                    ("waiting", items.Count), ("one act accepts", items.Count(i => i.Acceptable)),
                    .. counts.Select(pair => ($"error group {pair.Key}", (object?)pair.Value)),
                ]);
            return Verb.Done;
        });
    }
}
