using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Microsoft.AspNetCore.Mvc;

namespace Issuer.Server.Edge.Rest.Facilities;

/// <summary>A statement that waits for a signature.</summary>
/// <param name="Statement">The exact payload of the JWS, in base64url.</param>
sealed record StatementView(string RecordId, string Statement);

/// <summary>A piece of what waits.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record StatementListView(IReadOnlyList<StatementView> Statements, string? Next);

/// <summary>Signatures in JWS compact serialisation, ES256, over the statements as they were given.</summary>
sealed record SignaturesBody(IReadOnlyList<string> Signatures);

/// <summary>What became of one signature.</summary>
/// <param name="Fault">
/// Null: it was kept. Else <c>malformed-jws</c>, <c>nothing-to-attest</c>, <c>statement-changed</c>, <c>no-key</c>,
/// <c>bad-signature</c> or <c>same-person</c>.
/// </param>
sealed record AttestedItemView(string? Fault);

/// <summary>One answer for each signature, in order.</summary>
sealed record AttestedView(IReadOnlyList<AttestedItemView> Results);

/// <summary>Step 4: what waits for the caller's facility, and its signatures.</summary>
static class AttestationEndpoints
{
    // A thousand statements in base64url are more than the megabyte that others may send.
    const int LargestBody = 4 * 1024 * 1024;

    public static void MapAttestations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/records/to-attest", ListAsync).For(Roles.FacilitySignatory).WithTags("Attestation")
            .WithSummary("Statements that wait for the facility's signature")
            .Produces<StatementListView>().Produces(StatusCodes.Status304NotModified).Refuses(400);
        routes.MapPost("/v1/attestations", AttestAsync).For(Roles.FacilitySignatory).WithTags("Attestation")
            .WithSummary("Hand in up to 1,000 signatures")
            .WithDescription("Needs an authentication (auth_time) of the last 15 minutes; the person who entered a "
                + "record cannot sign for it.")
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .Accepts<SignaturesBody>("application/json")
            .Produces<AttestedView>().Refuses(400, 413, 415, 422);
    }

    static async Task<IResult> ListAsync(
        HttpContext http, ClaimsPrincipal user, AttestRecords attest, IFacilityStore facilities, PathIds ids,
        string? after,
        [Range(1, Page.Most)] int? limit, CancellationToken cancel)
    {
        var page = Page.Of(ids.Records, after, limit);
        var waiting = await facilities.ToAttestAsync(
            Caller.FacilityOf(user), page.After, page.Limit, cancel);
        return Conditional.Json(http, new StatementListView(
            [.. waiting.Select(dose => new StatementView(
                ids.Records.Of(dose.Dose.Id), Base64Url.EncodeToString(attest.CanonicalOf(dose))))],
            page.NextOf(ids.Records, [.. waiting.Select(dose => dose.Dose.Id)])));
    }

    static async Task<IResult> AttestAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, AttestRecords attest, CancellationToken cancel)
    {
        var facility = Caller.FacilityOf(user);
        Caller.RequireRecentAuthentication(user, clock.Now);
        using var body = await RequestBody.JsonAsync(request, cancel);
        var signatures = SignaturesOf(body.RootElement);
        var faults = await attest.AttestAsync(
            signatures, facility, clock.Act(Caller.SubjectOf(user)), cancel);
        return TypedResults.Ok(new AttestedView(
            [.. faults.Select(fault => new AttestedItemView(fault is { } why ? Kebab.Of(why.ToString()) : null))]));
    }

    static List<string> SignaturesOf(JsonElement json)
    {
        var faults = new List<Fault>();
        var members = json.ValueKind == JsonValueKind.Object
            ? JsonMembers.Of(json, Members, faults)
            : throw new RefusedException(new Rejection(RejectionKind.Malformed, RequestBody.NoObject));
        if (!members.TryGetValue(Signatures, out var list))
        {
            faults.Add(new Fault(Signatures, FaultCode.Missing));
        }
        else if (list.ValueKind != JsonValueKind.Array
            || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            faults.Add(new Fault(Signatures, RequestFaultCode.BadType, Expected.ListOfText));
        }
        else
        {
            RefusedException.ThrowIf(AttestRecords.TooMany(list.GetArrayLength()));
        }
        return faults.Count == 0
            ? [.. list.EnumerateArray().Select(item => JsonMembers.TextOf(Signatures, item, faults) ?? "")]
            : throw new RefusedException(new Rejection(RejectionKind.Invalid, "the signatures cannot be read", faults));
    }

    const string Signatures = "signatures";

    static readonly HashSet<string> Members = [Signatures];
}
