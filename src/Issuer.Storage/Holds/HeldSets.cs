using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Records;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Holds;

/// <summary>Records that go under a hold, and come out of it, together.</summary>
static class HeldSets
{
    /// <summary>Of a list in one statement.</summary>
    const int MostAtOnce = 500;

    /// <summary>What is signed since the hold begins, and under no open hold yet.</summary>
    static string Signed(string which) =>
        $"""
        from record r
        join attestation a on a.record_id = r.id and a.record_version = r.version
        left join record_version f on f.record_id = r.id and f.version = 1
        where {which} and {IsAttested("r")} and {IsGiven("r")} and a.signed_at >= @from
          and not exists (select 1 from hold_record h join hold o on o.id = h.hold_id
            where h.record_id = r.id and {IsOpenHold("o")})
        """;

    /// <summary>A certificate relies on a dose when one was prepared since it was signed for.</summary>
    static readonly string IsCertified =
        $"""
        exists (select 1 from lineage l join certificate c on c.lineage_id = l.id
            where l.subject_id = r.subject_id and {IsKept("c")} and c.issued_at >= a.signed_at)
        """;

    public static async Task PutUnderAsync(WriteSession session, Hold hold, string which, object values, Act act)
    {
        var found = (await session.QueryAsync<SignedRow>(
                $"select r.id, r.held, r.entered_by, f.entered_by as first_by {Signed(which)} order by r.id", values))
            .DistinctBy(row => row.Id)
            .Where(row => hold.Clerk is null || Subjects.Folded(row.FirstBy ?? row.EnteredBy) == hold.Clerk).ToList();
        if (found.Count == 0)
        {
            return;
        }
        var certified = (await session.QueryAsync<long>($"select r.id {Signed(which)} and {IsCertified}", values))
            .ToHashSet();
        await session.InsertAsync("hold_record", found.Select(row => new
        {
            holdId = hold.Id, recordId = row.Id, heldBefore = row.Held,
            wasCertified = certified.Contains(row.Id) ? 1L : 0L, released = 0L,
        }));
        var ids = found.Select(row => row.Id).Where(id => !certified.Contains(id)).ToList();
        await session.ExecuteManyAsync(
            $"update record set held = {HoldReason.Suspicion:D} where id = @id", ids.Select(id => new { id }));
        await TouchAsync(session, ids);
        await AuditRows.AddAsync(session, act, "record-held suspicion", ids);
    }

    /// <summary>What is under a hold and was not released.</summary>
    /// <param name="hold">The parameter that holds its number.</param>
    public static string MembersOf(string hold) =>
        $"select h.record_id from hold_record h where h.hold_id = {hold} and h.released = {No}";

    /// <summary>They are again what they were before; their persons are decided again.</summary>
    public static async Task ReleaseAsync(
        WriteSession session, long hold, IReadOnlyCollection<long> records, Act act)
    {
        var wanted = records.ToHashSet();
        var held = (await session.QueryAsync<(long Id, long Before)>(
            $"""
            select r.id, h.held_before from hold_record h join record r on r.id = h.record_id
            where h.hold_id = @hold and h.released = {No} and {IsHeldFor("r", HoldReason.Suspicion)} order by r.id
            """,
            new { hold })).FindAll(row => wanted.Contains(row.Id));
        await session.ExecuteManyAsync(
            "update record set held = @Before where id = @Id", held.Select(row => new { row.Id, row.Before }));
        await session.ExecuteManyAsync(
            $"update hold_record set released = {Yes} where hold_id = @hold and record_id = @record",
            records.Select(record => new { hold, record }));
        var ids = held.ConvertAll(row => row.Id);
        await TouchAsync(session, ids);
        await AuditRows.AddAsync(session, act, "hold-released", ids);
    }

    static async Task TouchAsync(WriteSession session, IReadOnlyCollection<long> records)
    {
        foreach (var some in records.Chunk(MostAtOnce))
        {
            await SubjectRows.TouchAsync(session, await session.QueryAsync<long>(
                $"select distinct subject_id from record where {HasSubject("record")} and id {session.OneOf("some")}",
                new { some }));
        }
    }

    sealed record SignedRow(long Id, long Held, string EnteredBy, string? FirstBy);
}
