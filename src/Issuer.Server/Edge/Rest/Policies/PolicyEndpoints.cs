using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Issuer.Core.Approvals;
using Issuer.Core.Policies;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Policies;

/// <summary>A policy document that is to hold.</summary>
sealed record ImportPolicyBody(IReadOnlyDictionary<string, JsonElement> Policy, string Reason);

/// <summary><c>/v1/policies</c>: what the ministry decides as data.</summary>
static class PolicyEndpoints
{
    const string Policy = "policy";
    const string Reason = "reason";

    static readonly HashSet<string> Members = [Policy, Reason];

    public static void MapPolicies(this IEndpointRouteBuilder routes)
    {
        var policies = routes.MapGroup("/v1/policies").WithTags("Policies");
        policies.MapGet("", ListAsync).For(Roles.MinistryOperator, Roles.MinistrySecurity, Roles.Auditor)
            .WithSummary("Which version of each policy holds, and from when")
            .Produces<PolicyListView>().Produces(StatusCodes.Status304NotModified);
        policies.MapPost("/import", ImportAsync).For(Roles.MinistryOperator, Roles.MinistrySecurity)
            .WithSummary("Ask for a document to become the next version of its policy")
            .WithDescription("Nothing is done before somebody else of ministry-security approves; asked twice, it is "
                + "one request. Another import in between voids it.")
            .Accepts<ImportPolicyBody>("application/json")
            .Produces<ApprovalView>(StatusCodes.Status202Accepted).Refuses(400, 409, 413, 415, 422);
    }

    static async Task<IResult> ListAsync(
        HttpContext http, IPolicyStore policyStore, NationalClock clock, CancellationToken cancel)
    {
        // The store's own, not this instance's last look: who has just imported one wants to see it.
        var book = await policyStore.ReadAsync(cancel);
        return Conditional.Json(
            http, new PolicyListView([.. PolicyKinds.All.Select(kind => PolicyView.Of(book, kind, clock.Now))]));
    }

    static async Task<IResult> ImportAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, TwoPersonActs acts, PathIds ids,
        CancellationToken cancel)
    {
        var (text, reason) = await BodyFields.ReadAsync(
            request, Members, fields => (fields.Json(Policy), fields.Text(Reason)), cancel);
        if (PolicyDocument.Read(Encoding.UTF8.GetBytes(text)).OrRejection().IsRefused(out var why, out var document))
        {
            return Problem.Of(why);
        }
        var asked = await acts.RequestAsync(
            new ImportPolicy(document.Text, reason), Caller.PersonOf(user), clock.Now, cancel);
        return asked.IsRefused(out why, out var approval)
            ? Problem.Of(why)
            : TypedResults.Accepted("/v1/approvals", ApprovalView.Of(approval, ids, clock.Now));
    }
}
