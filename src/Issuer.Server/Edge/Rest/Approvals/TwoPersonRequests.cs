using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Identity;
using Issuer.Storage.Records;

namespace Issuer.Server.Edge.Rest.Approvals;

/// <summary>Records whose hold is to end.</summary>
sealed record ReleaseHoldBody(IReadOnlyList<string> Records, string Reason);

/// <summary>How many exempt records the facility may have.</summary>
sealed record ExemptCapBody(string Facility, long Cap, string Reason);

/// <summary>Two subjects that are one person.</summary>
sealed record MergeSubjectsBody(string Keep, string Merge, string Reason);

/// <summary>The approval under which they were merged.</summary>
sealed record UndoMergeBody(string Merge, string Reason);

/// <summary>For how many days, from the second person's yes on.</summary>
sealed record AllowShortenedBody(long Days, string Reason);

/// <summary>A record that nothing may be certified on.</summary>
/// <param name="Reason"><c>stock-overrun</c>, <c>exempt-cap</c>, <c>suspicion</c> and others.</param>
sealed record HeldRecordView(string Id, long Version, string Facility, string Reason);

/// <summary>A piece of what is held.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record HeldListView(IReadOnlyList<HeldRecordView> Records, string? Next);

/// <summary>Two subjects that look like one person: who has no twelve-digit number, and who is like them.</summary>
sealed record SubjectProposalView(string Keep, string Merge);

/// <summary>A piece of the proposals.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record SubjectProposalListView(IReadOnlyList<SubjectProposalView> Proposals, string? Next);

/// <summary>Where the acts that take two people are asked for, and the lists they are picked from.</summary>
static class TwoPersonRequests
{
    const int MostRecords = 1000;
    const long HighestCap = 1_000_000;
    const long LongestShortened = 90;
    const string Reason = "reason";

    public static void MapTwoPersonRequests(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/holds/records", HeldAsync)
            .For(Roles.MinistryOperator, Roles.MinistrySecurity).WithTags("Approvals")
            .WithSummary("Records that nothing may be certified on, oldest first")
            .Produces<HeldListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
        routes.MapGet("/v1/subjects/proposals", ProposalsAsync).For(Roles.MinistryOperator).WithTags("Approvals")
            .WithSummary("Subjects that look like one person")
            .Produces<SubjectProposalListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
        Request<ReleaseHoldBody>(routes, "/v1/holds/release", ["records", Reason], "Ask for holds to end",
            (fields, ids) => ReleaseHold.Of(fields.Ids("records", ids.Records, MostRecords), fields.Text(Reason)));
        Request<ExemptCapBody>(routes, "/v1/facilities/exempt-cap", ["facility", "cap", Reason],
            "Ask for a facility to be let claim more people exempt",
            (fields, _) => new RaiseExemptCap(
                fields.Text("facility"), fields.Whole("cap", 1, HighestCap), fields.Text(Reason)));
        Request<MergeSubjectsBody>(routes, "/v1/subjects/merge", ["keep", "merge", Reason],
            "Ask for two subjects to become one",
            (fields, ids) => new MergeSubjects(
                fields.Id("keep", ids.Subjects), fields.Id("merge", ids.Subjects), fields.Text(Reason)));
        Request<UndoMergeBody>(routes, "/v1/subjects/undo-merge", ["merge", Reason], "Ask for a merge to be undone",
            (fields, ids) => new UndoMerge(fields.Id("merge", ids.Approvals), fields.Text(Reason)));
        Request<AllowShortenedBody>(routes, "/v1/policy/allow-shortened", ["days", Reason],
            "Ask for certificates that end with their DSC while none outlives the ministry's term",
            (fields, _) => new AllowShortened(fields.Whole("days", 1, LongestShortened), fields.Text(Reason)));
    }

    static void Request<TBody>(
        IEndpointRouteBuilder routes, string path, HashSet<string> members, string summary,
        Func<BodyFields, PathIds, TwoPersonCommand> read)
        where TBody : notnull => routes
        .MapPost(path, async (
            HttpRequest request, ClaimsPrincipal user, TwoPersonActs acts, NationalClock clock, PathIds ids,
            CancellationToken cancel) =>
        {
            var command = await BodyFields.ReadAsync(
                request, members, fields => read(fields, ids), cancel);
            var asked = await acts.RequestAsync(command, Caller.PersonOf(user), clock.Now, cancel);
            return asked.IsRefused(out var why, out var approval)
                ? Problem.Of(why)
                : TypedResults.Accepted("/v1/approvals", ApprovalView.Of(approval, ids, clock.Now));
        })
        .For(Roles.MinistryOperator).WithTags("Approvals").WithSummary(summary)
        .WithDescription("Nothing happens before a second person approves. Asking twice makes one request.")
        .Accepts<TBody>("application/json")
        .Produces<ApprovalView>(StatusCodes.Status202Accepted).Refuses(400, 404, 409, 413, 415, 422);

    static async Task<IResult> HeldAsync(
        HttpContext http, HeldRecords heldRecords, PathIds ids, string? after, [Range(1, Page.Most)] int? limit,
        CancellationToken cancel)
    {
        var page = Page.Of(ids.Records, after, limit);
        var held = await heldRecords.PageAsync(page.After, page.Limit, cancel);
        return Conditional.Json(http, new HeldListView(
            [.. held.Select(record => new HeldRecordView(
                ids.Records.Of(record.Id), record.Version, record.Facility, Kebab.Of(record.Reason.ToString())))],
            page.NextOf(ids.Records, [.. held.Select(record => record.Id)])));
    }

    static async Task<IResult> ProposalsAsync(
        HttpContext http, SubjectProposals store, PathIds ids, string? after, [Range(1, Page.Most)] int? limit,
        CancellationToken cancel)
    {
        var page = Page.Of(ids.Subjects, after, limit);
        var proposals = await store.PageAsync(page.After, page.Limit, cancel);
        return Conditional.Json(http, new SubjectProposalListView(
            [.. proposals.Select(
                pair => new SubjectProposalView(ids.Subjects.Of(pair.Keep), ids.Subjects.Of(pair.Merge)))],
            page.NextOf(ids.Subjects, [.. proposals.Select(pair => pair.Merge)])));
    }
}
