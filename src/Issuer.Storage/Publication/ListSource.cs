using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Publication;

/// <summary>Reads one snapshot page by page: 75 million rows never lie in memory.</summary>
sealed class ListSource(Database database, DbConnection snapshot, DateTimeOffset moment) : IListSource
{
    const int Page = 20_000;

    static readonly string UnexpiredSelect =
        $"""
        select c.slot, c.kid, c.revocation_hash,
            (select count(*) from revocation v where v.slot = c.slot and {IsInForce("v", "@at")}) as refused
        from certificate c
        """;

    readonly long at = moment.ToUnixTimeSeconds();

    public async IAsyncEnumerable<ListedCertificate> RefusedAsync(
        DateTimeOffset expiringAfter, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in PagesAsync<RefusedColumns>(
            $"""
            select v.slot, c.kid, c.revocation_hash, c.expires_at, v.suspended_until
            from revocation v join certificate c on c.slot = v.slot
            where v.slot > @after and {IsInForce("v", "@at")} and {IsAlive("c", "@expiry")}
                and not {HasWithdrawnKey("c")}
            order by v.slot limit @page
            """,
            expiringAfter, row => row.Slot, cancel))
        {
            yield return row.ToCertificate();
        }
    }

    public async Task<IReadOnlyList<ListedCertificate>> DeclaredAsync(
        IReadOnlyCollection<RevocationReason> reasons, DateTimeOffset since, CancellationToken cancel) =>
        [.. (await snapshot.QueryAsync<RefusedColumns>(new CommandDefinition(
            $"""
            select v.slot, c.kid, c.revocation_hash, c.expires_at, v.suspended_until
            from revocation v join certificate c on c.slot = v.slot
            where {TakesEffectAfter("v", "@since")} and {IsInForce("v", "@at")}
                and v.reason {database.OneOf("reasons")}
                and {IsAlive("c", "@at")} and not {HasWithdrawnKey("c")}
            """,
            new { since = since.ToUnixTimeSeconds(), reasons = reasons.Select(reason => (long)reason).ToArray(), at },
            cancellationToken: cancel)))
        .Select(row => row.ToCertificate())];

    public async Task<IReadOnlyList<UnexpiredCertificate>> AskAboutAsync(
        IReadOnlyList<Slot> slots, CancellationToken cancel)
    {
        var found = new List<UnexpiredCertificate>();
        foreach (var page in slots.Select(slot => slot.Value).Chunk(Page))
        {
            var rows = await snapshot.QueryAsync<(long Slot, string Kid, byte[] Hash, long Refused)>(
                new CommandDefinition(
                    $"""
                    {UnexpiredSelect}
                    where c.slot {database.OneOf("page")} and {IsAlive("c", "@at")} and not {HasWithdrawnKey("c")}
                    """,
                    new { page, at }, cancellationToken: cancel));
            found.AddRange(rows.Select(UnexpiredOf));
        }
        return found;
    }

    public async IAsyncEnumerable<UnexpiredCertificate> UnexpiredAsync(
        [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in PagesAsync<(long Slot, string Kid, byte[] Hash, long Refused)>(
            $"""
            {UnexpiredSelect}
            where c.slot > @after and {IsAlive("c", "@expiry")} and not {HasWithdrawnKey("c")}
            order by c.slot limit @page
            """,
            moment, row => row.Slot, cancel))
        {
            yield return UnexpiredOf(row);
        }
    }

    public async Task<Explanations> ExplainAsync(
        IReadOnlyList<Slot> removed, DateTimeOffset since, CancellationToken cancel)
    {
        var gone = new HashSet<Slot>();
        var undone = new HashSet<Slot>();
        foreach (var slots in removed.Select(slot => slot.Value).Chunk(Page))
        {
            gone.UnionWith(await SlotsAsync(
                $"""
                select c.slot from certificate c
                where c.slot {database.OneOf("slots")} and {IsCompleted("c")}
                    and (not {IsUnexpired("c", "@at")} or {HasWithdrawnKey("c")})
                """,
                slots));
            undone.UnionWith(await SlotsAsync(
                $"""
                select v.slot from revocation v where v.slot {database.OneOf("slots")} and {IsLifted("v", "@at")}
                """,
                slots));
        }
        return new Explanations(gone, undone, await snapshot.ExecuteScalarAsync<long>(
            $"""
            select count(*) from certificate c
            where {IsAlive("c", "@since")} and (not {IsUnexpired("c", "@at")}
                or exists (select 1 from dsc_withdrawal w where w.kid = c.kid and w.withdrawn_at >= @since))
            """,
            new { since = since.ToUnixTimeSeconds(), at }));
    }

    async Task<IEnumerable<Slot>> SlotsAsync(string sql, long[] slots) =>
        (await snapshot.QueryAsync<long>(sql, new { slots, at })).Select(slot => new Slot(slot));

    public async Task<IReadOnlySet<RevocationHash>> UndoneAsync(
        DateTimeOffset expiringAfter, CancellationToken cancel) =>
        (await snapshot.QueryAsync<byte[]>(new CommandDefinition(
            $"""
            select c.revocation_hash from revocation v join certificate c on c.slot = v.slot
            where ({IsLifted("v", "@at")} or {HasWithdrawnKey("c")}) and {IsUnexpired("c", "@expiry")}
            """,
            new { at, expiry = expiringAfter.ToUnixTimeSeconds() }, cancellationToken: cancel)))
        .Select(hash => new RevocationHash(hash)).ToHashSet();

    async IAsyncEnumerable<T> PagesAsync<T>(
        string sql, DateTimeOffset expiringAfter, Func<T, long> slotOf,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var (after, expiry) = (-1L, expiringAfter.ToUnixTimeSeconds());
        while (true)
        {
            var rows = (await snapshot.QueryAsync<T>(
                new CommandDefinition(sql, new { after, at, expiry, page = Page }, cancellationToken: cancel)))
                .AsList();
            foreach (var row in rows)
            {
                yield return row;
            }
            if (rows.Count < Page)
            {
                yield break;
            }
            after = slotOf(rows[^1]);
        }
    }

    static UnexpiredCertificate UnexpiredOf((long Slot, string Kid, byte[] Hash, long Refused) row) =>
        new(new Slot(row.Slot), KidOf(row.Slot, row.Kid), new RevocationHash(row.Hash), row.Refused > 0);

    static Kid KidOf(long slot, string text) =>
        Kid.TryParse(text, out var kid) ? kid : throw new InvalidDataException($"Slot {slot}: the kid is broken.");

    sealed record RefusedColumns(long Slot, string Kid, byte[] RevocationHash, long ExpiresAt, long? SuspendedUntil)
    {
        public ListedCertificate ToCertificate() => new(
            new Slot(Slot), KidOf(Slot, Kid), new RevocationHash(RevocationHash),
            DateTimeOffset.FromUnixTimeSeconds(ExpiresAt), SuspendedUntil is not null);
    }
}
