using System.Globalization;
using Issuer.Core.Records;

namespace Issuer.Core.Approvals;

/// <summary>Lets a facility claim more people exempt from matching than policy does.</summary>
public sealed record RaiseExemptCap(string Facility, long Cap, string Reason) : TwoPersonCommand(Reason);

/// <summary>
/// The set: the cap that was raised before, and the records held for it, no more of them than the new cap lets through.
/// What is held after the request was made is not of the set and waits for the next one.
/// </summary>
sealed class RaiseExemptCapAct : ApprovalAct<RaiseExemptCap>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, RaiseExemptCap command, MaterialisedSet? asked, DateTimeOffset now)
    {
        if (!await rows.Holds.IsFacilityAsync(command.Facility))
        {
            return new Rejection(RejectionKind.NotFound, "this facility is not known");
        }
        var raised = await rows.Holds.RaisedCapAsync(command.Facility);
        if (command.Cap <= (raised ?? await OfPolicyAsync(rows, command.Facility, now)))
        {
            return new Rejection(RejectionKind.Conflict, "the cap is already as high");
        }
        var records = asked is null
            ? ReleasedBy(command.Cap, await rows.Holds.ExemptAsync(command.Facility))
            : HeldRecord.IdsOf(asked.Lines.Skip(1));
        var held = await rows.Holds.FindAsync(records);
        return new MaterialisedSet(
            [$"cap {raised?.ToString(CultureInfo.InvariantCulture) ?? "of policy"}", .. held.Select(h => h.ToLine())]);
    }

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, RaiseExemptCap command, Approval approval, Act act)
    {
        await rows.Holds.RaiseCapAsync(command.Facility, command.Cap);
        await rows.Holds.ReleaseAsync(HeldRecord.IdsOf(approval.Set.Lines.Skip(1)), act);
        await rows.AuditAsync(act, $"exempt-cap-raised {command.Facility} {command.Cap}");
    }

    static async Task<long> OfPolicyAsync(IApprovalTransaction rows, string facility, DateTimeOffset now) =>
        (await rows.Policies.ReadAsync()).At(now).ExemptCap.Of(await rows.Holds.CountGoodAsync(facility));

    /// <summary>
    /// The oldest of the held ones, as many as have room under the cap beside those that are not held.
    /// </summary>
    internal static IReadOnlyList<long> ReleasedBy(long cap, IReadOnlyList<ExemptRecord> exempt)
    {
        var waiting = exempt.Where(r => r.Held == HoldReason.ExemptCap).Select(r => r.Id).ToList();
        return [.. waiting.Take((int)Math.Clamp(cap - (exempt.Count - waiting.Count), 0, waiting.Count))];
    }
}
