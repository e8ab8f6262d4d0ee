using Issuer.Core.Approvals;

namespace Issuer.Core.Policies;

/// <summary>Whether a document may become the next version of its kind: pure.</summary>
public static class DecidePolicyImport
{
    /// <summary>The version that it would be.</summary>
    public static Result<PolicyVersion> Next(PolicyBook book, PolicyDocument document, Act act)
    {
        var kind = document.Kind;
        var latest = book.VersionsOf(kind)[^1];
        if (latest.Origin == PolicyOrigin.Imported && latest.Document.Digest.AsSpan().SequenceEqual(document.Digest))
        {
            return new Rejection(RejectionKind.Conflict, $"version {latest.Version} of {kind.Name} says the same");
        }
        var holding = book.HoldingOn(kind, PolicyBook.DayOf(act.At));
        return document.ValidFrom < holding.Document.ValidFrom
            ? new Rejection(RejectionKind.Invalid,
                $"the policy is refused: validFrom: must not be before {holding.Document.ValidFrom:yyyy-MM-dd}, when "
                    + $"version {holding.Version} began: it would never hold")
            : new PolicyVersion(document, latest.Version + 1, PolicyOrigin.Imported, act);
    }

    /// <summary>The same for a request, whose document is text.</summary>
    public static Result<PolicyVersion> Next(PolicyBook book, ImportPolicy command, Act act) =>
        PolicyDocument.Read(System.Text.Encoding.UTF8.GetBytes(command.Document)).OrRejection()
            .IsRefused(out var why, out var document)
            ? why
            : Next(book, document, act);

    /// <summary>
    /// What a second person says yes to: this document in this place. Another import in between voids the request.
    /// </summary>
    public static MaterialisedSet SetOf(PolicyBook book, PolicyVersion next)
    {
        var before = book.VersionsOf(next.Document.Kind)[^1];
        return new MaterialisedSet([
            $"{next.Document.Kind.Name} version {next.Version} {Convert.ToHexStringLower(next.Document.Digest)}",
            $"after version {before.Version} {Convert.ToHexStringLower(before.Document.Digest)}",
        ]);
    }
}
