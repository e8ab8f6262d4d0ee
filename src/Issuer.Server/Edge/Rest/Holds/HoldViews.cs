using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Holds;
using Issuer.Server.Edge.Http;
using Issuer.Storage.Holds;

namespace Issuer.Server.Edge.Rest.Holds;

/// <summary>What looked unlike honest work.</summary>
/// <param name="Code"><c>volume</c>, <c>boosters</c>, <c>exempt</c>, <c>late</c>, <c>far</c> and others.</param>
sealed record HoldCauseView(string Code, string TextVi, string TextEn)
{
    public static HoldCauseView Of(HoldCause cause)
    {
        var text = HoldCauses.TextOf(cause);
        return new HoldCauseView(cause.ToWire(), text.Vi, text.En);
    }
}

/// <summary>Doses of a facility that wait until two people have looked at them.</summary>
/// <param name="Clerk">Whose entries; null: all of the facility's.</param>
/// <param name="From">The first moment of signing that it covers.</param>
/// <param name="Reviewer">Whose step it is: <c>province</c> or <c>ministry</c>.</param>
/// <param name="DueAt">When it becomes the ministry's.</param>
/// <param name="State"><c>open</c>, <c>cleared</c> or <c>withdrawn</c>.</param>
/// <param name="Held">Records under it that certify nothing until it ends.</param>
/// <param name="Certified">Records that a certificate relied on before.</param>
sealed record HoldView(
    string Id, string Facility, string? Province, string? Clerk, IReadOnlyList<HoldCauseView> Causes,
    DateTimeOffset From, DateTimeOffset OpenedAt, string Reviewer, DateTimeOffset DueAt, string State,
    DateTimeOffset? EndedAt, long Held, long Certified)
{
    public static HoldView Of(HoldOnRecord found, PathIds ids, DateTimeOffset now)
    {
        var hold = found.Hold;
        return new HoldView(
            ids.Holds.Of(hold.Id), hold.Facility, hold.Province, hold.Clerk,
            [.. hold.Causes.Select(HoldCauseView.Of)], hold.From, hold.OpenedAt,
            Kebab.Of(HoldRule.ReviewerOf(hold.Province, hold.DueAt, now).ToString()), hold.DueAt,
            Kebab.Of(hold.State.ToString()), hold.EndedAt, found.Waiting, found.Certified);
    }
}

/// <summary>A piece of the holds.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record HoldListView(IReadOnlyList<HoldView> Holds, string? Next);

/// <summary>A certificate that came of a record before it was held.</summary>
sealed record CameOfView(string Id, string State, DateTimeOffset IssuedAt);

/// <summary>A record under a hold.</summary>
/// <param name="State"><c>held</c>, <c>certified</c>, <c>released</c> or <c>withdrawn</c>.</param>
sealed record HeldMemberView(string Id, long Version, string State, IReadOnlyList<CameOfView> Certificates)
{
    public static HeldMemberView Of(HeldWithCertificates held, PathIds ids, DateTimeOffset now) => new(
        ids.Records.Of(held.RecordId), held.Version,
        held.IsWithdrawn ? "withdrawn" : held.IsReleased ? "released" : held.WasCertified ? "certified" : "held",
        [.. held.Certificates.Select(c => new CameOfView(
            ids.Certificates.Of(c.Slot.Value), Kebab.Of(c.StateAt(now).ToString()), c.IssuedAt))]);
}

/// <summary>What somebody asked for and a second person has not answered.</summary>
sealed record HoldRequestView(string Id, string Act, string RequestedBy, DateTimeOffset ExpiresAt)
{
    public static HoldRequestView Of(Approval approval, PathIds ids) => new(
        ids.Approvals.Of(approval.Id), approval.Rule.Act, approval.RequestedBy, approval.ExpiresAt);
}

/// <summary>A hold with a piece of what is under it.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record HoldDetailView(
    HoldView Hold, IReadOnlyList<HoldRequestView> Requests, IReadOnlyList<HeldMemberView> Records, string? Next);
