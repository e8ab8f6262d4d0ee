namespace Issuer.Storage;

/// <summary>A day as a number that columns hold: days since 1970.</summary>
static class StoredDays
{
    static readonly int First = new DateOnly(1970, 1, 1).DayNumber;

    public static long Of(DateOnly day) => day.DayNumber - First;

    public static DateOnly ToDay(long stored) => DateOnly.FromDayNumber((int)stored + First);
}
