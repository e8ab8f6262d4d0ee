using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Approvals;

/// <summary><c>/v1/approvals</c>: what waits for a second person, and the answers.</summary>
static class ApprovalEndpoints
{
    public static void MapApprovals(this IEndpointRouteBuilder routes)
    {
        var approvals = routes.MapGroup("/v1/approvals").WithTags("Approvals");
        approvals.MapGet("", ListAsync)
            .For(Roles.Province, Roles.MinistryOperator, Roles.MinistrySecurity, Roles.Auditor)
            .WithSummary("Requests that need a second person, oldest first")
            .WithDescription("A province sees the sets of its facilities that wait for it (withdraw-set).")
            .Produces<ApprovalListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
        approvals.MapPost("/{id}/approve", ApproveAsync)
            .For(Roles.Province, Roles.MinistryOperator, Roles.MinistrySecurity)
            .NeedsRecentAuthentication()
            .WithSummary("Approve: it is executed at once, exactly as requested")
            .WithDescription("Only a second person with a fitting role may. Refused (409) when the request was "
                + "answered, has expired, or its rows have changed.")
            .Produces<ApprovalView>().Refuses(404, 409);
        approvals.MapPost("/{id}/reject", RejectAsync)
            .For(Roles.FacilitySignatory, Roles.Province, Roles.MinistryOperator, Roles.MinistrySecurity)
            .NeedsRecentAuthentication()
            .WithSummary("Reject, or take one's own request back")
            .Produces<ApprovalView>().Refuses(404, 409);
    }

    static async Task<IResult> ListAsync(
        HttpContext http, ClaimsPrincipal user, NationalClock clock, IApprovalStore approvalStore, TwoPersonActs acts,
        PathIds ids, string? after, [Range(1, Page.Most)] int? limit,
        CancellationToken cancel)
    {
        if (user.IsInRole(Roles.Province))
        {
            var waiting = await acts.WaitingAsync(Caller.PersonOf(user), clock.Now, cancel);
            return Conditional.Json(http, new ApprovalListView(
                [.. waiting.Select(approval => ApprovalView.Of(approval, ids, clock.Now))], null));
        }
        var page = Page.Of(ids.Approvals, after, limit);
        var approvals = await approvalStore.PageAsync(page.After, page.Limit, cancel);
        return Conditional.Json(http, new ApprovalListView(
            [.. approvals.Select(approval => ApprovalView.Of(approval, ids, clock.Now))],
            page.NextOf(ids.Approvals, [.. approvals.Select(approval => approval.Id)])));
    }

    static Task<IResult> ApproveAsync(
        string id, ClaimsPrincipal user, NationalClock clock, TwoPersonActs acts, PathIds ids,
        CancellationToken cancel) => AnswerAsync(
            id, clock, ids,
            number => acts.ApproveAsync(number, Caller.PersonOf(user), clock.Now, cancel));

    static Task<IResult> RejectAsync(
        string id, ClaimsPrincipal user, NationalClock clock, TwoPersonActs acts, PathIds ids,
        CancellationToken cancel) => AnswerAsync(
            id, clock, ids,
            number => acts.RejectAsync(number, Caller.PersonOf(user), clock.Now, cancel));

    static async Task<IResult> AnswerAsync(
        string id, NationalClock clock, PathIds ids, Func<long, Task<Result<Approval>>> answer)
    {
        if (!ids.Approvals.TryRead(id, out var number))
        {
            return Problem.Of(new Rejection(RejectionKind.NotFound, "there is no request with this id"));
        }
        return (await answer(number)).IsRefused(out var why, out var approval)
            ? Problem.Of(why)
            : TypedResults.Ok(ApprovalView.Of(approval, ids, clock.Now));
    }
}
