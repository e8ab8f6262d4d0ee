using Dapper;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage;

/// <summary>Something that must never be: its rows are looked for, and none may be found.</summary>
public sealed record Invariant(string Name, string Rows);

/// <summary>
/// "Nothing lost" as queries that return no row (reliability.md); <c>@now</c> is the moment it is asked at.
/// </summary>
public sealed class Invariants(Database database)
{
    const long DayAndAHalf = 129_600;

    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("a current slot is a completed certificate of its lineage",
            $"""
            select l.id from lineage l where l.current_slot is not null and not exists (
                select 1 from certificate c where c.slot = l.current_slot and c.lineage_id = l.id
                    and {IsCompleted("c")})
            """),
        new("a record is of a facility that is there",
            """
            select r.id from record r where not exists (select 1 from facility f where f.code = r.facility)
            """),
        new("a record's person is there, and so is what it repeats",
            $"""
            select r.id from record r
            where ({HasSubject("r")} and not exists (select 1 from subject s where s.id = r.subject_id))
                or (not {RepeatsNone("r")} and not exists (select 1 from record o where o.id = r.duplicate_of))
            """),
        new("a person has at most one open lineage",
            $"select subject_id from lineage where {IsOpen("lineage")} group by subject_id having count(*) > 1"),
        new("a signature and its revocation hash come together, and never on an abandoned intent",
            $"""
            select c.slot from certificate c
            where ({IsUnsigned("c")}) <> (c.revocation_hash is null) or (not {IsKept("c")} and {IsCompleted("c")})
            """),
        new("an identifier is used once",
            "select random from certificate group by random having count(*) > 1"),
        new("every slot comes from a shard that was opened",
            $"""
            select slot from certificate
            where slot / {ShardOrder.SlotsPerShard} > coalesce((select max(number) from shard), -1)
            """),
        new("a certificate follows a completed one of its lineage",
            $"""
            select c.slot from certificate c where c.predecessor is not null and {IsCompleted("c")}
                and not exists (select 1 from certificate p where p.slot = c.predecessor
                    and p.lineage_id = c.lineage_id and {IsCompleted("p")})
            """),
        new("a certificate has one successor",
            $"""
            select c.predecessor from certificate c where c.predecessor is not null and {IsCompleted("c")}
            group by c.predecessor having count(*) > 1
            """),
        new("completing left one audit row",
            $"""
            select c.slot from certificate c
            left join (select object_id, count(*) as rows from audit where act = 'certificate-completed'
                group by object_id) a on a.object_id = c.slot
            where {IsCompleted("c")} and coalesce(a.rows, 0) <> 1
            """),
        new("no intent stays open",
            $"""
            select c.slot from certificate c where {IsIntent("c")} and c.issued_at < @now - {DayAndAHalf}
            """),
        new("a certificate ends after it begins",
            "select slot from certificate where expires_at <= issued_at"),
        new("an open lineage with a certificate has its moment or the reason why not",
            $"""
            select l.id from lineage l where {IsOpen("l")} and l.current_slot is not null and l.regenerate_at is null
                and l.regenerate_refusal is null
            """),
        new("no certificate expired without a successor, unless that is refused or waits for a decision or revocation",
            $"""
            select l.id from lineage l join certificate c on c.slot = l.current_slot
                join subject s on s.id = l.subject_id
            where {IsOpen("l")} and not {IsUnexpired("c")} and l.regenerate_refusal is null and {IsDecided("s")}
                and s.refusals is null
                and not exists (select 1 from revocation v where v.slot = c.slot and {Stands("v")})
            """),
        new("an act that needs two people has two different ones",
            $"""
            select id from approval
            where state = {ApprovalState.Executed:D} and (decided_by is null or decided_by = requested_by)
            """),
    ];

    /// <summary>How many rows break each; only those that are broken.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ViolationsAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var found = new Dictionary<string, long>();
        foreach (var invariant in All)
        {
            var rows = await database.ReadAsync(
                connection => connection.ExecuteScalarAsync<long>(
                    $"select count(*) from ({invariant.Rows}) as broken", new { now = now.ToUnixTimeSeconds() }),
                cancel);
            if (rows > 0)
            {
                found.Add(invariant.Name, rows);
            }
        }
        return found;
    }
}
