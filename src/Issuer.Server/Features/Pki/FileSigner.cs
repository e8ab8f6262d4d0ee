using System.Collections.Concurrent;
using Issuer.Core.Certificates;
using Issuer.Core.Pki;
using Issuer.Storage.Pki;

namespace Issuer.Server.Features.Pki;

/// <summary>
/// Signs in this process, with keys from files. For Development; production gets a process of its own.
/// </summary>
sealed class FileSigner(KeyFiles files) : ICertificateSigner, IDisposable
{
    readonly ConcurrentDictionary<string, Lazy<SigningKey>> keys = new();

    public Task<IReadOnlyList<byte[]>> SignAsync(
        IReadOnlyList<ReservedCertificate> reserved, CancellationToken cancel)
    {
        var signatures = new byte[reserved.Count][];
        for (var i = 0; i < signatures.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            signatures[i] = KeyOf(reserved[i].Dsc).Sign(reserved[i].Redeem().Span);
        }
        return Task.FromResult<IReadOnlyList<byte[]>>(signatures);
    }

    SigningKey KeyOf(OwnDsc dsc) => keys.GetOrAdd(
        dsc.KeyName, static (name, files) => new Lazy<SigningKey>(() => files.ReadKey(name)), files).Value;

    public void Dispose()
    {
        foreach (var key in keys.Values.Where(k => k.IsValueCreated))
        {
            key.Value.Dispose();
        }
    }
}
