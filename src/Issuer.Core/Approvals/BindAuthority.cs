namespace Issuer.Core.Approvals;

/// <summary>Which authority a store is bound to, as decisions read and write it.</summary>
public interface IAuthorityRows : IAuditRows
{
    /// <summary>Null: to none yet.</summary>
    Task<BoundAuthority?> ReadAsync();

    Task BindAsync(BoundAuthority bound);
}

/// <summary>The binding by itself, outside the acts that take two people.</summary>
public interface IAuthorityStore : ITransactions<IAuthorityRows>
{
    /// <summary>Null: to none yet.</summary>
    Task<BoundAuthority?> ReadAsync(CancellationToken cancel);
}

/// <summary>
/// A store belongs to the identity provider that it was first started with. Everything that takes tokens asks here.
/// </summary>
public sealed class BindAuthority(IAuthorityStore store)
{
    /// <summary>Null: nothing speaks against tokens of this authority. Binds nothing.</summary>
    public async Task<Rejection?> CompareAsync(Authority said, CancellationToken cancel) =>
        (await store.ReadAsync(cancel))?.Refuse(said);

    /// <summary>The first who comes binds the store; null: it is bound to this authority.</summary>
    /// <param name="anchor">Kept beside it, unless one is kept already; null: there is none.</param>
    public async Task<Rejection?> EnterAsync(Authority said, string? anchor, Act act, CancellationToken cancel)
    {
        if (await store.ReadAsync(cancel) is { } known && (known.Anchor is not null || anchor is null))
        {
            return known.Refuse(said);
        }
        return await store.DecideAsync(
            async rows =>
            {
                var bound = await rows.ReadAsync();
                if (bound?.Refuse(said) is { } refused)
                {
                    return refused;
                }
                if (bound is null)
                {
                    await rows.BindAsync(new BoundAuthority(said, act.At.ToUnixTimeSeconds(), anchor));
                    await rows.AuditAsync(act, $"authority-bound {said.Issuer}");
                }
                else if (bound.Anchor is null && anchor is not null)
                {
                    await rows.BindAsync(bound with { Anchor = anchor });
                    await rows.AuditAsync(act, "authority-anchor-kept");
                }
                return null;
            },
            cancel);
    }

    /// <summary>For when the old provider is gone: the anchor's signature takes the place of tokens.</summary>
    public Task<Rejection?> ApplyAsync(string statement, Act act, CancellationToken cancel) =>
        store.DecideAsync(
            async rows =>
            {
                if (await rows.ReadAsync() is not { } bound)
                {
                    return new Rejection(RejectionKind.Conflict, "this store is bound to no identity provider yet");
                }
                if (bound.Anchor is null || AuthorityStatement.Verified(statement, bound.Anchor) is not { } said)
                {
                    return new Rejection(
                        RejectionKind.Forbidden,
                        "this is no statement about an authority by the trust anchor that this store has kept");
                }
                if (said.Replaces != bound.Digest)
                {
                    return new Rejection(
                        RejectionKind.Conflict, "the statement replaces another binding than the one that stands");
                }
                await rows.BindAsync(bound.ReplacedBy(said.Authority, bound.Anchor, act.At));
                await rows.AuditAsync(act, $"authority-changed {said.Authority.Issuer}: {said.Reason}");
                return null;
            },
            cancel);
}
