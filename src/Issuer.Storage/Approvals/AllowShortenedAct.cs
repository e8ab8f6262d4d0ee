using Issuer.Core;
using Issuer.Core.Approvals;

namespace Issuer.Storage.Approvals;

/// <summary>The set: until when it is allowed already.</summary>
sealed class AllowShortenedAct : ApprovalAct<AllowShortened>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        WriteSession session, AllowShortened command, MaterialisedSet? asked, DateTimeOffset now) =>
        new MaterialisedSet([$"allowed until {await Settings.ShortenedUntilAsync(session)}"]);

    protected override async Task ExecuteAsync(
        WriteSession session, AllowShortened command, Approval approval, Act act)
    {
        await Settings.AllowShortenedAsync(session, act.At.AddDays(command.Days));
        await AuditRows.AddAsync(session, act, [$"shortened-certificates-allowed {command.Days} days"]);
    }
}
