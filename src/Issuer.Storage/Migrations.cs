using System.Globalization;
using System.Reflection;

namespace Issuer.Storage;

/// <summary>Numbered scripts, applied once each, in order, under a lock.</summary>
static class Migrations
{
    public static async Task ApplyAsync(Database database, CancellationToken cancel)
    {
        await using var held = await WaitForLockAsync(database, cancel);
        var applied = await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("create table if not exists schema_version (number bigint primary key)");
                return await session.QueryAsync<long>("select number from schema_version");
            },
            cancel);
        foreach (var (number, script) in Scripts().Where(s => !applied.Contains(s.Number)))
        {
            await database.WriteAsync(
                async session =>
                {
                    await session.ExecuteAsync(database.Translate(script));
                    await session.ExecuteAsync("insert into schema_version (number) values (@number)", new { number });
                },
                cancel);
        }
        if (applied.Count > 0 && applied.Max() > Scripts().Max(s => s.Number))
        {
            throw new InvalidOperationException("The store was written by a newer version of this program.");
        }
    }

    static async Task<IAsyncDisposable> WaitForLockAsync(Database database, CancellationToken cancel)
    {
        while (true)
        {
            if (await database.TryLockAsync("schema", cancel) is { } held)
            {
                return held;
            }
            await Task.Delay(50, cancel);
        }
    }

    static List<(long Number, string Script)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var scripts = new List<(long, string)>();
        foreach (var name in assembly.GetManifestResourceNames().Where(
            n => n.EndsWith(".sql", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var file = name[(name.LastIndexOf(".Schema.", StringComparison.Ordinal) + ".Schema.".Length)..];
            scripts.Add((long.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), reader.ReadToEnd()));
        }
        return [.. scripts.OrderBy(s => s.Item1)];
    }
}
