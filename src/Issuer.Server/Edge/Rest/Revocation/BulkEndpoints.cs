using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Revocation;

namespace Issuer.Server.Edge.Rest.Revocation;

/// <summary>
/// <c>/v1/revocations</c>: many at once, shown first, approved by a second person, executed by a job.
/// </summary>
static class BulkEndpoints
{
    public const int Listed = 50;

    const int MostIds = 1000;

    static readonly HashSet<string> Members =
    [
        "reason", "because", "records", "facility", "entered_by", "product", "lot", "certificates", "identity_number",
        "kid", "from", "to",
    ];

    static readonly HashSet<string> ReasonAlone = ["reason"];

    public static void MapBulkRevocations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/revocations", AskAsync)
            .For(Roles.FacilitySignatory, Roles.Province, Roles.MinistryOperator, Roles.MinistrySecurity)
            .NeedsRecentAuthentication().WithTags("Revocation")
            .WithSummary("Ask to revoke many certificates; preview=true only counts them")
            .WithDescription("The exact rows are stored with the request; a second person approves them "
                + "(/v1/approvals/{id}/approve), a job executes exactly these, and honest holders get new "
                + "certificates. A signatory asks for records of their own facility, a province for records of one of "
                + "its facilities: the certificates that rely on them go with them. Somebody else of the province "
                + "approves, for facilities without one the ministry.")
            .Accepts<BulkBody>("application/json").Produces<ImpactView>()
            .Produces<ApprovalView>(StatusCodes.Status202Accepted).Refuses(400, 404, 409, 413, 415, 422);
        routes.MapGet("/v1/revocations", ListAsync).For(Roles.MinistryOperator, Roles.MinistrySecurity, Roles.Auditor)
            .WithTags("Revocation").WithSummary("The progress of approved acts")
            .Produces<BulkActListView>().Produces(StatusCodes.Status304NotModified);
        routes.MapPost("/v1/certificates/{id}/undo-revocation", UndoAsync).For(Roles.MinistryOperator)
            .NeedsRecentAuthentication().WithTags("Revocation")
            .WithSummary("Ask to undo a revocation, with everything the same act revoked in its lineage")
            .Accepts<UndoBody>("application/json")
            .Produces<ApprovalView>(StatusCodes.Status202Accepted).Refuses(400, 404, 409, 413, 415, 422);
        routes.MapPost("/v1/dscs/withdraw", WithdrawDscAsync).For(Roles.MinistrySecurity)
            .NeedsRecentAuthentication().WithTags("Revocation")
            .WithSummary("Ask to withdraw a DSC: its certificates count as revoked, holders get successors")
            .Accepts<WithdrawDscBody>("application/json")
            .Produces<ApprovalView>(StatusCodes.Status202Accepted).Refuses(400, 404, 409, 413, 415, 422);
    }

    static async Task<IResult> AskAsync(
        HttpRequest request, ClaimsPrincipal user, BulkRound bulk, BulkStore bulkStore, TwoPersonActs acts,
        NationalClock clock, PathIds ids, bool? preview,
        CancellationToken cancel)
    {
        string? document = null;
        var command = await BodyFields.ReadAsync(request, Members, fields => Read(fields, ids, out document), cancel);
        if (user.IsInRole(Roles.FacilitySignatory) || user.IsInRole(Roles.Province))
        {
            return await AskForOwnAsync(command, document, user, bulk, acts, clock, ids, preview == true, cancel);
        }
        if (document is not null)
        {
            if (await bulkStore.SubjectOfAsync(document, cancel) is not { } subject)
            {
                return Problem.Of(new Rejection(RejectionKind.NotFound, "nobody has this document"));
            }
            command = command with { Criteria = command.Criteria with { Subject = subject } };
        }
        if (command.Criteria.Fault(command.Why) is { } fault)
        {
            return Problem.Of(new Rejection(RejectionKind.Invalid, fault));
        }
        return preview == true
            ? TypedResults.Ok(ImpactView.Of(
                await bulk.PreviewAsync(command.Criteria, command.Why, cancel)))
            : Answer(await bulk.AskAsync(command, Caller.PersonOf(user), cancel), clock, ids);
    }

    /// <summary>Of a facility's records alone: nobody outside the ministry asks about a person or a DSC.</summary>
    static async Task<IResult> AskForOwnAsync(
        RevokeInBulk asked, string? document, ClaimsPrincipal user, BulkRound bulk, TwoPersonActs acts,
        NationalClock clock, PathIds ids, bool isPreview, CancellationToken cancel)
    {
        var criteria = user.IsInRole(Roles.FacilitySignatory)
            ? asked.Criteria with { Facility = asked.Criteria.Facility ?? Caller.FacilityOf(user) }
            : asked.Criteria;
        if (document is not null || criteria.IsOfCertificates || criteria.Fault(asked.Why) is not null)
        {
            return Problem.Of(new Rejection(
                RejectionKind.Invalid,
                criteria.Fault(asked.Why)
                    ?? "name records: a facility and what narrows it, not a person or certificates"));
        }
        var (command, person) = (new WithdrawSet(criteria, asked.Why, asked.Reason), Caller.PersonOf(user));
        if (!isPreview)
        {
            return Answer(await bulk.AskAsync(command, person, cancel), clock, ids);
        }
        return await acts.RefuseAsync(command, person, clock.Now, cancel) is { } refused
            ? Problem.Of(refused)
            : TypedResults.Ok(ImpactView.Of(await bulk.PreviewAsync(criteria, command.Why, cancel)));
    }

    static RevokeInBulk Read(BodyFields fields, PathIds ids, out string? document)
    {
        var number = fields.OptionalText("identity_number");
        document = number is null ? null : Caller.DocumentOf(number);
        fields.Require(
            number is null || document is not null,
            new Fault("identity_number", RequestFaultCode.OutOfRange, Expected.Document));
        var kid = fields.OptionalText("kid");
        fields.Require(
            kid is null || Kid.TryParse(kid, out _), new Fault("kid", RequestFaultCode.OutOfRange, Expected.Kid));
        return new RevokeInBulk(
            new BulkCriteria(
                fields.Has("records") ? [.. fields.Ids("records", ids.Records, MostIds).Distinct().Order()] : null,
                fields.OptionalText("facility"), fields.OptionalText("entered_by"), fields.OptionalText("product"),
                fields.OptionalText("lot"),
                fields.Has("certificates")
                    ? [.. fields.Ids("certificates", ids.Certificates, MostIds).Distinct().Order()]
                    : null,
                null, document is null ? null : 0, kid, fields.OptionalInstant("from")?.ToUnixTimeSeconds(),
                fields.OptionalInstant("to")?.ToUnixTimeSeconds()),
            fields.Reason("reason").GetValueOrDefault(), fields.Text("because"));
    }

    static async Task<IResult> ListAsync(
        HttpContext http, BulkStore bulkStore, PathIds ids, CancellationToken cancel) =>
        Conditional.Json(http, new BulkActListView(
            [.. (await bulkStore.ListAsync(Listed, cancel)).Select(p => BulkActView.Of(p, ids))]));

    static async Task<IResult> UndoAsync(
        string id, HttpRequest request, ClaimsPrincipal user, NationalClock clock, TwoPersonActs acts,
        PathIds ids, CancellationToken cancel)
    {
        var reason = await BodyFields.ReadAsync(request, ReasonAlone, fields => fields.Text("reason"), cancel);
        return ids.Certificates.TryRead(id, out var slot)
            ? Answer(
                await acts.RequestAsync(
                    new UndoRevocation(slot, reason), Caller.PersonOf(user), clock.Now, cancel), clock, ids)
            : Problem.Of(RevocationEndpoints.NoSuchCertificate);
    }

    static async Task<IResult> WithdrawDscAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, TwoPersonActs acts, PathIds ids,
        CancellationToken cancel)
    {
        var command = await BodyFields.ReadAsync(
            request, new HashSet<string> { "kid", "reason" },
            fields => new WithdrawDsc(fields.Text("kid"), fields.Text("reason")), cancel);
        return Answer(
            await acts.RequestAsync(command, Caller.PersonOf(user), clock.Now, cancel), clock, ids);
    }

    static IResult Answer(Result<Core.Approvals.Approval> asked, NationalClock clock, PathIds ids) =>
        asked.IsRefused(out var why, out var approval)
            ? Problem.Of(why)
            : TypedResults.Accepted("/v1/approvals", ApprovalView.Of(approval, ids, clock.Now));
}

/// <summary>Why it was wrong.</summary>
sealed record UndoBody(string Reason);

/// <summary>Which DSC, as <c>dsc list</c> prints its kid, and why.</summary>
sealed record WithdrawDscBody(string Kid, string Reason);
