using System.Text.Json;

namespace Issuer.Core.Approvals;

/// <summary>
/// What one person asks for and another says yes to. Its canonical text is stored and digested, so members are plain
/// values in one order: lists are sorted, without repetition.
/// </summary>
/// <param name="Reason">For the second person and the auditor; no personal data.</param>
public abstract record TwoPersonCommand(string Reason)
{
    public string Canonical() => JsonSerializer.Serialize(this, GetType());
}

/// <summary>Ends the suspicion against these records.</summary>
public sealed record ReleaseHold(IReadOnlyList<long> Records, string Reason) : TwoPersonCommand(Reason)
{
    /// <summary>However the caller listed them.</summary>
    public static ReleaseHold Of(IEnumerable<long> records, string reason) =>
        new([.. records.Distinct().Order()], reason);
}

/// <summary>Lets a facility claim more people exempt from matching than policy does.</summary>
public sealed record RaiseExemptCap(string Facility, long Cap, string Reason) : TwoPersonCommand(Reason);

/// <summary>Two subjects are one person: the second's documents, records and lineages go to the first.</summary>
public sealed record MergeSubjects(long Kept, long Merged, string Reason) : TwoPersonCommand(Reason);

/// <summary>
/// For so many days certificates may end with the DSC, earlier than the ministry's rule says, when none outlives it.
/// </summary>
public sealed record AllowShortened(long Days, string Reason) : TwoPersonCommand(Reason);

/// <summary>They were two after all.</summary>
/// <param name="Merge">The approval under which they were merged.</param>
public sealed record UndoMerge(long Merge, string Reason) : TwoPersonCommand(Reason);

/// <summary>A policy document becomes the next version of its kind.</summary>
/// <param name="Document">Its canonical text.</param>
public sealed record ImportPolicy(string Document, string Reason) : TwoPersonCommand(Reason);
