namespace Issuer.Core.Identity;

/// <summary>Which two subjects can be one person at all.</summary>
public static class MergeRule
{
    /// <summary>
    /// The registry gives every citizen one twelve-digit number, so two of them are two people; and whoever has one
    /// stays, because the registry's spelling of the name goes with it.
    /// </summary>
    public static Rejection? Refuse(IEnumerable<string> documentsOfKept, IEnumerable<string> documentsOfMerged)
    {
        if (!documentsOfMerged.Any(DocumentKey.IsCitizenNumber))
        {
            return null;
        }
        return documentsOfKept.Any(DocumentKey.IsCitizenNumber)
            ? new Rejection(RejectionKind.Conflict, "the registry knows these as two people")
            : new Rejection(RejectionKind.Conflict, "the one with the twelve-digit number must be kept");
    }
}
