using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Feedback;

/// <summary><c>/v1/me/reports</c>: what a citizen says is missing or wrong, and where that stands.</summary>
static class HolderReportEndpoints
{
    static readonly HashSet<string> Members = ReportJson.ClaimAnd();

    public static void MapHolderReports(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("/v1/me/reports").WithTags("Feedback").ForHolder();
        mine.MapPost("", FileAsync)
            .WithSummary("Report a missing dose or a mistake")
            .WithDescription(
                "It goes to the facility that is responsible, which must answer by due_at. The answer here is "
                + "the same whether or not a record exists. Repeating it while it is open makes one report.")
            .Accepts<ReportBody>("application/json")
            .Produces<FiledReportView>(StatusCodes.Status201Created).Produces<FiledReportView>()
            .Refuses(400, 413, 415, 422, 429);
        mine.MapGet("", ListAsync)
            .WithSummary("The holder's reports, oldest first")
            .Produces<FiledReportListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
        mine.MapGet("/{id}", FindAsync)
            .WithSummary("The state of one report, and whether a certificate followed")
            .Produces<FiledReportView>().Produces(StatusCodes.Status304NotModified).Refuses(404);
    }

    static async Task<IResult> FileAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, FileReports reports, RecentCheckContext context,
        PathIds ids,
        CancellationToken cancel)
    {
        var document = Caller.DocumentOf(user);
        var known = await context.GetAsync(cancel);
        var claim = await ReportJson.ReadAsync(request, Members, (json, _) => json.ReadClaim(known), cancel);
        var filed = await reports.FileAsync(
            claim, new Filer(document, document, DocumentKey.NumberOf(document), reports.Policy.ReportsPerDay),
            clock.Act(Caller.SubjectOf(user)), cancel);
        return Answer(filed, "/v1/me/reports", ids, clock.Now);
    }

    public static IResult Answer(Result<FiledReport> result, string path, PathIds ids, DateTimeOffset now)
    {
        if (result.IsRefused(out var why, out var filed))
        {
            return Problem.Of(why);
        }
        var view = FiledReportView.Of(filed.Report, ids, now);
        return filed.IsNew ? TypedResults.Created($"{path}/{view.Id}", view) : TypedResults.Ok(view);
    }

    static Task<IResult> ListAsync(
        HttpContext http, ClaimsPrincipal user, NationalClock clock, IReportStore reportStore, PathIds ids,
        string? after,
        [Range(1, Page.Most)] int? limit, CancellationToken cancel) => ListOfAsync(
            http, Caller.DocumentOf(user), clock, reportStore, ids, Page.Of(ids.Reports, after, limit), cancel);

    public static async Task<IResult> ListOfAsync(
        HttpContext http, string filer, NationalClock clock, IReportStore reportStore, PathIds ids, Page page,
        CancellationToken cancel)
    {
        var reports = await reportStore.PageAsync(
            new ReportQuery(filer, WorklistScope.Everywhere, null), page.After, page.Limit, cancel);
        return Conditional.Json(http, new FiledReportListView(
            [.. reports.Select(report => FiledReportView.Of(report, ids, clock.Now))],
            page.NextOf(ids.Reports, [.. reports.Select(report => report.Id)])));
    }

    static async Task<IResult> FindAsync(
        HttpContext http, string id, ClaimsPrincipal user, NationalClock clock, IReportStore reportStore, PathIds ids,
        CancellationToken cancel) =>
        ids.Reports.TryRead(id, out var number)
        && await reportStore.FindAsync(number, cancel) is { } report
        && report.Filer == Caller.DocumentOf(user)
            ? Conditional.Json(http, FiledReportView.Of(report, ids, clock.Now))
            : Problem.Of(AnswerReports.NotThere);
}
