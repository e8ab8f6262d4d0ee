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
}
