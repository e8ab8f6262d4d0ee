using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Issuer.Core.Identity;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Identity;

namespace Issuer.Server.Edge.Rest.Identity;

/// <summary>A facility has much to clean.</summary>
/// <param name="Days">How long the list stays open; the policy's without it, and never longer.</param>
sealed record CleaningListBody(string Facility, int? Days = null);

/// <summary>A cleaning list: so many claims more than the budget of a day.</summary>
/// <param name="Size">The facility's records that waited for their correction when it was opened.</param>
/// <param name="Used">Claims drawn from it.</param>
sealed record CleaningListView(
    string Id, string Facility, long Size, long Used, string OpenedBy, DateTimeOffset OpenedAt, DateTimeOffset EndsAt)
{
    public static CleaningListView Of(CleaningList list, PathIds ids) => new(
        ids.CleaningLists.Of(list.Id), list.Facility, list.Size, list.Used, list.OpenedBy, list.OpenedAt, list.EndsAt);
}

/// <summary>A piece of the cleaning lists.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record CleaningListListView(IReadOnlyList<CleaningListView> CleaningLists, string? Next);

/// <summary><c>/v1/cleaning-lists</c>: room for facilities that have thousands of records to correct.</summary>
static class CleaningListEndpoints
{
    const string Facility = "facility";
    const string Days = "days";
    const int MostDays = 3650;

    static readonly HashSet<string> Members = [Facility, Days];

    public static void MapCleaningLists(this IEndpointRouteBuilder routes)
    {
        var lists = routes.MapGroup("/v1/cleaning-lists").WithTags("Worklist");
        lists.MapPost("", OpenAsync).For(Roles.Province, Roles.MinistryOperator)
            .WithSummary("Open a cleaning list for a facility")
            .WithDescription("While it is open, the facility's clerks may make so many claims beyond the 2,000 a day "
                + "(policy budgets) as records of it wait for their correction now. Asked while one is open, that one "
                + "is the answer.")
            .Accepts<CleaningListBody>("application/json")
            .Produces<CleaningListView>().Refuses(400, 404, 409, 413, 415, 422);
        lists.MapGet("", ListAsync).For(Roles.Province, Roles.MinistryOperator)
            .WithSummary("Cleaning lists of the province, or all, oldest first")
            .Produces<CleaningListListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
    }

    static async Task<IResult> OpenAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, OpenCleaningList open, PathIds ids,
        CancellationToken cancel)
    {
        var scope = Caller.AreaOf(user);
        var (facility, days) = await BodyFields.ReadAsync(
            request, Members,
            fields => (fields.Text(Facility), fields.Has(Days) ? fields.Whole(Days, 1, MostDays) : (long?)null),
            cancel);
        var opened = await open.RunAsync(scope, facility, days, clock.Act(Caller.SubjectOf(user)), cancel);
        return opened.IsRefused(out var why, out var list)
            ? Problem.Of(why)
            : TypedResults.Ok(CleaningListView.Of(list, ids));
    }

    static async Task<IResult> ListAsync(
        HttpContext http, ClaimsPrincipal user, CleaningLists lists, PathIds ids, string? after,
        [Range(1, Page.Most)] int? limit, CancellationToken cancel)
    {
        var page = Page.Of(ids.CleaningLists, after, limit);
        var found = await lists.PageAsync(Caller.AreaOf(user), page.After, page.Limit, cancel);
        return Conditional.Json(http, new CleaningListListView(
            [.. found.Select(list => CleaningListView.Of(list, ids))],
            page.NextOf(ids.CleaningLists, [.. found.Select(list => list.Id)])));
    }
}
