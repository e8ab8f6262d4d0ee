using System.Data.Common;
using Dapper;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Storage.Approvals;
using Issuer.Storage.Certificates;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Holds;

/// <summary>A hold, and how much is under it.</summary>
/// <param name="Waiting">Records that certify nothing.</param>
/// <param name="Certified">Records that a certificate relied on already.</param>
public sealed record HoldOnRecord(Hold Hold, long Waiting, long Certified);

/// <summary>A record under a hold, and what came of it before.</summary>
public sealed record HeldWithCertificates(
    long RecordId, long Version, bool WasCertified, bool IsReleased, bool IsWithdrawn,
    IReadOnlyList<IssuedCertificate> Certificates);

/// <summary>Holds on causes as people look at them.</summary>
public sealed class HoldStore(Database database)
{
    static readonly TwoPersonCommand[] Ending = [new ClearHold(0, ""), new WithdrawHold(0, "")];

    /// <summary>By number, from the one after <paramref name="after"/> on.</summary>
    public Task<IReadOnlyList<HoldOnRecord>> PageAsync(
        WorklistScope scope, bool isOpenOnly, long after, int limit, CancellationToken cancel) => database.ReadAsync(
            connection => HoldsAsync(
                connection, scope,
                $"h.id > @after {(isOpenOnly ? $"and {IsOpenHold("h")}" : "")}", "order by h.id limit @limit",
                new { after, limit }),
            cancel);

    /// <summary>Null: there is none, or it lies outside the scope.</summary>
    public async Task<HoldOnRecord?> FindAsync(WorklistScope scope, long id, CancellationToken cancel) =>
        (await database.ReadAsync(
            connection => HoldsAsync(connection, scope, "h.id = @id", "", new { id }), cancel)).SingleOrDefault();

    /// <summary>What is under it with everything that came of it, by record.</summary>
    public Task<IReadOnlyList<HeldWithCertificates>> RecordsAsync(
        long hold, long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<HeldWithCertificates>>(
            async connection =>
            {
                var rows = (await connection.QueryAsync<RecordRow>(
                    """
                    select m.record_id, r.version, m.was_certified, m.released, r.withdrawn
                    from hold_record m join record r on r.id = m.record_id
                    where m.hold_id = @hold and m.record_id > @after order by m.record_id limit @limit
                    """,
                    new { hold, after, limit })).AsList();
                var certificates = await HolderCertificates.SinceSignedAsync(
                    connection, database.OneOf("records"),
                    [.. rows.Where(row => row.WasCertified == 1).Select(row => row.RecordId)]);
                return rows.ConvertAll(row => new HeldWithCertificates(
                    row.RecordId, row.Version, row.WasCertified == 1, row.Released == 1, row.Withdrawn == 1,
                    [.. certificates[row.RecordId]]));
            },
            cancel);

    /// <summary>What somebody asked for about this hold and nobody has answered.</summary>
    public Task<IReadOnlyList<Approval>> RequestsAsync(
        long hold, DateTimeOffset now, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<Approval>>(
            async connection => [.. (await ApprovalColumns.WaitingAsync(
                connection, database, [.. Ending.Select(command => ApprovalRule.Of(command).Act)]))
                .Where(approval => approval.StateAt(now) == ApprovalState.Requested && approval.Command switch
                {
                    ClearHold clear => clear.Hold == hold,
                    WithdrawHold withdraw => withdraw.Hold == hold,
                    _ => false,
                })],
            cancel);

    async Task<IReadOnlyList<HoldOnRecord>> HoldsAsync(
        DbConnection connection, WorklistScope scope, string where, string rest, object values)
    {
        var parameters = new DynamicParameters(values);
        if (scope.Facility is { } facility)
        {
            where += " and h.facility = @facility";
            parameters.Add("facility", facility);
        }
        if (scope.Provinces is { } provinces)
        {
            where += $" and h.province {database.OneOf("provinces")}";
            parameters.Add("provinces", provinces.ToArray());
        }
        var holds = (await connection.QueryAsync<HoldColumns>(
            $"select {HoldColumns.All.In("h")} from hold h where {where} {rest}", parameters)).AsList();
        var found = new List<HoldOnRecord>();
        foreach (var hold in holds)
        {
            found.Add(new HoldOnRecord(
                hold.ToHold(),
                await CountAsync(connection, hold.Id, $"m.was_certified = {No} and m.released = {No}"),
                await CountAsync(connection, hold.Id, $"m.was_certified = {Yes}")));
        }
        return found;
    }

    static Task<long> CountAsync(DbConnection connection, long hold, string which) =>
        connection.ExecuteScalarAsync<long>(
            $"select count(*) from hold_record m where m.hold_id = @hold and {which}", new { hold });

    sealed record RecordRow(long RecordId, long Version, long WasCertified, long Released, long Withdrawn);
}
