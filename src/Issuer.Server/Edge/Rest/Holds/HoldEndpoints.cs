using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Holds;

namespace Issuer.Server.Edge.Rest.Holds;

/// <summary>Why the hold is to end.</summary>
sealed record EndHoldBody(string Reason);

/// <summary>Doses given long ago that a facility is going to enter.</summary>
/// <param name="Product">EU code.</param>
/// <param name="From">The first day on which they were given; <paramref name="To"/> the last.</param>
/// <param name="Expected">How many, at most.</param>
sealed record BacklogBody(
    string Facility, string Product, DateOnly From, DateOnly To, long Expected, string Reason);

/// <summary><c>/v1/holds</c>: work that looked unlike honest work, and the two people who end it.</summary>
static class HoldEndpoints
{
    const long MostExpected = 10_000_000;

    static readonly HashSet<string> ReasonAlone = ["reason"];
    static readonly HashSet<string> BacklogMembers = ["facility", "product", "from", "to", "expected", "reason"];

    public static void MapHolds(this IEndpointRouteBuilder routes)
    {
        var holds = routes.MapGroup("/v1").WithTags("Holds");
        holds.MapGet("/holds", ListAsync).For(Readers)
            .WithSummary("Doses of facilities that wait until two people have looked at them, oldest first")
            .WithDescription("A facility sees its own, a province those of its facilities. Open ones; ended=true gives "
                + "the others too.")
            .Produces<HoldListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
        holds.MapGet("/holds/{id}", GetAsync).For(Readers)
            .WithSummary("One of them: its records, and every certificate that came of them before")
            .Produces<HoldDetailView>().Produces(StatusCodes.Status304NotModified).Refuses(400, 404);
        holds.MapPost("/holds/{id}/clear", (
                HttpRequest request, string id, ClaimsPrincipal user, TwoPersonActs acts, NationalClock clock,
                PathIds ids, CancellationToken cancel) =>
            EndAsync(request, id, user, acts, clock, ids, (hold, reason) => new ClearHold(hold, reason), cancel))
            .Asks<EndHoldBody>("Ask for a hold to end: nothing was wrong with its records");
        holds.MapPost("/holds/{id}/withdraw", (
                HttpRequest request, string id, ClaimsPrincipal user, TwoPersonActs acts, NationalClock clock,
                PathIds ids, CancellationToken cancel) =>
            EndAsync(request, id, user, acts, clock, ids, (hold, reason) => new WithdrawHold(hold, reason), cancel))
            .NeedsRecentAuthentication()
            .Asks<EndHoldBody>("Ask for all records under a hold to be withdrawn, and what is certified on them");
        holds.MapPost("/backlogs", AnnounceAsync)
            .Asks<BacklogBody>("Announce doses given long ago that a facility is going to enter");
    }

    static readonly string[] Readers =
    [
        Roles.FacilityClerk, Roles.FacilitySignatory, Roles.Province, Roles.MinistryOperator, Roles.MinistrySecurity,
    ];

    static void Asks<TBody>(this RouteHandlerBuilder endpoint, string summary)
        where TBody : notnull => endpoint.For(Roles.Province, Roles.MinistryOperator).WithSummary(summary)
        .WithDescription("For the facility's province; the ministry when the province is late, and for units outside "
            + "provinces. Nothing happens before a second person approves (/v1/approvals/{id}/approve).")
        .Accepts<TBody>("application/json")
        .Produces<ApprovalView>(StatusCodes.Status202Accepted).Refuses(400, 404, 409, 413, 415, 422);

    static async Task<IResult> ListAsync(
        HttpContext http, ClaimsPrincipal user, HoldStore store, NationalClock clock, PathIds ids, string? after,
        [Range(1, Page.Most)] int? limit, bool? ended, CancellationToken cancel)
    {
        var page = Page.Of(ids.Holds, after, limit);
        var found = await store.PageAsync(Caller.AreaOf(user), ended != true, page.After, page.Limit, cancel);
        return Conditional.Json(http, new HoldListView(
            [.. found.Select(hold => HoldView.Of(hold, ids, clock.Now))],
            page.NextOf(ids.Holds, [.. found.Select(hold => hold.Hold.Id)])));
    }

    static async Task<IResult> GetAsync(
        HttpContext http, string id, ClaimsPrincipal user, HoldStore store, NationalClock clock, PathIds ids,
        string? after, [Range(1, Page.Most)] int? limit, CancellationToken cancel)
    {
        var page = Page.Of(ids.Records, after, limit);
        if (!ids.Holds.TryRead(id, out var number)
            || await store.FindAsync(Caller.AreaOf(user), number, cancel) is not { } found)
        {
            return Problem.Of(NoHold);
        }
        var records = await store.RecordsAsync(number, page.After, page.Limit, cancel);
        var requests = await store.RequestsAsync(number, clock.Now, cancel);
        return Conditional.Json(http, new HoldDetailView(
            HoldView.Of(found, ids, clock.Now), [.. requests.Select(request => HoldRequestView.Of(request, ids))],
            [.. records.Select(record => HeldMemberView.Of(record, ids, clock.Now))],
            page.NextOf(ids.Records, [.. records.Select(record => record.RecordId)])));
    }

    static async Task<IResult> EndAsync(
        HttpRequest request, string id, ClaimsPrincipal user, TwoPersonActs acts, NationalClock clock, PathIds ids,
        Func<long, string, TwoPersonCommand> command, CancellationToken cancel)
    {
        var reason = await BodyFields.ReadAsync(request, ReasonAlone, fields => fields.Text("reason"), cancel);
        return ids.Holds.TryRead(id, out var hold)
            ? await AskAsync(command(hold, reason), user, acts, clock, ids, cancel)
            : Problem.Of(NoHold);
    }

    static async Task<IResult> AnnounceAsync(
        HttpRequest request, ClaimsPrincipal user, TwoPersonActs acts, NationalClock clock, PathIds ids,
        CancellationToken cancel) => await AskAsync(
            await BodyFields.ReadAsync(
                request, BacklogMembers,
                fields => new AnnounceBacklog(
                    fields.Text("facility"), fields.Text("product"), fields.Day("from"), fields.Day("to"),
                    fields.Whole("expected", 1, MostExpected), fields.Text("reason")),
                cancel),
            user, acts, clock, ids, cancel);

    static async Task<IResult> AskAsync(
        TwoPersonCommand command, ClaimsPrincipal user, TwoPersonActs acts, NationalClock clock, PathIds ids,
        CancellationToken cancel)
    {
        var asked = await acts.RequestAsync(command, Caller.PersonOf(user), clock.Now, cancel);
        return asked.IsRefused(out var why, out var approval)
            ? Problem.Of(why)
            : TypedResults.Accepted("/v1/approvals", ApprovalView.Of(approval, ids, clock.Now));
    }

    static Rejection NoHold => new(RejectionKind.NotFound, "there is no hold with this id");
}
