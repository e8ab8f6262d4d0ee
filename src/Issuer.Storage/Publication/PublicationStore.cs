using Dapper;
using Issuer.Core.Publication;

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
                """
                select sequence, issued_at, next_update, manifest from publication order by sequence desc limit 1
                """))?.ToPublication(),
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
                "select path from published_file where ended_by is null")).Order(StringComparer.Ordinal)],
            cancel);

    public Task<PublishedFile?> FileAsync(string path, CancellationToken cancel) =>
        database.ReadAsync(
            async connection => (await connection.QuerySingleOrDefaultAsync<FileColumns>(
                """
                select path, content, content_type from published_file where path = @path and ended_by is null
                """,
                new { path }))?.ToFile(),
            cancel);

    public Task<bool> CommitAsync(
        KeptPublication publication, IReadOnlyList<PublishedFile> changed, IReadOnlyCollection<string> kept,
        CancellationToken cancel) => database.WriteAsync(
            async session =>
            {
                var taken = await session.ExecuteAsync(
                    """
                    insert into publication (sequence, issued_at, next_update, manifest)
                    values (@Sequence, @issued, @next, @Text) on conflict do nothing
                    """,
                    new
                    {
                        publication.Sequence, issued = publication.Issued.ToUnixTimeSeconds(),
                        next = publication.Next.ToUnixTimeSeconds(), publication.Text,
                    });
                if (taken == 0)
                {
                    return false;
                }
                var current = await session.QueryAsync<string>(
                    "select path from published_file where ended_by is null");
                await session.ExecuteManyAsync(
                    "update published_file set ended_by = @p1 where path = @p0 and ended_by is null",
                    [.. current.Except(kept).Select(path => new object?[] { path, publication.Sequence })]);
                await session.ExecuteManyAsync(
                    "insert into published_file (path, since, content, content_type) values (@p0, @p1, @p2, @p3)",
                    [.. changed.Select(f => new object?[] { f.Path, publication.Sequence, f.Bytes, f.ContentType })]);
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
        public KeptPublication ToPublication() => new(
            Sequence, DateTimeOffset.FromUnixTimeSeconds(IssuedAt), DateTimeOffset.FromUnixTimeSeconds(NextUpdate),
            Manifest);
    }

    sealed record FileColumns(string Path, byte[] Content, string ContentType)
    {
        public PublishedFile ToFile() => new(Path, Content, ContentType);
    }
}
