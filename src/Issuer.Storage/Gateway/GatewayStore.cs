using System.Globalization;
using Dapper;
using Issuer.Core;
using Issuer.Core.Gateway;
using Issuer.Hcert;
using Issuer.Verification;
using Issuer.Verification.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Gateway;

/// <summary>
/// What a gateway has of ours, and what of the others' was believed, there or in files. Durable when a write returns.
/// </summary>
public sealed class GatewayStore(Database database)
{
    const string Cursor = "gateway-cursor";

    public Task<IReadOnlyList<GatewayUpload>> UploadsAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<GatewayUpload>>(
            async connection => [.. (await connection.QueryAsync<UploadColumns>(
                $"select {ColumnList.Of<UploadColumns>()} from gateway_upload order by kind, digest"))
                .Select(row => row.ToUpload())],
            cancel);

    /// <summary>Again with another id, as after a crash, keeps the first unless that was unknown.</summary>
    public Task RememberAsync(GatewayUpload upload, DateTimeOffset now, CancellationToken cancel) =>
        database.WriteAsync(
        session => session.ExecuteAsync(
            """
            insert into gateway_upload (kind, digest, kid, remote_id, uploaded_at)
            values (@kind, @digest, @kid, @RemoteId, @now)
            on conflict (kind, digest) do update
            set remote_id = coalesce(gateway_upload.remote_id, excluded.remote_id)
            """,
            new
            {
                kind = (long)upload.Kind, digest = upload.Digest.ToBytes(), kid = upload.Kid.ToString(),
                upload.RemoteId,
                now = now.ToUnixTimeSeconds(),
            }),
        cancel);

    public Task ForgetAsync(UploadKind kind, Sha256Digest digest, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteAsync(
            "delete from gateway_upload where kind = @kind and digest = @digest",
            new { kind = (long)kind, digest = digest.ToBytes() }),
        cancel);

    /// <summary>Of every source; also those that have left.</summary>
    public Task<IReadOnlyList<KnownKey>> KeysAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<KnownKey>>(
            async connection => [.. (await connection.QueryAsync<KeyColumns>(
                $"""
                select {ColumnList.Of<KeyColumns>()} from believed_key
                order by country, kind, kid, thumbprint, source
                """))
                .Select(row => row.ToKey())],
            cancel);

    /// <summary>
    /// The whole set of one source at once: what is not in it has left. The others' stay as they are. Whatever came or
    /// went is in the audit trail.
    /// </summary>
    public Task ReplaceKeysAsync(
        string source, IReadOnlyCollection<GatewayKey> keys, Act act, CancellationToken cancel) =>
        database.WriteAsync(
            async session =>
            {
                var at = act.At.ToUnixTimeSeconds();
                var standing = (await session.QueryAsync<string>(
                    $"select thumbprint from believed_key where source = @source and {IsListed("believed_key")}",
                    new { source })).ToHashSet();
                var left = standing.Except(keys.Select(key => key.Thumbprint)).ToList();
                await session.ExecuteManyAsync(
                    "update believed_key set left_at = @at where thumbprint = @gone and source = @source",
                    left.Select(gone => new { gone, at, source }));
                await session.InsertAsync(
                    "believed_key",
                    keys.Select(key => new
                    {
                        key.Thumbprint, key.Kind, key.Country, key.Kid, der = key.Der.ToArray(),
                        listedAt = key.Listed.ToUnixTimeSeconds(), source,
                    }),
                    "on conflict (source, thumbprint) do update set listed_at = excluded.listed_at, left_at = null");
                await AuditRows.AddAsync(session, act,
                [
                    .. keys.Where(key => !standing.Contains(key.Thumbprint)).Select(key =>
                        $"foreign-key-believed {source} {key.Kind} {key.Country} {key.Thumbprint}"),
                    .. left.Select(thumbprint => $"foreign-key-left {source} {thumbprint}"),
                ]);
            },
            cancel);

    /// <summary>The ids of all batches that are here and have not left, with their expiry.</summary>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> BatchExpiriesAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyDictionary<string, DateTimeOffset>>(
            async connection => (await connection.QueryAsync<(string Id, long ExpiresAt)>(
                $"select id, expires_at from gateway_batch where {IsListed("gateway_batch")}"))
                .ToDictionary(row => row.Id, row => DateTimeOffset.FromUnixTimeSeconds(row.ExpiresAt)),
            cancel);

    /// <summary>Also those that have left, until they expire.</summary>
    public Task<IReadOnlyList<KnownBatch>> BatchesAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<KnownBatch>>(
            async connection => [.. (await connection.QueryAsync<BatchColumns>(
                $"select {ColumnList.Of<BatchColumns>()} from gateway_batch order by country, id"))
                .Select(row => row.ToBatch())],
            cancel);

    /// <summary>A batch never changes: one that is here stays as it is, one that had left is back.</summary>
    public Task AddBatchAsync(ForeignBatch batch, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            insert into gateway_batch (id, country, kid, hash_type, expires_at, hashes)
            values (@Id, @Country, @kid, @type, @expires, @hashes) on conflict (id) do update set left_at = null
            """,
            new
            {
                batch.Id, batch.Country, kid = batch.Kid?.ToString(), type = (long)batch.HashType,
                expires = batch.Expires.ToUnixTimeSeconds(),
                hashes = batch.Hashes.SelectMany(hash => hash.ToBytes()).ToArray(),
            }),
        cancel);

    /// <summary>Their deletion was accepted.</summary>
    public Task LeaveBatchesAsync(IEnumerable<string> ids, DateTimeOffset now, CancellationToken cancel) =>
        database.WriteAsync(
            session => session.ExecuteManyAsync(
                $"update gateway_batch set left_at = @now where id = @id and {IsListed("gateway_batch")}",
                ids.Select(id => new { id, now = now.ToUnixTimeSeconds() })),
            cancel);

    /// <summary>Nobody needs a batch that has expired, nor anything to explain that it left.</summary>
    public Task ForgetExpiredBatchesAsync(DateTimeOffset now, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteAsync(
            "delete from gateway_batch where expires_at <= @at", new { at = now.ToUnixTimeSeconds() }),
        cancel);

    /// <summary>Null before the first round.</summary>
    public Task<DateTimeOffset?> CursorAsync(CancellationToken cancel) => database.ReadAsync(
        async connection => await connection.QuerySingleOrDefaultAsync<string?>(
            "select value from setting where name = @Cursor", new { Cursor }) is { } text
            ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture) : (DateTimeOffset?)null,
        cancel);

    public Task MoveCursorAsync(DateTimeOffset to, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            insert into setting (name, value) values (@Cursor, @to)
            on conflict (name) do update set value = excluded.value
            """,
            new { Cursor, to = to.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) }),
        cancel);

    sealed record UploadColumns(long Kind, byte[] Digest, string Kid, string? RemoteId)
    {
        public GatewayUpload ToUpload() => new(
            (UploadKind)Kind, new Sha256Digest(Digest), new Kid(Convert.FromBase64String(Kid)), RemoteId);
    }

    sealed record KeyColumns(
        string Kind, string Country, string Kid, byte[] Der, long ListedAt, long? LeftAt, string Source)
    {
        public KnownKey ToKey() => new(
            new GatewayKey(Kind, Country, Kid, Der, DateTimeOffset.FromUnixTimeSeconds(ListedAt)),
            LeftAt is not null, Source);
    }

    sealed record BatchColumns(
        string Id, string Country, string? Kid, long HashType, long ExpiresAt, byte[] Hashes, long? LeftAt)
    {
        public KnownBatch ToBatch() => new(
            new ForeignBatch(
                Id, Country, Hcert.Kid.TryParse(Kid, out var kid) ? kid : null, (RevocationHashType)HashType,
                DateTimeOffset.FromUnixTimeSeconds(ExpiresAt),
                [.. Hashes.Chunk(RevocationHash.Length).Select(hash => new RevocationHash(hash))]),
            LeftAt is not null);
    }
}
