using Issuer.Core.Revocation;
using Issuer.Server.Edge.Http;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Rest.Revocation;

/// <summary>
/// What is to be revoked: records (by id, facility, user, product and lot) or certificates (by id, person, DSC),
/// narrowed by time. Members given together narrow each other.
/// </summary>
/// <param name="Reason">
/// <c>fraud</c>, <c>issued-in-error</c>, <c>wrong-data</c>, <c>record-withdrawn</c>, <c>duplicate</c>, <c>leaked</c>,
/// <c>holder-request</c>, <c>deceased</c> or <c>other</c>.
/// </param>
/// <param name="Because">For the second person and the auditor; no personal data.</param>
/// <param name="IdentityNumber">A person by number, or COUNTRY:PASSPORT; it is told to nobody.</param>
/// <param name="From">When records were entered, certificates issued.</param>
/// <param name="To">The first moment that is no longer of it.</param>
sealed record BulkBody(
    string Reason, string Because, IReadOnlyList<string>? Records = null, string? Facility = null,
    string? EnteredBy = null, string? Product = null, string? Lot = null, IReadOnlyList<string>? Certificates = null,
    string? IdentityNumber = null, string? Kid = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>What it would do; nothing was done or stored, and nothing signed.</summary>
/// <param name="Rows">Records or certificates of the set.</param>
/// <param name="ByKid">The certificates, by the DSC that signed them.</param>
/// <param name="Reissuable">Honest holders who get a new certificate at once.</param>
sealed record ImpactView(
    long Rows, long Certificates, long People, IReadOnlyDictionary<string, long> ByKid, long Reissuable)
{
    public static ImpactView Of(BulkImpact impact) => new(
        impact.Items, impact.Certificates, impact.People, impact.ByKid, impact.Reissuable);
}

/// <summary>How far an approved act has come.</summary>
/// <param name="Approval">The request it was approved as.</param>
/// <param name="LeftAlone">Rows that had changed since they were shown; the audit trail names them.</param>
/// <param name="FinishedAt">Null: it goes on.</param>
sealed record BulkActView(
    string? Approval, string Reason, long Rows, long Done, long LeftAlone, long Waiting, long Certificates,
    DateTimeOffset? FinishedAt)
{
    public static BulkActView Of(BulkProgress p, PathIds ids) => new(
        p.ApprovalId is { } id ? ids.Approvals.Of(id) : null, p.Why.ToWire(), p.Items, p.Done, p.Changed, p.Waiting,
        p.Certificates, p.FinishedAt);
}

/// <summary>The last approved acts, newest first.</summary>
sealed record BulkActListView(IReadOnlyList<BulkActView> Acts);
