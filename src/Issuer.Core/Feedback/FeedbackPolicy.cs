namespace Issuer.Core.Feedback;

/// <summary>
/// How soon reports are answered and how many one may file: data of the ministry, in force from a day on.
/// </summary>
/// <param name="WorkingDays">A facility has this many before the province takes over.</param>
/// <param name="DaysOff">Of every week.</param>
/// <param name="Holidays">Days of no work, by date.</param>
/// <param name="ReportsPerDay">Of one citizen.</param>
/// <param name="DeskReportsPerDay">
/// Of one person at the hotline desk, like <paramref name="DeskLookUpsPerDay"/>.
/// </param>
public sealed record FeedbackPolicy(
    DateOnly ValidFrom, int WorkingDays, IReadOnlyList<DayOfWeek> DaysOff, IReadOnlyList<DateOnly> Holidays,
    long ReportsPerDay, long DeskReportsPerDay, long DeskLookUpsPerDay)
{
    /// <summary>
    /// The first moment that is too late. A term in days begins on the day after and ends with its last day (Civil Code
    /// 2015, articles 147 and 148); days of no work do not count.
    /// </summary>
    public DateTimeOffset DeadlineOf(DateTimeOffset filedAt, TimeSpan utcOffset)
    {
        var day = DateOnly.FromDateTime(filedAt.ToOffset(utcOffset).Date);
        for (var left = WorkingDays; left > 0; left -= IsWorkingDay(day) ? 1 : 0)
        {
            day = day.AddDays(1);
        }
        return new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, utcOffset).ToUniversalTime();
    }

    bool IsWorkingDay(DateOnly day) => !DaysOff.Contains(day.DayOfWeek) && !Holidays.Contains(day);
}
