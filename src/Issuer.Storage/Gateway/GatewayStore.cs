using System.Globalization;
using Dapper;
using Issuer.Core.Gateway;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Storage.Gateway;

/// <summary>What a gateway has of ours, and what of the others' was believed. Durable when a write returns.</summary>
public sealed class GatewayStore(Database database)
{
    const string Cursor = "gateway-cursor";

    public Task<IReadOnlyList<GatewayUpload>> UploadsAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<GatewayUpload>>(
            async connection => [.. (await connection.QueryAsync<UploadColumns>(
                "select kind, digest, kid, remote_id from gateway_upload order by kind, digest"))
                .Select(row => row.ToUpload())],
            cancel);

    /// <summary>Again with another id, as after a crash, keeps the first unless that was unknown.</summary>
    public Task RememberAsync(GatewayUpload upload, DateTimeOffset now, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            insert into gateway_upload (kind, digest, kid, remote_id, uploaded_at)
            values (@kind, @digest, @kid, @RemoteId, @now)
            on conflict (kind, digest) do update
            set remote_id = coalesce(gateway_upload.remote_id, excluded.remote_id)
            """,
            new
            {
                kind = (long)upload.Kind, digest = upload.Digest.ToBytes(), kid = upload.Kid.ToString(), upload.RemoteId,
                now = now.ToUnixTimeSeconds(),
            }),
        cancel);

    public Task ForgetAsync(UploadKind kind, Sha256Digest digest, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteAsync(
            "delete from gateway_upload where kind = @kind and digest = @digest",
            new { kind = (long)kind, digest = digest.ToBytes() }),
        cancel);

    /// <summary>Also those that have left.</summary>
    public Task<IReadOnlyList<KnownKey>> KeysAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<KnownKey>>(
            async connection => [.. (await connection.QueryAsync<KeyColumns>(
                "select kind, country, kid, der, listed_at, left_at from gateway_key order by country, kind, kid"))
                .Select(row => row.ToKey())],
            cancel);

    /// <summary>The whole set at once: what is not in it has left.</summary>
    public Task ReplaceKeysAsync(
        IReadOnlyCollection<GatewayKey> keys, DateTimeOffset now, CancellationToken cancel) => database.WriteAsync(
            async session =>
            {
                var at = now.ToUnixTimeSeconds();
                var standing = await session.QueryAsync<string>(
                    "select thumbprint from gateway_key where left_at is null");
                await session.ExecuteManyAsync(
                    "update gateway_key set left_at = @p1 where thumbprint = @p0",
                    [.. standing.Except(keys.Select(key => key.Thumbprint)).Select(gone => new object?[] { gone, at })]);
                await session.ExecuteManyAsync(
                    """
                    insert into gateway_key (thumbprint, kind, country, kid, der, listed_at)
                    values (@p0, @p1, @p2, @p3, @p4, @p5)
                    on conflict (thumbprint) do update set listed_at = excluded.listed_at, left_at = null
                    """,
                    [.. keys.Select(key => new object?[]
                    {
                        key.Thumbprint, key.Kind, key.Country, key.Kid, key.Der.ToArray(),
                        key.Listed.ToUnixTimeSeconds(),
                    })]);
            },
            cancel);

    /// <summary>The ids of all batches that are here, with their expiry.</summary>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> BatchExpiriesAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyDictionary<string, DateTimeOffset>>(
            async connection => (await connection.QueryAsync<(string Id, long ExpiresAt)>(
                "select id, expires_at from gateway_batch"))
                .ToDictionary(row => row.Id, row => DateTimeOffset.FromUnixTimeSeconds(row.ExpiresAt)),
            cancel);

    public Task<IReadOnlyList<ForeignBatch>> BatchesAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<ForeignBatch>>(
            async connection => [.. (await connection.QueryAsync<BatchColumns>(
                "select id, country, kid, hash_type, expires_at, hashes from gateway_batch order by country, id"))
                .Select(row => row.ToBatch())],
            cancel);

    /// <summary>A batch never changes: one that is here stays as it is.</summary>
    public Task AddBatchAsync(ForeignBatch batch, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            insert into gateway_batch (id, country, kid, hash_type, expires_at, hashes)
            values (@Id, @Country, @kid, @type, @expires, @hashes) on conflict do nothing
            """,
            new
            {
                batch.Id, batch.Country, kid = batch.Kid?.ToString(), type = (long)batch.HashType,
                expires = batch.Expires.ToUnixTimeSeconds(),
                hashes = batch.Hashes.SelectMany(hash => hash.ToBytes()).ToArray(),
            }),
        cancel);

    public Task RemoveBatchesAsync(IEnumerable<string> ids, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteManyAsync(
            "delete from gateway_batch where id = @p0", [.. ids.Select(id => new object?[] { id })]),
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

    sealed record KeyColumns(string Kind, string Country, string Kid, byte[] Der, long ListedAt, long? LeftAt)
    {
        public KnownKey ToKey() => new(
            new GatewayKey(Kind, Country, Kid, Der, DateTimeOffset.FromUnixTimeSeconds(ListedAt)), LeftAt is not null);
    }

    sealed record BatchColumns(string Id, string Country, string? Kid, long HashType, long ExpiresAt, byte[] Hashes)
    {
        public ForeignBatch ToBatch() => new(
            Id, Country, Hcert.Kid.TryParse(Kid, out var kid) ? kid : null, (RevocationHashType)HashType,
            DateTimeOffset.FromUnixTimeSeconds(ExpiresAt),
            [.. Hashes.Chunk(RevocationHash.Length).Select(hash => new RevocationHash(hash))]);
    }
}
