using System.Collections.Concurrent;
using Issuer.Core.Certificates;
using Issuer.Core.Pki;
using Issuer.Storage.Pki;

namespace Issuer.Server.Hosting;

/// <summary>
/// Signs in this process, with keys from files. For Development; production gets a process of its own.
/// </summary>
sealed class FileSigner(KeyFiles files) : ICertificateSigner, IDisposable
{
    readonly ConcurrentDictionary<string, Lazy<SigningKey>> keys = new();

    public Task<IReadOnlyList<byte[]>> SignAsync(
        OwnDsc dsc, IReadOnlyList<byte[]> toBeSigned, CancellationToken cancel)
    {
        var key = keys.GetOrAdd(dsc.KeyName, name => new Lazy<SigningKey>(() => files.ReadKey(name))).Value;
        var signatures = new byte[toBeSigned.Count][];
        for (var i = 0; i < signatures.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            signatures[i] = key.Sign(toBeSigned[i]);
        }
        return Task.FromResult<IReadOnlyList<byte[]>>(signatures);
    }

    public void Dispose()
    {
        foreach (var key in keys.Values.Where(k => k.IsValueCreated))
        {
            key.Value.Dispose();
        }
    }
}
