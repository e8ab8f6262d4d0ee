namespace Issuer.Core.Approvals;

/// <summary>
/// For so many days certificates may end with the DSC, earlier than the ministry's rule says, when none outlives it.
/// </summary>
public sealed record AllowShortened(long Days, string Reason) : TwoPersonCommand(Reason);

/// <summary>The set: until when it is allowed already.</summary>
sealed class AllowShortenedAct : ApprovalAct<AllowShortened>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, AllowShortened command, MaterialisedSet? asked, DateTimeOffset now) =>
        new MaterialisedSet([$"allowed until {await rows.Keys.ShortenedUntilAsync()}"]);

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, AllowShortened command, Approval approval, Act act)
    {
        await rows.Keys.AllowShortenedAsync(act.At.AddDays(command.Days));
        await rows.AuditAsync(act, $"shortened-certificates-allowed {command.Days} days");
    }
}
