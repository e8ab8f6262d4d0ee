using Issuer.Server.Hosting;
using Issuer.Storage.Certificates;

namespace Issuer.Server.Features.Certificates;

/// <summary>Every certificate of the store as NDJSON, read page by page.</summary>
sealed class CertificateLines(HolderCertificates certificates, TimeProvider clock)
{
    /// <param name="each">Told of every certificate's text, in the same order.</param>
    public async Task<long> WriteAsync(
        TextWriter output, Action<long, string>? each, CancellationToken cancel)
    {
        long count = 0;
        await foreach (var certificate in certificates.AllAsync(cancel))
        {
            var predecessor = certificate.Predecessor is { } slot
                ? await certificates.UvciOfAsync(slot, cancel)
                : null;
            var line = CertificateLine.Of(certificate, predecessor, clock.GetUtcNow());
            await output.WriteLineAsync(JsonLine.Of(line));
            each?.Invoke(count, line.Hc1);
            count++;
        }
        return count;
    }
}
