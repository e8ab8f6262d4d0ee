using Issuer.Core.Holds;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Records;

/// <summary>Claims in the transaction of the records that make them.</summary>
sealed class ClaimRows(WriteSession session) : IClaimRows
{
    static readonly string Select = $"select {ColumnList.Of<Row>()} from registry_claim";

    public async Task<IReadOnlyList<KeptClaim>> MadeAsync(
        IReadOnlyCollection<Claim> claims, IReadOnlyCollection<string> facilities)
    {
        var here = facilities.ToArray();
        var found = new Dictionary<Claim, KeptClaim>();
        foreach (var numbers in claims.Select(claim => claim.Number).Distinct().Chunk(session.ListSize))
        {
            Add(await session.QueryAsync<Row>(
                $"{Select} where number_key {session.OneOf("numbers")} and facility {session.OneOf("here")}",
                new { numbers, here }));
        }
        foreach (var persons in claims.Select(claim => claim.Person).Distinct().Chunk(session.ListSize))
        {
            Add(await session.QueryAsync<Row>(
                $"{Select} where person_key {session.OneOf("persons")}", new { persons }));
        }
        return [.. found.Values];

        void Add(IEnumerable<Row> rows)
        {
            foreach (var row in rows)
            {
                found[new Claim(row.NumberKey, row.PersonKey)] = row.ToClaim();
            }
        }
    }

    // Everybody takes their places in the same order, or two who claim the same would wait for each other.
    public Task AddAsync(IReadOnlyCollection<AnsweredClaim> claims) => session.InsertAsync(
        "registry_claim",
        claims.Select(Row.Of).OrderBy(row => row.NumberKey).ThenBy(row => row.NumberPlace));

    public async Task<long> CountAsync(string caller, DateOnly day, long claims, int perDay) =>
        (await session.QueryAsync<long>(
            """
            insert into daily_use (name, day, used) values (@name, @day, @claims)
            on conflict (name) do update set
                used = case when daily_use.used > (excluded.day - daily_use.day) * @perDay
                    then daily_use.used - (excluded.day - daily_use.day) * @perDay else 0 end + excluded.used,
                day = excluded.day
            returning used
            """,
            new { name = $"registry-claim {caller}", day = StoredDays.Of(day), claims, perDay = (long)perDay }))[0];

    public async Task<long> DrawAsync(string facility, long claims, DateTimeOffset now)
    {
        var at = now.ToUnixTimeSeconds();
        var open = await session.QueryAsync<(long Id, long Left)>(
            $"select id, size - used from cleaning_list l where facility = @facility and {IsToBeDrawnOn("l")}",
            new { facility, now = at });
        if (open is not [var (id, left)])
        {
            return 0;
        }
        var drawn = Math.Min(left, claims);
        // Somebody else may have drawn meanwhile: then there is less, and the rest waits.
        return await session.ExecuteAsync(
            "update cleaning_list set used = used + @drawn where id = @id and size - used >= @drawn",
            new { id, drawn }) == 1 ? drawn : 0;
    }

    public async Task<IReadOnlySet<long>> ClaimedAtAsync(
        IReadOnlyCollection<long> numbers, int facilities, DateTimeOffset since)
    {
        var shared = new HashSet<long>();
        foreach (var keys in numbers.Chunk(session.ListSize))
        {
            shared.UnionWith(await session.QueryAsync<long>(
                $"""
                select number_key from registry_claim
                where number_key {session.OneOf("keys")} and seen_at > @since
                group by number_key having count(distinct facility) >= @facilities
                """,
                new { keys, since = since.ToUnixTimeSeconds(), facilities = (long)facilities }));
        }
        return shared;
    }

    /// <summary>The latest moment from which one of the claims may be answered.</summary>
    public static async Task<DateTimeOffset?> AnswerFromAsync(WriteSession session, IReadOnlyCollection<Claim> claims)
    {
        var numbers = claims.Select(claim => claim.Number).Distinct().ToArray();
        var persons = claims.Select(claim => claim.Person).Distinct().ToArray();
        return numbers.Length == 0
            ? null
            : (await session.QueryAsync<long?>(
                $"""
                select max(answer_at) from registry_claim
                where person_key {session.OneOf("persons")} and number_key {session.OneOf("numbers")}
                """,
                new { persons, numbers })).Single() is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    /// <summary>Whoever makes one of these claims waits no longer.</summary>
    public static Task ReleaseAsync(WriteSession session, IEnumerable<Claim> claims, DateTimeOffset at) =>
        session.ExecuteManyAsync(
            """
            update registry_claim set answer_at = @now
            where person_key = @Person and number_key = @Number and answer_at > @now
            """,
            claims.Select(claim => new { claim.Person, claim.Number, now = at.ToUnixTimeSeconds() }));

    sealed record Row(
        long NumberKey, string Facility, long NumberPlace, long PersonKey, long PersonPlace, long AnswerAt, long SeenAt)
    {
        public static Row Of(AnsweredClaim claim) => new(
            claim.Placed.Claim.Number, claim.Placed.Record.Facility, claim.Placed.NumberPlace,
            claim.Placed.Claim.Person, claim.Placed.PersonPlace, claim.AnswerAt.ToUnixTimeSeconds(),
            claim.Placed.Act.At.ToUnixTimeSeconds());

        public KeptClaim ToClaim() => new(
            new Claim(NumberKey, PersonKey), Facility, NumberPlace, PersonPlace,
            DateTimeOffset.FromUnixTimeSeconds(AnswerAt));
    }
}
