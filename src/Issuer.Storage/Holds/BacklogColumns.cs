using Issuer.Core.Facilities;
using Issuer.Storage.Records;

namespace Issuer.Storage.Holds;

/// <summary>A row of <c>backlog</c>.</summary>
sealed record BacklogColumns(
    long Id, string Facility, string Product, string FromDay, string ToDay, long Expected, long Taken)
{
    public static readonly ColumnList All = ColumnList.Of<BacklogColumns>();

    public AnnouncedBacklog ToBacklog() => new(
        Id, Facility, Product, RecordColumns.DayOf(FromDay), RecordColumns.DayOf(ToDay), Expected - Taken);

    /// <summary>Whether more may be given on that day; days are ISO text, which sorts like they do.</summary>
    public bool Covers(DosesOf doses) => doses.At == new ProductAt(Facility, Product)
        && string.CompareOrdinal(FromDay, doses.Day) <= 0 && string.CompareOrdinal(doses.Day, ToDay) <= 0;

    /// <summary>All that were ever announced by these facilities.</summary>
    public static Task<List<BacklogColumns>> OfAsync(WriteSession session, string[] facilities) =>
        session.QueryAsync<BacklogColumns>(
            $"select {All} from backlog where facility {session.OneOf("facilities")} order by id", new { facilities });
}
