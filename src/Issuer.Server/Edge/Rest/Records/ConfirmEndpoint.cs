using System.Security.Claims;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Records;

/// <summary>An unlikely dose was given as it was entered: somebody answers for it by name.</summary>
static class ConfirmEndpoint
{
    public static void MapConfirmation(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/records/{id}/confirm", RunAsync)
            .For(Roles.FacilitySignatory, Roles.Province, Roles.MinistryOperator).WithTags("Worklist")
            .WithSummary("Confirm that an unlikely dose was given as it was entered")
            .WithDescription("Of one's own facility or province, with an authentication (auth_time) of the last 15 "
                + "minutes. If-Match names the version; a correction ends it. The person who entered the record cannot "
                + "confirm it.")
            .NeedsIfMatch().Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 409);

    /// <summary>The narrowest that a role of the caller has.</summary>
    public static RecordScope ScopeOf(ClaimsPrincipal user) =>
        user.IsInRole(Roles.FacilitySignatory) ? new RecordScope(Caller.FacilityOf(user), null)
        : user.IsInRole(Roles.Province) ? new RecordScope(null, Caller.ProvinceOf(user))
        : new RecordScope(null, null);

    static async Task<IResult> RunAsync(
        HttpRequest request, string id, ClaimsPrincipal user, NationalClock clock, ConfirmDose confirm, PathIds ids,
        CancellationToken cancel)
    {
        var scope = ScopeOf(user);
        Caller.RequireRecentAuthentication(user, clock.Now);
        var version = Conditional.VersionOf(request);
        var refused = ids.Records.TryRead(id, out var record)
            ? await confirm.RunAsync(scope, record, version, clock.Act(Caller.SubjectOf(user)), cancel)
            : SubmitOne.NoSuchRecord;
        return refused is null ? TypedResults.NoContent() : Problem.Of(refused);
    }
}
