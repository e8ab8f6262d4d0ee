using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Identity;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.Revocation;
using Microsoft.AspNetCore.Mvc;

namespace Issuer.Server.Edge.Rest.Identity;

/// <summary>Cleaning: records that wait for somebody, and the ways they become right.</summary>
static class WorklistEndpoints
{
    public static void MapWorklist(this IEndpointRouteBuilder routes)
    {
        var cleaning = routes.MapGroup("/v1").WithTags("Worklist");
        cleaning.MapGet("/worklist", ListAsync)
            .For(Roles.FacilityClerk, Roles.Commune, Roles.Province, Roles.MinistryOperator)
            .WithSummary("Records that somebody must correct, oldest first")
            .WithDescription("Each role sees its own facility, commune or province. With Accept: text/csv it is the "
                + "file for the commune police; the Link header names the next piece. error_group is 1 (no number), 2 "
                + "(malformed number), 3 (wrong data) or not_found.")
            .Produces<WorklistView>().AlsoProducesCsv()
            .Produces(StatusCodes.Status304NotModified).Refuses(400);
        cleaning.MapGet("/worklist/course", CourseAsync)
            .For(Roles.FacilityClerk, Roles.Commune, Roles.Province, Roles.MinistryOperator)
            .WithSummary("Questions about courses: doses that contradict each other, are too close, or are missing")
            .WithDescription("Each role sees its own facility, commune or province; a question about records of two "
                + "facilities is on both lists. The answer is a correction, a withdrawal, or "
                + "POST /v1/duplicates/{id}/merge; what is signed and complete does not wait for it. The facility has "
                + "five working days, then the province answers.")
            .Produces<CourseQuestionListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
        cleaning.MapPost("/worklist/answers", AnswerAsync).For(Roles.Commune, Roles.MinistryOperator)
            .WithSummary("What the commune police found, as the worklist's CSV with outcomes")
            .WithDescription("outcome is record-wrong, with the identity columns put right, or registry-corrected: the "
                + "record is matched again. The same file sent twice changes nothing.")
            .Accepts<string>(WorklistCsv.ContentType)
            .Produces<AnswerListView>().Refuses(400, 413, 415);
        cleaning.MapPost("/records/{id}/accept-suggestion", AcceptAsync).For(Roles.FacilityClerk)
            .WithSummary("Correct a record by accepting its suggestion")
            .WithDescription("If-Match names the version. 422: the value is not ours to give out and must be typed.")
            .NeedsIfMatch().Produces<AcceptedView>().Refuses(400, 404, 409, 422);
    }

    static async Task<IResult> ListAsync(
        HttpContext http, ClaimsPrincipal user, WorklistPages worklist, PathIds ids, string? after,
        [Range(1, Page.Most)] int? limit, [FromQuery(Name = "error_group")] string? errorGroup, string? facility,
        string? commune, string? province,
        CancellationToken cancel)
    {
        var isCsv = http.Request.Headers.Accept.ToString().Contains(WorklistCsv.ContentType, StringComparison.Ordinal);
        var page = Page.Of(ids.Records, after, limit);
        if (isCsv && limit is null)
        {
            page = page with { Limit = WorklistCsv.MostRows };
        }
        var found = await worklist.PageAsync(
            QueryOf(user, errorGroup, facility, commune, province), IsCourse(errorGroup), page.After, page.Limit,
            cancel);
        var views = found.Items.Select(item => WorklistItemView.Of(item, found.Waiting, ids)).ToList();
        var next = page.NextOf(ids.Records, [.. found.Items.Select(item => item.Record.Id)]);
        http.Response.Headers.Vary = "Accept";
        if (!isCsv)
        {
            return Conditional.Json(http, new WorklistView(views, next));
        }
        if (next is not null)
        {
            http.Response.Headers.Link = $"<?after={next}>; rel=\"next\"";
        }
        var body = WorklistCsv.Write(views);
        return Conditional.Bytes(
            http, body, $"{WorklistCsv.ContentType}; charset=utf-8", Conditional.EtagOf(body), Conditional.Private);
    }

    static async Task<IResult> CourseAsync(
        HttpContext http, ClaimsPrincipal user, CourseQuestions questions, PathIds ids, string? after,
        [Range(1, Page.Most)] int? limit, string? facility, string? commune, string? province,
        CancellationToken cancel)
    {
        var page = Page.Of(ids.Records, after, limit);
        var open = await questions.PageAsync(
            QueryOf(user, null, facility, commune, province), page.After, page.Limit, cancel);
        return Conditional.Json(http, new CourseQuestionListView(
            [.. open.Select(question => CourseQuestionView.Of(question, ids))],
            page.NextOf(ids.Records, [.. open.Select(question => question.Question.Raised.RecordId)])));
    }

    /// <summary>What is asked for, within what the caller may see.</summary>
    public static WorklistQuery QueryOf(
        ClaimsPrincipal user, string? errorGroup, string? facility, string? commune, string? province) => new(
        Caller.AreaOf(user),
        new WorklistScope(facility, commune, province is null ? null : Provinces.CodesOf(province)),
        GroupOf(errorGroup));

    static async Task<IResult> AcceptAsync(
        HttpRequest request, string id, ClaimsPrincipal user, NationalClock clock, CorrectRecords correct,
        RecentCheckContext context, PathIds ids,
        CancellationToken cancel)
    {
        var facility = Caller.FacilityOf(user);
        var version = Conditional.VersionOf(request);
        if (!ids.Records.TryRead(id, out var recordId))
        {
            return Problem.Of(SubmitOne.NoSuchRecord);
        }
        var accepted = AcceptedView.Of(id, await correct.AcceptAsync(
            facility, recordId, version, await context.GetAsync(cancel), clock.Act(Caller.SubjectOf(user)), cancel));
        return accepted.IsRefused(out var why, out var view) ? Problem.Of(why) : TypedResults.Ok(view);
    }

    static async Task<IResult> AnswerAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, CorrectRecords correct,
        RecentCheckContext context, PathIds ids,
        CancellationToken cancel)
    {
        var rows = WorklistCsv.Read(await RequestBody.BytesAsync(request, cancel), ids);
        var readable = rows.Where(row => row.Answer is not null).ToList();
        var answered = await correct.AnswerAsync(
            [.. readable.Select(row => row.Answer!)], Caller.AreaOf(user), await context.GetAsync(cancel),
            clock.Act(Caller.SubjectOf(user)), cancel);
        var byLine = readable.Zip(answered).ToDictionary(pair => pair.First.Line, pair => pair.Second);
        return TypedResults.Ok(new AnswerListView([.. rows.Select(row => AnswerView.Of(
            row.Line, byLine.GetValueOrDefault(row.Line) ?? new AnsweredItem(SubmitOutcome.Refused, row.Faults)))]));
    }

    public static bool IsCourse(string? errorGroup) => errorGroup == WorklistItemView.Course;

    static ErrorGroup? GroupOf(string? wire)
    {
        var group = string.IsNullOrEmpty(wire) ? null : ErrorGroups.Read(wire);
        if (group is null && !string.IsNullOrEmpty(wire) && !IsCourse(wire))
        {
            Query.ThrowIf(new Fault(
                "error_group", RequestFaultCode.NotListed,
                Expected.OneOf(
                    Enum.GetValues<ErrorGroup>().Select(known => known.ToWire()).Append(WorklistItemView.Course))));
        }
        return group;
    }
}
