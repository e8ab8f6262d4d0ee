using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Rest.Revocation;

/// <summary>Why, from the closed list; <c>other</c> needs a note, which holds no personal data.</summary>
/// <param name="SuspendUntil">Not for good: until this instant.</param>
/// <param name="Reason">
/// <c>fraud</c>, <c>issued-in-error</c>, <c>wrong-data</c>, <c>record-withdrawn</c>, <c>duplicate</c>, <c>leaked</c>,
/// <c>holder-request</c>, <c>deceased</c> or <c>other</c>.
/// </param>
sealed record RevokeBody(string Reason, string? Note = null, DateTimeOffset? SuspendUntil = null);

/// <summary>Why a record stands for no dose.</summary>
/// <param name="Reason">
/// <c>fraud</c>, <c>issued-in-error</c>, <c>wrong-data</c>, <c>record-withdrawn</c>, <c>duplicate</c> or <c>other</c>.
/// </param>
sealed record WithdrawBody(string Reason);

/// <summary>What it reached.</summary>
/// <param name="Certificates">How many; none: all of it stood already.</param>
sealed record RevokedView(int Certificates);

/// <summary>Revoking one certificate, and withdrawing one record.</summary>
static class RevocationEndpoints
{
    public const string Reason = "reason";

    const string Note = "note";
    const string SuspendUntil = "suspend_until";

    public static Rejection NoSuchCertificate { get; } =
        new(RejectionKind.NotFound, "this certificate is not known");

    public static Rejection NoSuchRecord { get; } = new(RejectionKind.NotFound, "this record is not known");

    static readonly HashSet<string> RevokeMembers = [Reason, Note, SuspendUntil];
    static readonly HashSet<string> WithdrawMembers = [Reason];

    public static void MapRevocation(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/certificates/{id}/revoke", RevokeAsync)
            .For(Roles.MinistryOperator, Roles.MinistrySecurity).NeedsRecentAuthentication().WithTags("Revocation")
            .WithSummary("Declare a certificate invalid, with its lineage unless it was leaked")
            .WithDescription("Asked twice it changes nothing. With suspend_until it is a suspension. It takes two "
                + "people: 202 is the request that a second person approves (/v1/approvals/{id}/approve), except in "
                + "Development. leaked and holder-request take one, within a budget a day (429).")
            .Accepts<RevokeBody>("application/json")
            .Produces<RevokedView>().Produces<ApprovalView>(StatusCodes.Status202Accepted)
            .Refuses(400, 404, 409, 413, 415, 422, 429);
        routes.MapPost("/v1/records/{id}/withdraw", WithdrawAsync)
            .For(Roles.FacilityClerk, Roles.MinistryOperator).WithTags("Revocation")
            .WithSummary("Withdraw a record: its dose was not given")
            .WithDescription("Of one's own facility; the ministry's operator, of any. If-Match names the version. "
                + "Certificates that rely on it are revoked, after a mistake with 14 days of grace, and the person's "
                + "other doses are decided again. A person and a facility have a budget a day; 429: ask for the rest "
                + "as one request. The ministry's take two people, as its revocations do.")
            .Accepts<WithdrawBody>("application/json").NeedsIfMatch()
            .Produces<RevokedView>().Produces<ApprovalView>(StatusCodes.Status202Accepted)
            .Refuses(400, 404, 409, 413, 415, 422, 429);
    }

    static async Task<IResult> RevokeAsync(
        string id, HttpRequest request, ClaimsPrincipal user, NationalClock clock, RevokeOne revoke, PathIds ids,
        CancellationToken cancel)
    {
        var read = await BodyFields.ReadAsync(request, RevokeMembers, fields => Read(fields, clock.Now), cancel);
        return ids.Certificates.TryRead(id, out var slot) && slot < Slot.Count
            ? Answer(
                await revoke.RevokeAsync(read with { Slot = new Slot(slot) }, Caller.PersonOf(user), cancel), clock,
                ids)
            : Problem.Of(NoSuchCertificate);
    }

    public static RevocationRequest Read(BodyFields fields, DateTimeOffset now)
    {
        var reason = fields.Reason(Reason);
        var note = fields.OptionalText(Note);
        var until = fields.OptionalInstant(SuspendUntil);
        fields.Require(
            note is not null || reason?.Rule().NeedsNote != true, new Fault(Note, FaultCode.Missing));
        fields.Require(
            until is null || until > now,
            new Fault(SuspendUntil, RequestFaultCode.OutOfRange, Expected.LaterInstant));
        return new RevocationRequest(default, reason.GetValueOrDefault(), note, until);
    }

    static async Task<IResult> WithdrawAsync(
        string id, HttpRequest request, ClaimsPrincipal user, NationalClock clock, RevokeOne revoke, PathIds ids,
        CancellationToken cancel)
    {
        var facility = WithdrawingFacility(user, clock.Now);
        var version = Conditional.VersionOf(request);
        var reason = await BodyFields.ReadAsync(request, WithdrawMembers, ReadWithdrawal, cancel);
        return ids.Records.TryRead(id, out var record)
            ? Answer(
                await revoke.WithdrawAsync(facility, record, version, reason, Caller.PersonOf(user), cancel), clock,
                ids)
            : Problem.Of(NoSuchRecord);
    }

    /// <summary>
    /// Whose records the caller may withdraw; null: anybody's. The narrower role decides, so that a second one never
    /// widens the first. The ministry's is an act over everybody, which a token alone is not enough for.
    /// </summary>
    public static string? WithdrawingFacility(ClaimsPrincipal user, DateTimeOffset now)
    {
        if (user.IsInRole(Roles.FacilityClerk))
        {
            return Caller.FacilityOf(user);
        }
        Caller.RequireRecentAuthentication(user, now);
        return null;
    }

    public static RevocationReason ReadWithdrawal(BodyFields fields)
    {
        var read = fields.Reason(Reason);
        fields.Require(
            read?.Rule() is null or { RecordGrace: not null },
            new Fault(Reason, RequestFaultCode.NotListed, Expected.OneOf(
                Enum.GetValues<RevocationReason>().Where(r => r.Rule().RecordGrace is not null)
                    .Select(r => r.ToWire()))));
        return read.GetValueOrDefault();
    }

    static IResult Answer(Result<RevokedOrAsked> result, NationalClock clock, PathIds ids) =>
        result.IsRefused(out var why, out var done) ? Problem.Of(why)
        : done.Asked is { } approval
            ? TypedResults.Accepted("/v1/approvals", ApprovalView.Of(approval, ids, clock.Now))
            : TypedResults.Ok(new RevokedView(done.Outcome.Certificates));
}
