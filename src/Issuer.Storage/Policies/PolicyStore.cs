using Issuer.Core.Policies;

namespace Issuer.Storage.Policies;

sealed class PolicyStore(Database database) : IPolicyStore
{
    public Task<PolicyBook> ReadAsync(CancellationToken cancel) => database.ReadAsync(PolicyRows.ReadAsync, cancel);

    public Task<T> DecideAsync<T>(Func<IPolicyTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new PolicyTransaction(session)), cancel);
}
