using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Policies;
using Issuer.Storage.Policies;

namespace Issuer.Storage.Approvals;

/// <summary>The set: the version that it becomes, and the one that it follows.</summary>
sealed class ImportPolicyAct : ApprovalAct<ImportPolicy>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        WriteSession session, ImportPolicy command, MaterialisedSet? asked, DateTimeOffset now)
    {
        var book = await PolicyRows.ReadAsync(session);
        return DecidePolicyImport.Next(book, command, new Act("", now)).IsRefused(out var why, out var next)
            ? why
            : DecidePolicyImport.SetOf(book, next);
    }

    protected override async Task ExecuteAsync(WriteSession session, ImportPolicy command, Approval approval, Act act)
    {
        var next = DecidePolicyImport.Next(await PolicyRows.ReadAsync(session), command, act);
        await PolicyRows.AddAsync(session, next.Value!);
    }
}
