using System.Security.Claims;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Certificates;

/// <summary>How many codes each clerk of a facility may hand out a day, for a while.</summary>
/// <param name="Until">The last day, in Vietnam.</param>
/// <param name="Reason">For the auditor; no personal data.</param>
sealed record HandOutAllowanceBody(string Facility, int PerClerkAndDay, DateOnly Until, string Reason);

/// <summary><c>/v1/hand-out-allowances</c>: the province's yes to more at the counter.</summary>
static class HandOutAllowanceEndpoint
{
    const string Until = "until";

    static readonly HashSet<string> Members = ["facility", "per_clerk_and_day", Until, "reason"];

    public static void MapHandOutAllowances(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/hand-out-allowances", RunAsync).For(Roles.Province, Roles.MinistryOperator)
            .WithTags("Records").WithSummary("Let each clerk of a facility hand out more codes a day, for a while")
            .WithDescription("A province for its own facilities, the ministry for all (some have no province); up to "
                + "the number and the days of the policy budgets. The last word about a facility counts: the policy's own "
                + "number ends it.")
            .Accepts<HandOutAllowanceBody>("application/json")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 413, 415, 422);

    static async Task<IResult> RunAsync(
        HttpRequest request, ClaimsPrincipal user, AllowHandOuts allow, NationalClock clock, CancellationToken cancel)
    {
        var province = user.IsInRole(Roles.Province) ? Caller.ProvinceOf(user) : null;
        var allowance = await BodyFields.ReadAsync(request, Members, Read, cancel);
        return await allow.RunAsync(allowance, province, clock.Act(Caller.SubjectOf(user)), cancel) is { } refused
            ? Problem.Of(refused)
            : TypedResults.NoContent();
    }

    static HandOutAllowance Read(BodyFields fields)
    {
        var until = PartialDate.TryParse(fields.Text(Until), out var day) ? day.Complete : null;
        fields.Require(until is not null, new Fault(Until, FaultCode.BadDate));
        return new HandOutAllowance(
            fields.Text("facility"), fields.Whole("per_clerk_and_day", 1, int.MaxValue), until.GetValueOrDefault(),
            fields.Text("reason"));
    }
}
