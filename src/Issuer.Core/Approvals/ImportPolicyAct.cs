using System.Text;
using Issuer.Core.Policies;

namespace Issuer.Core.Approvals;

/// <summary>A policy document becomes the next version of its kind.</summary>
/// <param name="Document">Its canonical text.</param>
public sealed record ImportPolicy(string Document, string Reason) : TwoPersonCommand(Reason);

/// <summary>
/// The set: the version that it becomes, and the one that it follows. Another import in between voids the request.
/// </summary>
sealed class ImportPolicyAct : ApprovalAct<ImportPolicy>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, ImportPolicy command, MaterialisedSet? asked, DateTimeOffset now)
    {
        var book = await rows.Policies.ReadAsync();
        return Next(book, command, new Act("", now)).IsRefused(out var why, out var next) ? why : SetOf(book, next);
    }

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, ImportPolicy command, Approval approval, Act act) =>
        await rows.Policies.AddAsync(Next(await rows.Policies.ReadAsync(), command, act).Value!);

    static Result<PolicyVersion> Next(PolicyBook book, ImportPolicy command, Act act) =>
        PolicyDocument.Read(Encoding.UTF8.GetBytes(command.Document)).OrRejection()
            .IsRefused(out var why, out var document)
            ? why
            : DecidePolicyImport.Next(book, document, act);

    internal static MaterialisedSet SetOf(PolicyBook book, PolicyVersion next)
    {
        var before = book.VersionsOf(next.Document.Kind)[^1];
        return new MaterialisedSet([
            $"{next.Document.Kind.Name} version {next.Version} {Convert.ToHexStringLower(next.Document.Digest)}",
            $"after version {before.Version} {Convert.ToHexStringLower(before.Document.Digest)}",
        ]);
    }
}
