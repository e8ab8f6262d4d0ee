using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Facilities;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Facilities;

/// <summary>A P-256 public key (RFC 7517, RFC 7518 section 6.2.1).</summary>
sealed record JwkBody(string Kty, string Crv, string X, string Y);

/// <summary>The key that a facility's signatures are checked with.</summary>
static class AttestationKeyEndpoints
{
    public static void MapAttestationKeys(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/v1/facilities/{code}/attestation-key", PutAsync).For(Roles.MinistrySecurity)
            .NeedsRecentAuthentication().WithTags("Attestation")
            .WithSummary("Register a facility's public key, P-256, as a JWK or in PEM; it replaces an older one")
            .Accepts<JwkBody>("application/json", "application/jwk+json", "application/x-pem-file")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 413, 415, 422);

    static async Task<IResult> PutAsync(
        HttpRequest request, string code, ClaimsPrincipal user, NationalClock clock, IFacilityStore facilities,
        CancellationToken cancel)
    {
        if (AttestationKey.TryRead(await RequestBody.BytesAsync(request, cancel)) is not { } key)
        {
            return Problem.Of(
                new Rejection(RejectionKind.Invalid, "the body must be a P-256 public key, as a JWK or in PEM"));
        }
        if ((await facilities.ListAsync(cancel)).All(facility => facility.Code != code))
        {
            return Problem.Of(new Rejection(RejectionKind.NotFound, "this facility is not known"));
        }
        await facilities.SaveKeysAsync(
            new Dictionary<string, byte[]> { [code] = key }, clock.Act(Caller.SubjectOf(user)), cancel);
        return TypedResults.NoContent();
    }
}
