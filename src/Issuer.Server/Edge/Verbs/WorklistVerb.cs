using System.CommandLine;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Identity;
using Issuer.Server.Features.Identity;

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
            ParseResult parsed, PathIds ids, WorklistPages worklist, CourseQuestions questions, Screen screen,
            CancellationToken cancel) =>
        {
            var wanted = new WorklistScope(
                parsed.GetValue(facility), parsed.GetValue(commune),
                parsed.GetValue(province) is { } code ? Provinces.CodesOf(code) : null);
            var items = new List<WorklistItemView>();
            long last = 0;
            while (await worklist.PageAsync(
                new WorklistQuery(WorklistScope.Everywhere, wanted, null), false, last, WorklistCsv.MostRows, cancel)
                is { Items: { Count: > 0 } page } found)
            {
                last = page[^1].Record.Id;
                items.AddRange(page.Select(item => WorklistItemView.Of(item, found.Waiting, ids)));
            }
            if (parsed.GetValue(output) is { } file)
            {
                await File.WriteAllBytesAsync(file.FullName, WorklistCsv.Write(items), cancel);
            }
            var counts = Enum.GetValues<ErrorGroup>().ToDictionary(
                group => group.ToWire(), group => items.Count(item => item.ErrorGroup == group.ToWire()));
            var asked = await CountCourseAsync(questions, wanted, cancel);
            screen.Finish(
                new
                {
                    waiting = items.Count, acceptable = items.Count(i => i.Acceptable), groups = counts, course = asked,
                },
                [
                    ("waiting", items.Count), ("one act accepts", items.Count(i => i.Acceptable)),
                    .. counts.Select(pair => ($"error group {pair.Key}", (object?)pair.Value)),
                    .. asked.Select(pair => ($"course, {pair.Key}", (object?)pair.Value)),
                ]);
            return Verb.Done;
        });
    }

    /// <summary>Questions about courses by reason, and how many are late.</summary>
    static async Task<IReadOnlyDictionary<string, int>> CountCourseAsync(
        CourseQuestions questions, WorklistScope wanted, CancellationToken cancel)
    {
        var counts = new SortedDictionary<string, int>(
            Enum.GetValues<DecisionReason>().Where(CourseQuestionRule.IsAsked)
                .ToDictionary(reason => Kebab.Of(reason.ToString()), _ => 0),
            StringComparer.Ordinal)
        { ["late"] = 0 };
        long last = 0;
        while (await questions.PageAsync(
            new WorklistQuery(WorklistScope.Everywhere, wanted, null), last, WorklistCsv.MostRows, cancel)
            is { Count: > 0 } page)
        {
            last = page[^1].Question.Raised.RecordId;
            foreach (var question in page)
            {
                counts[Kebab.Of(question.Question.Reason.ToString())]++;
                counts["late"] += question.Owner == QuestionOwner.Facility ? 0 : 1;
            }
        }
        return counts;
    }
}
