using System.Buffers.Binary;
using System.Security.Cryptography;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Storage.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

sealed class BulkRows(WriteSession session) : IBulkRows
{
    const int Piece = 50_000;

    public async Task<StoredBulk?> StoreAsync(RevokeInBulk command, bool wholeLineages)
    {
        var sql = new BulkSql(command.Criteria, wholeLineages, command.AsOf, session.OneOf);
        var id = (await session.QueryAsync<long>(
            """
            insert into bulk_act (criteria, reason, of_records, digest, size) values (@text, @why, @of, @none, 0)
            returning id
            """,
            new
            {
                text = command.Canonical(), why = (long)command.Why, of = command.Criteria.IsOfRecords ? 1L : 0L,
                none = Array.Empty<byte>(),
            }))[0];
        sql.Parameters.Add("bulk", id);
        var size = await session.ExecuteAsync(
            "insert into bulk_item (bulk_id, item_id, version) select @bulk, i.item_id, i.version "
                + $"from ({sql.Items}) i",
            sql.Parameters);
        var digest = await DigestAsync(id);
        var asked = await WaitingAsync(command, digest);
        if (size == 0 || asked is not null)
        {
            await session.ExecuteAsync("delete from bulk_item where bulk_id = @id", new { id });
            await session.ExecuteAsync("delete from bulk_act where id = @id", new { id });
        }
        await session.ExecuteAsync(
            "update bulk_act set digest = @digest, size = @size where id = @id", new { id, digest, size = (long)size });
        return size == 0 ? null : new StoredBulk(asked ?? id, size, digest);
    }

    public async Task<StoredBulk?> FindAsync(RevokeInBulk command, byte[] digest) =>
        await WaitingAsync(command, digest) is { } id
            ? new StoredBulk(
                id,
                (int)(await session.QueryAsync<long>("select size from bulk_act where id = @id", new { id }))[0],
                await DigestAsync(id))
            : null;

    public Task ApproveAsync(StoredBulk bulk, long approval, Act act) => session.ExecuteAsync(
        "update bulk_act set approval_id = @approval, approved_by = @Actor, approved_at = @at where id = @Id",
        new { approval, act.Actor, at = act.At.ToUnixTimeSeconds(), bulk.Id });

    /// <summary>Of the very same command: another asks for something else to be done to the same rows.</summary>
    async Task<long?> WaitingAsync(RevokeInBulk command, byte[] digest)
    {
        var found = await session.QueryAsync<long>(
            $"""
            select id from bulk_act
            where digest = @digest and criteria = @text and not {IsApproved("bulk_act")}
            """,
            new { digest, text = command.Canonical() });
        return found.Count == 0 ? null : found[0];
    }

    async Task<byte[]> DigestAsync(long bulk)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[16];
        long after = -1;
        while (await session.QueryAsync<(long Item, long Version)>(
            "select item_id, version from bulk_item where bulk_id = @bulk and item_id > @after "
                + "order by item_id limit @Piece",
            new { bulk, after, Piece }) is { Count: > 0 } piece)
        {
            foreach (var (item, version) in piece)
            {
                BinaryPrimitives.WriteInt64BigEndian(bytes, item);
                BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), version);
                hash.AppendData(bytes);
            }
            after = piece[^1].Item;
        }
        return hash.GetHashAndReset();
    }
}
