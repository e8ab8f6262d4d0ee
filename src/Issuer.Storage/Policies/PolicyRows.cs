using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Issuer.Core;
using Issuer.Core.Policies;

namespace Issuer.Storage.Policies;

/// <summary>The rows of <c>policy_version</c>.</summary>
static class PolicyRows
{
    const string Columns = "kind, version, valid_from, document, digest, taken_at, taken_by, file_digest";

    const string All = $"select {Columns} from policy_version order by kind, version";

    public static async Task<PolicyBook> ReadAsync(DbConnection connection) =>
        BookOf(await connection.QueryAsync<PolicyColumns>(All));

    public static async Task<PolicyBook> ReadAsync(WriteSession session) =>
        BookOf(await session.QueryAsync<PolicyColumns>(All));

    /// <summary>The one that holds, without reading the others.</summary>
    public static async Task<T> InForceAsync<T>(WriteSession session, PolicyKind<T> kind, DateTimeOffset now)
        where T : class => BookOf(await session.QueryAsync<PolicyColumns>(
            $"select {Columns} from policy_version where kind = @Name order by version", new { kind.Name }))
            .HoldingOn(kind, PolicyBook.DayOf(now)).Document.Of(kind);

    public static async Task AddAsync(WriteSession session, PolicyVersion version)
    {
        var (document, act) = (version.Document, version.TakenBy!);
        await session.ExecuteAsync(
            $"""
            insert into policy_version ({Columns})
            values (@Kind, @Version, @ValidFrom, @Document, @Digest, @TakenAt, @TakenBy, @FileDigest)
            """,
            new PolicyColumns(
                document.Kind.Name, version.Version,
                document.ValidFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), document.Text,
                document.Digest, act.At.ToUnixTimeSeconds(), act.Actor, version.FileDigest));
        var what = version.Origin == PolicyOrigin.Found ? "policy-file-noted" : "policy-imported";
        await AuditRows.AddAsync(session, act,
            [$"{what} {document.Kind.Name} {version.Version} {Convert.ToHexStringLower(document.Digest)}"]);
    }

    static PolicyBook BookOf(IEnumerable<PolicyColumns> rows) =>
        new([.. rows.Where(row => PolicyKinds.Find(row.Kind) is not null).Select(row => row.ToVersion())]);

    /// <summary>A row, as both engines return it.</summary>
    sealed record PolicyColumns(
        string Kind, long Version, string ValidFrom, string Document, byte[] Digest, long TakenAt, string TakenBy,
        byte[]? FileDigest)
    {
        /// <exception cref="InvalidDataException">The row is not what was imported.</exception>
        public PolicyVersion ToVersion()
        {
            var document = PolicyDocument.Trusted(Encoding.UTF8.GetBytes(Document));
            return document.Kind.Name == Kind && document.Digest.AsSpan().SequenceEqual(Digest)
                ? new PolicyVersion(
                    document, Version, FileDigest is null ? PolicyOrigin.Imported : PolicyOrigin.Found,
                    new Act(TakenBy, DateTimeOffset.FromUnixTimeSeconds(TakenAt)), FileDigest)
                : throw new InvalidDataException($"The stored {Kind} policy {Version} is not the one it was.");
        }
    }
}
