using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;

namespace Issuer.Server.Edge.Rest.Records;

/// <summary>One entry of a dose, as the other facility may see it.</summary>
sealed record EntryView(string Id, string Facility, DateOnly VaccinatedOn)
{
    public static EntryView Of(EnteredDose dose, string facility, PathIds ids) =>
        new(ids.Records.Of(dose.RecordId), facility, dose.VaccinatedOn);
}

/// <summary>Two records of one person and product, one to seven days apart.</summary>
/// <param name="Entry">The later entered; what repeats, if it does.</param>
sealed record NearMissView(EntryView Entry, EntryView Original, string Product, int? DoseNumber)
{
    public static NearMissView Of(NearMiss pair, PathIds ids) => new(
        EntryView.Of(pair.Dose, pair.Facility, ids), EntryView.Of(pair.Original, pair.OriginalFacility, ids),
        pair.Dose.Product, pair.Dose.Number);
}

/// <summary>A piece of the proposals.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record NearMissListView(IReadOnlyList<NearMissView> Duplicates, string? Next);

/// <summary>The record that this one repeats.</summary>
sealed record DuplicateBody(string Original);

/// <summary><c>/v1/duplicates</c>: what a person must look at before it counts once.</summary>
static class DuplicateEndpoints
{
    const string Original = "original";

    static readonly string[] Allowed = [Roles.FacilityClerk, Roles.Province, Roles.MinistryOperator];

    static readonly HashSet<string> Members = [Original];

    public static void MapDuplicates(this IEndpointRouteBuilder routes)
    {
        var duplicates = routes.MapGroup("/v1/duplicates").WithTags("Duplicates");
        duplicates.MapGet("", ListAsync).For(Allowed)
            .WithSummary("Doses that may have been entered twice: the facility's, the province's, or all")
            .Produces<NearMissListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
        duplicates.MapPost("/{id}/merge", MarkAsync).For(Allowed)
            .WithSummary("Count this record as a repetition of another")
            .WithDescription("Of a record of one's own facility or province. It holds until either is corrected.")
            .Accepts<DuplicateBody>("application/json")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 409, 413, 415, 422);
        duplicates.MapPost("/{id}/undo", UnmarkAsync).For(Allowed)
            .WithSummary("Count this record as a dose of its own again")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
    }

    static async Task<IResult> ListAsync(
        HttpContext http, ClaimsPrincipal user, DuplicateStore duplicates, PathIds ids, string? after,
        [Range(1, Page.Most)] int? limit, CancellationToken cancel)
    {
        var page = Page.Of(ids.Records, after, limit);
        var pairs = await duplicates.PageAsync(ScopeOf(user), page.After, page.Limit, cancel);
        return Conditional.Json(http, new NearMissListView(
            [.. pairs.Select(pair => NearMissView.Of(pair, ids))],
            page.NextOf(ids.Records, [.. pairs.Select(pair => pair.Dose.RecordId)])));
    }

    static async Task<IResult> MarkAsync(
        string id, HttpRequest request, ClaimsPrincipal user, NationalClock clock, MarkDuplicates mark,
        PathIds ids, CancellationToken cancel)
    {
        var original = await BodyFields.ReadAsync(
            request, Members, fields => fields.Id(Original, ids.Records), cancel);
        return ids.Records.TryRead(id, out var record)
            ? Answer(await mark.MarkAsync(
                ScopeOf(user), record, original, clock.Act(Caller.SubjectOf(user)), cancel))
            : Problem.Of(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> UnmarkAsync(
        string id, ClaimsPrincipal user, NationalClock clock, MarkDuplicates mark, PathIds ids,
        CancellationToken cancel) =>
        ids.Records.TryRead(id, out var record)
            ? Answer(await mark.UnmarkAsync(
                ScopeOf(user), record, clock.Act(Caller.SubjectOf(user)), cancel))
            : Problem.Of(StatusCodes.Status404NotFound);

    static IResult Answer(Rejection? refused) => refused is null ? TypedResults.NoContent() : Problem.Of(refused);

    /// <summary>The widest that a role of the caller has.</summary>
    static RecordScope ScopeOf(ClaimsPrincipal user) =>
        user.IsInRole(Roles.MinistryOperator) ? new RecordScope(null, null)
        : user.IsInRole(Roles.Province) ? new RecordScope(null, Caller.ProvinceOf(user))
        : new RecordScope(Caller.FacilityOf(user), null);
}
