using System.Security.Claims;
using System.Security.Cryptography;
using Issuer.Core.Approvals;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Approvals;

/// <summary>An identity provider that is to take the place of the store's own.</summary>
/// <param name="Audience">Null: <c>issuer</c>.</param>
/// <param name="PersonClaim">Null: <c>sub</c>.</param>
/// <param name="Anchor">
/// SHA-256 of the trust anchor whose statement can change it from then on; null: the one that is kept.
/// </param>
sealed record ChangeAuthorityBody(
    string Issuer, string Reason, string? Audience = null, string? PersonClaim = null, string? Anchor = null);

/// <summary>An identity provider that is asked for.</summary>
/// <param name="PersonClaim">Null: <c>sub</c>.</param>
/// <param name="Anchor">SHA-256 of the new anchor; null: the one that is kept.</param>
sealed record AuthorityView(string Issuer, string Audience, string? PersonClaim, string? Anchor)
{
    public static AuthorityView Of(ChangeAuthority command) => new(
        command.Authority.Issuer, command.Authority.Audience, command.Authority.PersonClaim,
        command.Anchor);
}

/// <summary><c>/v1/authority</c>: whose tokens are taken, changed by two people with tokens of the old one.</summary>
static class AuthorityEndpoint
{
    static readonly HashSet<string> Members = ["issuer", "audience", "person_claim", "anchor", "reason"];

    public static void MapAuthority(this IEndpointRouteBuilder routes) => routes
        .MapPost("/v1/authority/change", AskAsync).For(Roles.MinistrySecurity).NeedsRecentAuthentication()
        .WithTags("Approvals")
        .WithSummary("Ask for the store to be bound to another identity provider")
        .WithDescription("Nothing happens before somebody else of ministry-security approves. From then on tokens of "
            + "the old one are refused, and the service starts only with settings that name the new one.")
        .Accepts<ChangeAuthorityBody>("application/json")
        .Produces<ApprovalView>(StatusCodes.Status202Accepted).Refuses(400, 409, 413, 415, 422);

    static async Task<IResult> AskAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, TwoPersonActs acts, PathIds ids,
        CancellationToken cancel)
    {
        var command = await BodyFields.ReadAsync(request, Members, Read, cancel);
        return (await acts.RequestAsync(command, Caller.PersonOf(user), clock.Now, cancel))
            .IsRefused(out var why, out var approval)
                ? Problem.Of(why)
                : TypedResults.Accepted("/v1/approvals", ApprovalView.Of(approval, ids, clock.Now));
    }

    static ChangeAuthority Read(BodyFields fields)
    {
        var (issuer, anchor) = (fields.Text("issuer"), fields.OptionalText("anchor")?.ToLowerInvariant());
        fields.Require(
            issuer.Length == 0 || Authority.IsAddress(issuer),
            new Fault("issuer", RequestFaultCode.OutOfRange, Expected.HttpsAddress));
        fields.Require(
            anchor is null || (anchor.Length == 2 * SHA256.HashSizeInBytes && anchor.All(char.IsAsciiHexDigitLower)),
            new Fault("anchor", RequestFaultCode.OutOfRange, Expected.Sha256));
        return new ChangeAuthority(
            new Authority(
                issuer, fields.OptionalText("audience") ?? TokenRules.Audience, fields.OptionalText("person_claim")),
            anchor, fields.Text("reason"));
    }
}
