using Issuer.Core.Holds;

namespace Issuer.Storage.Holds;

/// <summary>A row of <c>hold</c>.</summary>
sealed record HoldColumns(
    long Id, string Facility, string? Province, string? Clerk, string Causes, long FromAt, long OpenedAt, long DueAt,
    long State, long? EndedAt)
{
    public static readonly ColumnList All = ColumnList.Of<HoldColumns>();

    public Hold ToHold() => new(
        Id, Facility, Province, Clerk, HoldCauses.Parse(Causes), Instant(FromAt), Instant(OpenedAt), Instant(DueAt),
        (HoldState)State, EndedAt is { } at ? Instant(at) : null);

    static DateTimeOffset Instant(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
