using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Server.Edge.Http;

namespace Issuer.Server.Edge.Rest.Approvals;

/// <summary>The same as it was asked for, with ids in place of a person's number.</summary>
sealed record CriteriaView(
    string Reason, IReadOnlyList<string>? Records, string? Facility, string? EnteredBy, string? Product, string? Lot,
    IReadOnlyList<string>? Certificates, IReadOnlyList<long>? Lineages, string? Subject, string? Kid,
    DateTimeOffset? From, DateTimeOffset? To, DateTimeOffset? SuspendUntil)
{
    public static CriteriaView Of(RevokeInBulk command, PathIds ids)
    {
        var c = command.Criteria;
        return new CriteriaView(
            command.Why.ToWire(), c.Records?.Select(ids.Records.Of).ToList(), c.Facility, c.EnteredBy, c.Product, c.Lot,
            c.Certificates?.Select(ids.Certificates.Of).ToList(), c.Lineages,
            c.Subject is { } subject ? ids.Subjects.Of(subject) : null, c.Kid, InstantOf(c.From), InstantOf(c.To),
            command.SuspendedUntil);
    }

    static DateTimeOffset? InstantOf(long? seconds) =>
        seconds is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null;
}
