using Dapper;
using Issuer.Storage;

namespace Issuer.Benchmarks;

/// <summary>The holders' side of a store at one moment, read past every store of a feature.</summary>
sealed class LifetimeChecks(Database database)
{
    /// <summary>What a border would accept from the holder's app: unexpired, and nothing stands against it.</summary>
    const string Accepted =
        """
        c.signature is not null and c.issued_at <= @now and c.expires_at > @now and not exists (
            select 1 from revocation r where r.slot = c.slot and r.undone_at is null and r.effective_at <= @now)
        """;

    /// <summary>How many people have a current certificate that is accepted.</summary>
    public Task<long> LivingAsync(DateTimeOffset now, CancellationToken cancel) => CountAsync(
        $"from lineage l join certificate c on c.slot = l.current_slot where l.is_open = 1 and {Accepted}", now,
        cancel);

    /// <summary>Accepted certificates of somebody who should have none: no current one of theirs is.</summary>
    public Task<long> OrphansAsync(DateTimeOffset now, CancellationToken cancel) => CountAsync(
        $"""
        from lineage l join certificate c on c.lineage_id = l.id
        where l.is_open = 0 and {Accepted} and not exists (
            select 1 from revocation g where g.slot = c.slot and g.undone_at is null)
        """,
        now, cancel);

    /// <summary>
    /// People whose current certificate is another than it should be: one that is missing, that is too much, or that
    /// says another dose.
    /// </summary>
    public async Task<long> DifferencesAsync(
        IEnumerable<(string Number, int Doses)> entitled, DateTimeOffset now, CancellationToken cancel)
    {
        var expected = entitled.ToDictionary(pair => $"VNM:{pair.Number}", pair => (long)pair.Doses);
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<(string Document, long Doses)>(
                $"""
                select d.document, c.dose_number
                from lineage l join certificate c on c.slot = l.current_slot
                join identity_document d on d.subject_id = l.subject_id
                where l.is_open = 1 and {Accepted}
                """,
                new { now = now.ToUnixTimeSeconds() }),
            cancel);
        long different = 0;
        foreach (var (document, doses) in rows)
        {
            different += expected.Remove(document, out var should) && should == doses ? 0 : 1;
        }
        return different + expected.Count;
    }

    Task<long> CountAsync(string from, DateTimeOffset now, CancellationToken cancel) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(
            $"select count(*) {from}", new { now = now.ToUnixTimeSeconds() }),
        cancel);
}
