using Dapper;
using Issuer.Core.Publication;
using Issuer.Verification.Publication;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Publication;

sealed class PublicationStore(Database database) : IPublicationStore
{
    /// <summary>
    /// Ended files are kept for as many publications, for those who still hold the manifest that names them.
    /// </summary>
    const long Kept = 8;

    public Task<KeptPublication?> LatestAsync(CancellationToken cancel) =>
        database.ReadAsync(
            async connection => (await connection.QuerySingleOrDefaultAsync<PublicationColumns>(
                $"select {ColumnList.Of<PublicationColumns>()} from publication order by sequence desc limit 1"))
                ?.ToPublication(),
            cancel);

    public Task<bool> IsOursAsync(long sequence, string text, CancellationToken cancel) =>
        database.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<long>(
                "select count(*) from publication where sequence = @sequence and manifest = @text",
                new { sequence, text }) > 0,
            cancel);

    public Task<IReadOnlyList<string>> PathsAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection => [.. (await connection.QueryAsync<string>(
                $"select path from published_file where {IsServed("published_file")}")).Order(StringComparer.Ordinal)],
            cancel);

    public Task<PublishedFile?> FileAsync(string path, CancellationToken cancel) =>
        database.ReadAsync(
            async connection => (await connection.QuerySingleOrDefaultAsync<FileColumns>(
                $"""
                select {ColumnList.Of<FileColumns>()} from published_file
                where path = @path and {IsServed("published_file")}
                """,
                new { path }))?.ToFile(),
            cancel);

    public Task<bool> CommitAsync(
        KeptPublication publication, IReadOnlyList<PublishedFile> changed, IReadOnlyCollection<string> kept,
        CancellationToken cancel) => database.WriteAsync(
            async session =>
            {
                var taken = await session.InsertAsync(
                    "publication", [PublicationColumns.Of(publication)], "on conflict do nothing");
                if (taken[0] == 0)
                {
                    return false;
                }
                var current = await session.QueryAsync<string>(
                    $"select path from published_file where {IsServed("published_file")}");
                await session.ExecuteManyAsync(
                    $"""
                    update published_file set ended_by = @Sequence
                    where path = @path and {IsServed("published_file")}
                    """,
                    current.Except(kept).Select(path => new { path, publication.Sequence }));
                await session.InsertAsync(
                    "published_file",
                    changed.Select(
                        f => new { f.Path, since = publication.Sequence, content = f.Bytes, f.ContentType }));
                await session.ExecuteAsync(
                    "delete from published_file where ended_by <= @oldest",
                    new { oldest = publication.Sequence - Kept });
                return true;
            },
            cancel);

    public Task<T> SnapshotAsync<T>(
        DateTimeOffset at, Func<IListSource, Task<T>> read, CancellationToken cancel) =>
        database.SnapshotAsync(snapshot => read(new ListSource(database, snapshot, at)), cancel);

    sealed record PublicationColumns(long Sequence, long IssuedAt, long NextUpdate, string Manifest)
    {
        public static PublicationColumns Of(KeptPublication kept) => new(
            kept.Sequence, kept.Issued.ToUnixTimeSeconds(), kept.Next.ToUnixTimeSeconds(), kept.Text);

        public KeptPublication ToPublication() => new(
            Sequence, DateTimeOffset.FromUnixTimeSeconds(IssuedAt), DateTimeOffset.FromUnixTimeSeconds(NextUpdate),
            Manifest);
    }

    sealed record FileColumns(string Path, byte[] Content, string ContentType)
    {
        public PublishedFile ToFile() => new(Path, Content, ContentType);
    }
}
