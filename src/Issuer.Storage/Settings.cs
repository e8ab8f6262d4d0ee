using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Issuer.Core;

namespace Issuer.Storage;

/// <summary>What a store remembers about itself: its environment, its high-water clock, its secret.</summary>
public sealed class Settings(Database database) : IStoreClock
{
    const string Clock = "high-water-clock";
    const string NonceKey = "nonce-key";
    const string ShortenedUntil = "shortened-until";
    const string PolicyFiles = "policy-files-noted";
    const string EnvironmentName = "environment";
    const string WriteProbe = "write-probe";
    const string Authority = "authority";

    public Task<DateTimeOffset?> RaiseAsync(DateTimeOffset now, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            var before = InstantOf((await session.QueryAsync<string>(
                "select value from setting where name = @Clock", new { Clock })).SingleOrDefault());
            if (!(before > now))
            {
                await PutAsync(session, Clock, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            }
            return before;
        },
        cancel);

    public Task<DateTimeOffset?> DatabaseNowAsync(CancellationToken cancel) => database.NowAsync(cancel);

    /// <summary>
    /// Until when two people allowed certificates that end before the ministry's rule; null: never did.
    /// </summary>
    public Task<DateTimeOffset?> ShortenedUntilAsync(CancellationToken cancel) => database.ReadAsync(
        async connection => InstantOf(await connection.QuerySingleOrDefaultAsync<string?>(
            "select value from setting where name = @ShortenedUntil", new { ShortenedUntil })),
        cancel);

    internal static async Task<DateTimeOffset?> ShortenedUntilAsync(WriteSession session) =>
        InstantOf((await session.QueryAsync<string>(
            "select value from setting where name = @ShortenedUntil", new { ShortenedUntil })).SingleOrDefault());

    internal static Task AllowShortenedAsync(WriteSession session, DateTimeOffset until) =>
        PutAsync(session, ShortenedUntil, until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    internal static async Task<bool> HasNotedPolicyFilesAsync(WriteSession session) =>
        (await session.QueryAsync<string>(
            "select value from setting where name = @PolicyFiles", new { PolicyFiles })).Count > 0;

    internal static Task NotePolicyFilesAsync(WriteSession session) => PutAsync(session, PolicyFiles, "1");

    /// <summary>Something small that is durable when it returns: whether the store takes writes at all.</summary>
    public Task ProbeAsync(DateTimeOffset now, CancellationToken cancel) => database.WriteAsync(
        session => PutAsync(session, WriteProbe, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        cancel);

    /// <summary>Which identity provider the store is bound to, as text; null: none yet.</summary>
    internal static async Task<string?> AuthorityAsync(WriteSession session) =>
        (await session.QueryAsync<string>(
            "select value from setting where name = @Authority", new { Authority })).SingleOrDefault();

    internal static Task<string?> AuthorityAsync(DbConnection connection) =>
        connection.QuerySingleOrDefaultAsync<string?>(
            "select value from setting where name = @Authority", new { Authority });

    internal static Task BindAuthorityAsync(WriteSession session, string text) => PutAsync(session, Authority, text);

    static DateTimeOffset? InstantOf(string? seconds) => seconds is null
        ? null
        : DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));

    /// <summary>The environment the store was first used in; fixed by the first caller.</summary>
    public Task<string> EnvironmentAsync(string first, CancellationToken cancel) =>
        KeepAsync(EnvironmentName, () => first, cancel);

    public async Task<string?> KnownEnvironmentAsync(CancellationToken cancel) => await database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<string?>(
            "select value from setting where name = @EnvironmentName", new { EnvironmentName }),
        cancel);

    /// <summary>The secret behind statement nonces and opaque ids; made once.</summary>
    public async Task<byte[]> NonceKeyAsync(CancellationToken cancel) => Convert.FromBase64String(
        await KeepAsync(NonceKey, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), cancel));

    Task<string> KeepAsync(string name, Func<string> make, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            var stored = await session.QueryAsync<string>("select value from setting where name = @name", new { name });
            if (stored.Count > 0)
            {
                return stored[0];
            }
            var value = make();
            await PutAsync(session, name, value);
            return value;
        },
        cancel);

    static Task<int> PutAsync(WriteSession session, string name, string value) => session.ExecuteAsync(
        """
        insert into setting (name, value) values (@name, @value)
        on conflict (name) do update set value = excluded.value
        """,
        new { name, value });
}
