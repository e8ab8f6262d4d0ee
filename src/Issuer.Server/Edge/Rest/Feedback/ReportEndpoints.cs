using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Feedback;

/// <summary><c>/v1/reports</c>: whoever answers citizens' reports, and the hotline desk that files them.</summary>
static class ReportEndpoints
{
    static readonly HashSet<string> AcceptMembers = ["record", "record_id", "note"];
    static readonly HashSet<string> RefuseMembers = ["reason", "note"];
    static readonly string[] Answerers = [Roles.FacilityClerk, Roles.Province, Roles.MinistryOperator];

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/v1/reports").WithTags("Feedback");
        reports.MapGet("", ListAsync).For([.. Answerers, Roles.Desk])
            .WithSummary("Citizens' reports, oldest first")
            .WithDescription("A facility sees its own, a province and the ministry those that are late, the desk "
                + "sees those that it filed.")
            .Produces<ReportListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
        reports.MapGet("/refusal-reasons", () => TypedResults.Ok(new RefusalReasonListView(
                [.. RefusalReasons.All.Select(RefusalReasonView.Of)]))).For([.. Answerers, Roles.Desk])
            .WithSummary("The reasons for refusing a report");
        reports.MapPost("/{id}/accept", AcceptAsync).For(Answerers)
            .WithSummary("Accept a report, with the missing dose or the correction")
            .WithDescription("If-Match names the version. The record is submitted like any other, with the report as "
                + "its evidence; sent again, it is unchanged.")
            .Accepts<AcceptBody>("application/json").NeedsIfMatch()
            .Produces<ReportView>().Refuses(400, 404, 409, 413, 415, 422, 429);
        reports.MapPost("/{id}/refuse", RefuseAsync).For(Answerers)
            .WithSummary("Refuse a report, with the reason")
            .WithDescription("If-Match names the version.")
            .Accepts<RefuseBody>("application/json").NeedsIfMatch()
            .Produces<ReportView>().Refuses(400, 404, 409, 413, 415, 422);
        reports.MapDesk();
    }

    static async Task<IResult> ListAsync(
        HttpContext http, ClaimsPrincipal user, NationalClock clock, IReportStore reportStore, PathIds ids,
        string? after,
        [Range(1, Page.Most)] int? limit, CancellationToken cancel)
    {
        var page = Page.Of(ids.Reports, after, limit);
        if (!user.IsInRole(Roles.FacilityClerk) && user.IsInRole(Roles.Desk))
        {
            return await HolderReportEndpoints.ListOfAsync(
                http, DeskEndpoints.FilerOf(user), clock, reportStore, ids, page, cancel);
        }
        var own = Caller.AreaOf(user);
        var now = clock.Now;
        var reports = await reportStore.PageAsync(
            new ReportQuery(null, own, own.Facility is null ? now : null), page.After, page.Limit, cancel);
        return Conditional.Json(http, new ReportListView(
            [.. reports.Select(report => ReportView.Of(report, ids, now))],
            page.NextOf(ids.Reports, [.. reports.Select(report => report.Id)])));
    }

    static async Task<IResult> AcceptAsync(
        HttpRequest request, string id, ClaimsPrincipal user, NationalClock clock, AnswerReports answering,
        RecentCheckContext context, PathIds ids,
        CancellationToken cancel)
    {
        var version = Conditional.VersionOf(request);
        var accept = await ReportJson.ReadAsync(
            request, AcceptMembers,
            (json, _) =>
                new Accept(json.Record(), new ReportAnswer(null, json.Note(), json.Id("record_id", ids.Records))),
            cancel);
        var known = await context.GetAsync(cancel);
        return await AnswerAsync(id, ids, clock, answering, (number, reports) => reports.AcceptAsync(
            number, version, accept.Answer, accept.Row, Caller.AreaOf(user), known,
            clock.Act(Caller.SubjectOf(user)), cancel));
    }

    static async Task<IResult> RefuseAsync(
        HttpRequest request, string id, ClaimsPrincipal user, NationalClock clock, AnswerReports answering,
        PathIds ids, CancellationToken cancel)
    {
        var version = Conditional.VersionOf(request);
        var answer = await ReportJson.ReadAsync(
            request, RefuseMembers,
            (json, faults) =>
            {
                var reason = json.Text("reason") ?? "";
                if (RefusalReasons.Find(reason) is null)
                {
                    faults.Add(reason.Length == 0
                        ? new Fault("reason", FaultCode.Missing)
                        : new Fault(
                            "reason", RequestFaultCode.NotListed,
                            Expected.OneOf(RefusalReasons.All.Select(r => r.Code))));
                }
                return new ReportAnswer(reason, json.Note(), null);
            },
            cancel);
        return await AnswerAsync(id, ids, clock, answering, (number, reports) => reports.RefuseAsync(
            number, version, answer, Caller.AreaOf(user), clock.Act(Caller.SubjectOf(user)), cancel));
    }

    static async Task<IResult> AnswerAsync(
        string id, PathIds ids, NationalClock clock, AnswerReports answering,
        Func<long, AnswerReports, Task<Result<Report>>> answer)
    {
        if (!ids.Reports.TryRead(id, out var number))
        {
            return Problem.Of(AnswerReports.NotThere);
        }
        return (await answer(number, answering)).IsRefused(out var why, out var report)
            ? Problem.Of(why)
            : TypedResults.Ok(ReportView.Of(report, ids, clock.Now));
    }

    sealed record Accept(RecordRow? Row, ReportAnswer Answer);
}
