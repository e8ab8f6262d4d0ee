namespace Issuer.Core.Policies;

/// <summary>
/// How a policy comes into the store without a second person: in Development, and once from the files of before there
/// were versions. Elsewhere it takes two people.
/// </summary>
public sealed class ImportPolicies(IPolicyStore store)
{
    /// <summary>The next version of its kind.</summary>
    public Task<Result<PolicyVersion>> ImportAsync(PolicyDocument document, Act act, CancellationToken cancel) =>
        store.DecideAsync<Result<PolicyVersion>>(
            async rows =>
            {
                var result = DecidePolicyImport.Next(await rows.ReadAsync(), document, act);
                if (result.Value is { } next)
                {
                    await rows.AddAsync(next);
                }
                return result;
            },
            cancel);

    /// <summary>
    /// Notes what was found in files beside the store, once in its life and only when it has certificates already: from
    /// then on files count for nothing else. Refused, and nothing noted, when one of them cannot be read.
    /// </summary>
    /// <param name="files">Their bytes by name.</param>
    public Task<Rejection?> NoteFilesAsync(
        IReadOnlyDictionary<string, byte[]> files, Act act, CancellationToken cancel) =>
        store.DecideAsync<Rejection?>(
            async rows =>
            {
                if (await rows.HasNotedFilesAsync())
                {
                    return null;
                }
                var found = new List<FoundPolicyFile>();
                if (await rows.HasCertificatesAsync())
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
                await rows.NoteFilesAsync();
                foreach (var file in found)
                {
                    await rows.AddAsync(new PolicyVersion(file.Document, 0, PolicyOrigin.Found, act, file.Digest));
                }
                return null;
            },
            cancel);
}
