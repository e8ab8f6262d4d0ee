using System.Security.Claims;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Records;

namespace Issuer.Server.Edge.Rest.Records;

/// <summary>
/// <c>PUT /v1/records/{id}</c>: a clerk's correction, which names by <c>If-Match</c> the version it corrects.
/// </summary>
static class CorrectionEndpoint
{
    public static void MapCorrection(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/v1/records/{id}", CorrectAsync).For(Roles.FacilityClerk).WithTags("Records")
            .WithSummary("Correct one of the facility's records")
            .WithDescription("If-Match must be the record's ETag; a version that is not the current one is a conflict. "
                + "The record is checked and matched again, and signatures over the old version no longer stand. "
                + "Corrections of what is certified have a budget a day (429).")
            .Accepts<RecordBody>("application/json").NeedsIfMatch()
            .Produces<SubmittedView>()
            .Refuses(400, 404, 409, 413, 415, 422, 429);

    static async Task<IResult> CorrectAsync(
        HttpRequest request, string id, ClaimsPrincipal user, SubmitOne one, PathIds ids, CancellationToken cancel)
    {
        var facility = Caller.FacilityOf(user);
        var version = Conditional.VersionOf(request);
        using var body = await RequestBody.JsonAsync(request, cancel);
        if (!ids.Records.TryRead(id, out var record))
        {
            return Problem.Of(SubmitOne.NoSuchRecord);
        }
        var result = await one.CorrectAsync(
            record, version, RecordJson.Read(body.RootElement), facility, Caller.SubjectOf(user), cancel);
        return result.IsRefused(out var why, out var done)
            ? Problem.Of(why)
            : TypedResults.Ok(SubmittedView.Of(done, ids));
    }
}
