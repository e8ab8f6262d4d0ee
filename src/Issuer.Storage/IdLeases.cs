namespace Issuer.Storage;

/// <summary>
/// Row numbers in blocks, so that no transaction waits for another's counter and bulk writes know their ids before
/// they begin. Numbers of a block that was not used up are lost.
/// </summary>
sealed class IdLeases(Database database) : IDisposable
{
    const int Block = 5000;

    readonly SemaphoreSlim leasing = new(1, 1);
    readonly Dictionary<string, (long Next, long End)> blocks = [];

    /// <summary>
    /// The first of <paramref name="count"/> consecutive numbers. Not to be called inside a transaction.
    /// </summary>
    public async Task<long> TakeAsync(string name, int count, CancellationToken cancel)
    {
        await leasing.WaitAsync(cancel);
        try
        {
            var (next, end) = blocks.GetValueOrDefault(name);
            if (end - next < count)
            {
                var size = Math.Max(Block, count);
                next = await LeaseAsync(name, size, cancel);
                end = next + size;
            }
            blocks[name] = (next + count, end);
            return next;
        }
        finally
        {
            leasing.Release();
        }
    }

    public void Dispose() => leasing.Dispose();

    Task<long> LeaseAsync(string name, int size, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(
                "insert into id_lease (name, next_id) values (@name, 1) on conflict (name) do nothing", new { name });
            var after = await session.QueryAsync<long>(
                "update id_lease set next_id = next_id + @size where name = @name returning next_id",
                new { name, size = (long)size });
            return after[0] - size;
        },
        cancel);
}
