using Dapper;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>Two subjects that look like one person.</summary>
public sealed record SubjectProposal(long Keep, long Merge);

/// <summary>Proposals to merge: told, never acted on without two people.</summary>
public sealed class SubjectProposals(Database database)
{
    /// <summary>
    /// Whoever has no twelve-digit number (a passport holder, somebody known by an old number) and has the standardised
    /// name, sex and birth date of another. Two who both have one are two people, however alike.
    /// </summary>
    /// <returns>By the one to be merged, from the one after <paramref name="after"/> on.</returns>
    public Task<IReadOnlyList<SubjectProposal>> PageAsync(long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<SubjectProposal>>(
            async connection => [.. (await connection.QueryAsync<(long Keep, long Merge)>(
                $"""
                select min(k.id) as keep, m.id as merge
                from subject m
                join subject k on k.look_key = m.look_key and {StandsForItself("k")} and k.id <> m.id
                where {StandsForItself("m")} and m.id > @after
                  and not exists (select 1 from identity_document d
                      where d.subject_id = m.id and d.document like 'VNM:____________')
                  and (k.id < m.id or exists (select 1 from identity_document d
                      where d.subject_id = k.id and d.document like 'VNM:____________'))
                group by m.id order by m.id limit @limit
                """,
                new { after, limit })).Select(row => new SubjectProposal(row.Keep, row.Merge))],
            cancel);
}
