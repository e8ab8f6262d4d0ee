namespace Issuer.Core;

/// <summary>The days on which offices work: data of the ministry.</summary>
/// <param name="DaysOff">Of every week; never all of them.</param>
/// <param name="Holidays">Days of no work, by date.</param>
public sealed record WorkCalendar(IReadOnlyCollection<DayOfWeek> DaysOff, IReadOnlyCollection<DateOnly> Holidays)
{
    /// <summary>
    /// The first moment after a term in working days. It begins on the day after and ends with its last day (Civil Code
    /// 2015, articles 147 and 148); days of no work do not count.
    /// </summary>
    public DateTimeOffset EndOfTerm(int workingDays, DateTimeOffset from, TimeSpan utcOffset)
    {
        var day = DateOnly.FromDateTime(from.ToOffset(utcOffset).Date);
        for (var left = workingDays; left > 0; left -= IsWorkingDay(day) ? 1 : 0)
        {
            day = day.AddDays(1);
        }
        return new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, utcOffset).ToUniversalTime();
    }

    bool IsWorkingDay(DateOnly day) => !DaysOff.Contains(day.DayOfWeek) && !Holidays.Contains(day);
}
