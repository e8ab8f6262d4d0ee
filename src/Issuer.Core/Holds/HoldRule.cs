namespace Issuer.Core.Holds;

/// <summary>Stored by number: only append.</summary>
public enum HoldState
{
    Open = 0,

    /// <summary>Two people found nothing wrong: its doses count again.</summary>
    Cleared = 1,

    /// <summary>Two people withdrew its records.</summary>
    Withdrawn = 2,
}

/// <summary>Whose step it is.</summary>
public enum HoldReviewer
{
    Province,

    /// <summary>The province is late, or the facility has none.</summary>
    Ministry,
}

/// <summary>Doses of a facility that wait until two people have looked at them.</summary>
/// <param name="Province">The facility's; null: it has none.</param>
/// <param name="Clerk">Whose entries, folded; null: all of the facility's.</param>
/// <param name="From">The first moment of signing that it covers.</param>
/// <param name="DueAt">The first moment that is too late for the province.</param>
/// <param name="EndedAt">Null while it is open.</param>
public sealed record Hold(
    long Id, string Facility, string? Province, string? Clerk, IReadOnlyList<HoldCause> Causes, DateTimeOffset From,
    DateTimeOffset OpenedAt, DateTimeOffset DueAt, HoldState State, DateTimeOffset? EndedAt);

/// <summary>Pure.</summary>
public static class HoldRule
{
    public static HoldReviewer ReviewerOf(string? province, DateTimeOffset dueAt, DateTimeOffset now) =>
        province is null || now >= dueAt ? HoldReviewer.Ministry : HoldReviewer.Province;
}
