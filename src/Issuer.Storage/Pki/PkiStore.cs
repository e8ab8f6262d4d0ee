using System.Security.Cryptography;
using Dapper;
using Issuer.Core.Pki;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Pki;

/// <summary>The rows of our CSCAs and DSCs. Their keys are elsewhere: <see cref="KeyFiles"/>, or an HSM.</summary>
public sealed class PkiStore(Database database)
{
    public Task AddAsync(IEnumerable<OwnDsc> dscs, CancellationToken cancel) => database.WriteAsync(
        session => session.InsertAsync(
            "dsc",
            dscs.Select(d => new
            {
                thumbprint = ThumbprintOf(d.Der), der = d.Der.ToArray(), d.KeyName, d.Facility,
                withdrawn = d.Withdrawn ? 1L : 0L,
            }),
            "on conflict do nothing"),
        cancel);

    public Task AddAsync(IEnumerable<Csca> cscas, CancellationToken cancel) => database.WriteAsync(
        session => session.InsertAsync(
            "csca", cscas.Select(c => new { thumbprint = ThumbprintOf(c.Der), der = c.Der.ToArray() }),
            "on conflict do nothing"),
        cancel);

    public Task<IReadOnlyList<OwnDsc>> DscsAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<OwnDsc>>(
            async connection => [.. (await connection.QueryAsync<DscColumns>(
                $"select {ColumnList.Of<DscColumns>()} from dsc order by thumbprint"))
                .Select(d => new OwnDsc(d.Der, d.KeyName, d.Facility, d.Withdrawn == 1))],
            cancel);

    /// <summary>The caller disposes them.</summary>
    public Task<IReadOnlyList<Csca>> CscasAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<Csca>>(
            async connection => [.. (await connection.QueryAsync<byte[]>(
                "select der from csca order by thumbprint")).Select(der => new Csca(der))],
            cancel);

    /// <summary>When the last certificate under each kid expires; a DSC stays on the trust list until then.</summary>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> LastExpiriesAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyDictionary<string, DateTimeOffset>>(
            // A tuple: SQLite gives a computed column no type while there is no row, and a constructor would not fit.
            async connection => (await connection.QueryAsync<(string Kid, long LastExpiry)>(
                $"""
                select kid, max(expires_at) as last_expiry from certificate
                where {IsKept("certificate")} group by kid
                """))
                .ToDictionary(row => row.Kid, row => DateTimeOffset.FromUnixTimeSeconds(row.LastExpiry)),
            cancel);

    static string ThumbprintOf(ReadOnlyMemory<byte> der) => Convert.ToHexStringLower(SHA256.HashData(der.Span));

    sealed record DscColumns(byte[] Der, string KeyName, string? Facility, long Withdrawn);
}
