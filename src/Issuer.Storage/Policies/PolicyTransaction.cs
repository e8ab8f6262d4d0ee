using Issuer.Core.Policies;

namespace Issuer.Storage.Policies;

sealed class PolicyTransaction(WriteSession session) : IPolicyTransaction
{
    public Task<PolicyBook> ReadAsync() => PolicyRows.ReadAsync(session);

    public Task AddAsync(PolicyVersion version) => PolicyRows.AddAsync(session, version);

    public async Task<bool> HasCertificatesAsync() =>
        (await session.QueryAsync<long>("select slot from certificate limit 1")).Count > 0;

    public Task<bool> HasNotedFilesAsync() => Settings.HasNotedPolicyFilesAsync(session);

    public Task NoteFilesAsync() => Settings.NotePolicyFilesAsync(session);
}
