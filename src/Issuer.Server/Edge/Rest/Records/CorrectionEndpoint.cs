using System.Globalization;
using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

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
                + "The record is checked and matched again, and signatures over the old version no longer stand.")
            .Accepts<RecordBody>("application/json").NeedsIfMatch()
            .Produces<SubmittedView>()
            .Refuses(400, 404, 409, 413, 415, 422);

    static async Task<IResult> CorrectAsync(
        HttpRequest request, string id, ClaimsPrincipal user, Workplace place, RecentCheckContext context, PathIds ids,
        CancellationToken cancel)
    {
        var facility = Caller.FacilityOf(user);
        var version = Conditional.VersionOf(request);
        using var body = await RequestBody.JsonAsync(request, cancel);
        if (!ids.Records.TryRead(id, out var recordId)
            || await place.Store.FacilityRecords.FindAsync(facility, recordId, cancel) is not { } record)
        {
            return Problem.Of(new Rejection(RejectionKind.NotFound, "this facility has no record with this id"));
        }
        var row = Correction(RecordJson.Read(body.RootElement), record.Reference, version);
        var results = await place.SubmitRecords().SubmitAsync(
            [row], facility, await context.GetAsync(cancel), place.Act(Caller.SubjectOf(user)), cancel);
        var answer = await RecordEndpoints.AnswerAsync(results[0], facility, place, ids, cancel);
        return answer is Created<SubmittedView> { Value: var corrected } ? TypedResults.Ok(corrected) : answer;
    }

    /// <summary>The path says which record, the header which version; the body may repeat the reference.</summary>
    static RecordRow Correction(RecordRow row, string reference, long version)
    {
        var isSame = string.IsNullOrWhiteSpace(row.Reference) || row.Reference == reference;
        return row with
        {
            Reference = reference,
            Corrects = version.ToString(CultureInfo.InvariantCulture),
            ReadingFaults = isSame
                ? row.ReadingFaults
                : [.. row.ReadingFaults, new("reference", FaultCode.ReferenceIsFixed)],
        };
    }
}
