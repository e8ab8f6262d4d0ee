namespace Issuer.Core.Feedback;

/// <summary>
/// How soon reports are answered and how many one may file: data of the ministry, in force from a day on.
/// </summary>
/// <param name="WorkingDays">A facility has this many before the province takes over.</param>
/// <param name="Calendar">Which days those are, for requests that take two people too.</param>
/// <param name="ReportsPerDay">Of one citizen.</param>
/// <param name="DeskReportsPerDay">
/// Of one person at the hotline desk, like <paramref name="DeskLookUpsPerDay"/>.
/// </param>
public sealed record FeedbackPolicy(
    DateOnly ValidFrom, int WorkingDays, WorkCalendar Calendar, long ReportsPerDay, long DeskReportsPerDay,
    long DeskLookUpsPerDay)
{
    /// <summary>The first moment that is too late.</summary>
    public DateTimeOffset DeadlineOf(DateTimeOffset filedAt, TimeSpan utcOffset) =>
        Calendar.EndOfTerm(WorkingDays, filedAt, utcOffset);
}
