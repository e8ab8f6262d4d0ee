using Issuer.Core.Approvals;

namespace Issuer.Storage.Approvals;

sealed class ApprovalStore(Database database, IdLeases ids) : IApprovalStore
{
    public Task<long> NewIdAsync(CancellationToken cancel) => ids.TakeAsync("approval", 1, cancel);

    public Task<IReadOnlyList<Approval>> PageAsync(long after, int limit, CancellationToken cancel) =>
        database.ReadAsync(connection => ApprovalColumns.PageAsync(connection, after, limit), cancel);

    public Task<IReadOnlyList<Approval>> WaitingAsync(string act, CancellationToken cancel) =>
        database.ReadAsync(connection => ApprovalColumns.WaitingAsync(connection, database, [act]), cancel);

    public Task<T> DecideAsync<T>(Func<IApprovalTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new ApprovalTransaction(session)), cancel);
}
