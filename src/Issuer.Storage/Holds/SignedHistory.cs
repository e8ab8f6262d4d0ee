using Dapper;
using Issuer.Core.Facilities;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Holds;

/// <summary>What facilities signed for, with everything that their work is judged by.</summary>
public sealed class SignedHistory(Database database)
{
    /// <summary>Of what is signed for still, the first signature under its version first.</summary>
    public Task<IReadOnlyList<SignedThen>> OfAsync(string facility, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<SignedThen>>(
            async connection =>
            {
                var later = (await connection.QueryAsync<long>(
                    $"{SignedColumns.WithEarlier} and r.facility = @facility", new { facility })).ToHashSet();
                var signed = await connection.QueryAsync<SignedColumns, AttestedColumns, SignedThen>(
                    $"""
                    {SignedColumns.SelectSigned}
                    where r.facility = @facility and {IsAttested("r")} order by a.signed_at, a.id
                    """,
                    (dose, attested) => new SignedThen(
                        dose.ToDose(later.Contains(dose.Id)), attested.SignedBy,
                        DateTimeOffset.FromUnixTimeSeconds(attested.SignedAt)),
                    new { facility }, splitOn: "signed_by");
                return [.. signed.DistinctBy(one => one.Dose.RecordId)];
            },
            cancel);

    /// <summary>As they were announced, none of their doses taken.</summary>
    public Task<IReadOnlyList<AnnouncedBacklog>> BacklogsAsync(string facility, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<AnnouncedBacklog>>(
            async connection => [.. (await connection.QueryAsync<BacklogColumns>(
                $"select {BacklogColumns.All} from backlog where facility = @facility order by id", new { facility }))
                .Select(row => row.ToBacklog() with { Left = row.Expected })],
            cancel);

    sealed record AttestedColumns(string SignedBy, long SignedAt);
}
