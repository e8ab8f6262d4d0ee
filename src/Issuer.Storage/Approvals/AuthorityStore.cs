using Issuer.Core;
using Issuer.Core.Approvals;

namespace Issuer.Storage.Approvals;

/// <summary>Which identity provider the store is bound to.</summary>
public sealed class AuthorityStore(Database database) : IAuthorityStore
{
    public Task<BoundAuthority?> ReadAsync(CancellationToken cancel) => database.ReadAsync(
        async connection => await Settings.AuthorityAsync(connection) is { } text ? BoundAuthority.Parse(text) : null,
        cancel);

    public Task<T> DecideAsync<T>(Func<IAuthorityRows, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new AuthorityRows(session)), cancel);
}

sealed class AuthorityRows(WriteSession session) : IAuthorityRows
{
    public async Task<BoundAuthority?> ReadAsync() =>
        await Settings.AuthorityAsync(session) is { } text ? BoundAuthority.Parse(text) : null;

    public Task BindAsync(BoundAuthority bound) => Settings.BindAuthorityAsync(session, bound.Canonical());

    public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
        AuditRows.AddAsync(session, act, what, objects);

    public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
}
