using System.Buffers.Binary;
using System.Security.Cryptography;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>
/// The exact rows a bulk act works on, in a table: a million of them fit into no approval. The approval holds their
/// digest, so that what is executed is what was shown.
/// </summary>
static class BulkSets
{
    const int Piece = 50_000;
    const string DigestLine = "digest ";

    /// <returns>The lines to approve; null: nothing is reached.</returns>
    public static async Task<MaterialisedSet?> StoreAsync(WriteSession session, RevokeInBulk command)
    {
        var sql = new BulkSql(command.Criteria, command.Why, command.AsOf, session.OneOf);
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
        var digest = await DigestAsync(session, id);
        var asked = await session.QueryAsync<long>(
            $"select id from bulk_act where digest = @digest and not {IsApproved("bulk_act")}", new { digest });
        if (size == 0 || asked.Count > 0)
        {
            await session.ExecuteAsync("delete from bulk_item where bulk_id = @id", new { id });
            await session.ExecuteAsync("delete from bulk_act where id = @id", new { id });
        }
        await session.ExecuteAsync(
            "update bulk_act set digest = @digest, size = @size where id = @id", new { id, digest, size = (long)size });
        return size == 0 ? null : new MaterialisedSet([.. LinesOf(command, size, digest)]);
    }

    /// <summary>The approval's lines while the stored rows are still those they speak of; else others.</summary>
    public static async Task<MaterialisedSet> CheckAsync(WriteSession session, MaterialisedSet asked)
    {
        var stored = await FindAsync(session, asked);
        return stored is { } id && (await DigestAsync(session, id)).AsSpan().SequenceEqual(DigestOf(asked))
            ? asked
            : new MaterialisedSet(["the stored rows are not those that were shown"]);
    }

    public static async Task<long?> FindAsync(WriteSession session, MaterialisedSet approved)
    {
        var found = await session.QueryAsync<long>(
            $"select id from bulk_act where digest = @digest and not {IsApproved("bulk_act")}",
            new { digest = DigestOf(approved) });
        return found.Count == 0 ? null : found[0];
    }

    static IEnumerable<string> LinesOf(RevokeInBulk command, int size, byte[] digest)
    {
        yield return $"{(command.Criteria.IsOfRecords ? "records" : "certificates")} {size}";
        yield return DigestLine + Convert.ToHexStringLower(digest);
        if (command.Impact is { } impact)
        {
            yield return $"revoked certificates {impact.Certificates}";
            yield return $"people {impact.People}";
            yield return $"can be re-issued at once {impact.Reissuable}";
            foreach (var (kid, count) in impact.ByKid.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                yield return $"under DSC {kid} {count}";
            }
        }
    }

    static byte[] DigestOf(MaterialisedSet set) => Convert.FromHexString(
        set.Lines.FirstOrDefault(line => line.StartsWith(DigestLine, StringComparison.Ordinal))?[DigestLine.Length..]
                ?? "");

    static async Task<byte[]> DigestAsync(WriteSession session, long bulk)
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
