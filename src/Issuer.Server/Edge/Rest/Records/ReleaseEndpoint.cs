using System.Security.Claims;
using Issuer.Core.Identity;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Records;

/// <summary>A record whose answer is beyond a budget of the registry's is matched before its time.</summary>
static class ReleaseEndpoint
{
    public static void MapRelease(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/records/{id}/release-answer", RunAsync)
            .For(Roles.Desk, Roles.Province, Roles.MinistryOperator).WithTags("Worklist")
            .WithSummary("Let a record's answer go before its time")
            .WithDescription("Of a record whose waiting reason is answered-later; the next round matches it. A "
                + "province's own records, the desk's all. The person who entered the record cannot do it. Limited a "
                + "day (429; policy budgets).")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 429);

    static async Task<IResult> RunAsync(
        string id, ClaimsPrincipal user, NationalClock clock, ReleaseAnswer release, PathIds ids,
        CancellationToken cancel)
    {
        var scope = Caller.AreaOf(user);
        var refused = ids.Records.TryRead(id, out var record)
            ? await release.RunAsync(scope, record, clock.Act(Caller.SubjectOf(user)), cancel)
            : SubmitOne.NoSuchRecord;
        return refused is null ? TypedResults.NoContent() : Problem.Of(refused);
    }
}
