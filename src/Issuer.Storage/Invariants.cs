using Dapper;

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
            """
            select l.id from lineage l where l.current_slot is not null and not exists (
                select 1 from certificate c where c.slot = l.current_slot and c.lineage_id = l.id
                    and c.signature is not null)
            """),
        new("a person has at most one open lineage",
            "select subject_id from lineage where is_open = 1 group by subject_id having count(*) > 1"),
        new("a signature and its revocation hash come together, and never on what was given up",
            """
            select slot from certificate
            where (signature is null) <> (revocation_hash is null) or (abandoned = 1 and signature is not null)
            """),
        new("an identifier is used once",
            "select random from certificate group by random having count(*) > 1"),
        new("every slot comes from a shard that was opened",
            "select slot from certificate where slot / 1048576 > coalesce((select max(number) from shard), -1)"),
        new("a certificate follows a completed one of its lineage",
            """
            select c.slot from certificate c where c.predecessor is not null and c.signature is not null
                and not exists (select 1 from certificate p where p.slot = c.predecessor
                    and p.lineage_id = c.lineage_id and p.signature is not null)
            """),
        new("a certificate has one successor",
            """
            select predecessor from certificate where predecessor is not null and signature is not null
            group by predecessor having count(*) > 1
            """),
        new("completing left one audit row",
            """
            select c.slot from certificate c
            left join (select object_id, count(*) as rows from audit where act = 'certificate-completed'
                group by object_id) a on a.object_id = c.slot
            where c.signature is not null and coalesce(a.rows, 0) <> 1
            """),
        new("no intent stays open",
            $"""
            select slot from certificate
            where signature is null and abandoned = 0 and issued_at < @now - {DayAndAHalf}
            """),
        new("a certificate ends after it begins",
            "select slot from certificate where expires_at <= issued_at"),
        new("an open lineage with a certificate has its moment or the reason why not",
            """
            select id from lineage where is_open = 1 and current_slot is not null and regenerate_at is null
                and regenerate_refusal is null
            """),
        new("nobody's certificate ran out unless its successor was refused or waits for a decision or a revocation",
            """
            select l.id from lineage l join certificate c on c.slot = l.current_slot
                join subject s on s.id = l.subject_id
            where l.is_open = 1 and c.expires_at <= @now and l.regenerate_refusal is null and s.decided = s.revision
                and s.refusals is null
                and not exists (select 1 from revocation r where r.slot = c.slot and r.undone_at is null)
            """),
        new("two different people stand behind what takes two",
            "select id from approval where state = 1 and (decided_by is null or decided_by = requested_by)"),
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
