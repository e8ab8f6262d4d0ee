using System.Data.Common;
using Dapper;
using Issuer.Core.Approvals;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

/// <summary>A row of <c>approval</c>, as both engines return it.</summary>
sealed record ApprovalColumns(
    long Id, string Act, string Command, string Materialised, byte[] Digest, string RequestedBy, long RequestedAt,
    long ExpiresAt, long State, string? DecidedBy, long? DecidedAt)
{
    static readonly ColumnList All = ColumnList.Of<ApprovalColumns>();

    public static Task InsertAsync(WriteSession session, Approval a) => session.InsertOneAsync(
        "approval",
        new ApprovalColumns(
            a.Id, a.Rule.Act, a.Command.Canonical(), a.Set.Text, a.Digest, a.RequestedBy,
            a.RequestedAt.ToUnixTimeSeconds(), a.ExpiresAt.ToUnixTimeSeconds(), (long)a.State, a.DecidedBy,
            a.DecidedAt?.ToUnixTimeSeconds()));

    public static async Task<Approval?> FindAsync(WriteSession session, long id) =>
        (await session.QueryAsync<ApprovalColumns>($"select {All} from approval where id = @id", new { id }))
            .SingleOrDefault()?.ToApproval();

    public static async Task<Approval?> OpenAsync(WriteSession session, byte[] digest) =>
        (await session.QueryAsync<ApprovalColumns>(
            $"select {All} from approval where digest = @digest and {WaitsForSecond("approval")}", new { digest }))
            .SingleOrDefault()?.ToApproval();

    public static async Task<IReadOnlyList<Approval>> PageAsync(DbConnection connection, long after, int limit) =>
        [.. (await connection.QueryAsync<ApprovalColumns>(
            $"select {All} from approval where id > @after order by id limit @limit", new { after, limit }))
            .Select(row => row.ToApproval())];

    /// <summary>What nobody has answered of these acts, the oldest first.</summary>
    public static async Task<IReadOnlyList<Approval>> WaitingAsync(
        DbConnection connection, Database database, IReadOnlyCollection<string> acts) =>
        [.. (await connection.QueryAsync<ApprovalColumns>(
            $"""
            select {All} from approval
            where {WaitsForSecond("approval")} and act {database.OneOf("acts")} order by id
            """,
            new { acts = acts.ToArray() })).Select(row => row.ToApproval())];

    Approval ToApproval() => new(
        Id, ApprovalRule.Of(Act).Parse(Command), MaterialisedSet.Parse(Materialised), Digest, RequestedBy,
        DateTimeOffset.FromUnixTimeSeconds(RequestedAt), DateTimeOffset.FromUnixTimeSeconds(ExpiresAt),
        (ApprovalState)State, DecidedBy,
        DecidedAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null);
}
