using Issuer.Core;
using Issuer.Core.Policies;

namespace Issuer.Storage.Policies;

sealed class PolicyStore(Database database) : IPolicyStore
{
    public Task<PolicyBook> ReadAsync(CancellationToken cancel) => database.ReadAsync(PolicyRows.ReadAsync, cancel);

    public Task<Result<PolicyVersion>> ImportAsync(PolicyDocument document, Act act, CancellationToken cancel) =>
        database.WriteAsync<Result<PolicyVersion>>(
            async session =>
            {
                var result = DecidePolicyImport.Next(await PolicyRows.ReadAsync(session), document, act);
                if (result.Value is { } next)
                {
                    await PolicyRows.AddAsync(session, next);
                }
                return result;
            },
            cancel);

    public Task<Rejection?> NoteFilesAsync(
        IReadOnlyDictionary<string, byte[]> files, Act act, CancellationToken cancel) => database.WriteAsync(
            async session =>
            {
                if (await Settings.HasNotedPolicyFilesAsync(session))
                {
                    return null;
                }
                var found = new List<FoundPolicyFile>();
                if ((await session.QueryAsync<long>("select slot from certificate limit 1")).Count > 0)
                {
                    foreach (var (name, bytes) in files)
                    {
                        if (FoundPolicyFile.Read(name, bytes).IsRefused(out var why, out var file))
                        {
                            return why;
                        }
                        found.Add(file);
                    }
                }
                await Settings.NotePolicyFilesAsync(session);
                foreach (var file in found)
                {
                    await PolicyRows.AddAsync(
                        session, new PolicyVersion(file.Document, 0, PolicyOrigin.Found, act, file.Digest));
                }
                return null;
            },
            cancel);
}
