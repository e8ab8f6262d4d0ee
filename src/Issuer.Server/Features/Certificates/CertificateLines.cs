using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Certificates;

/// <summary>Every certificate of the store as NDJSON, read page by page.</summary>
static class CertificateLines
{
    /// <param name="each">Told of every certificate's text, in the same order.</param>
    public static async Task<long> WriteAsync(
        Workplace place, TextWriter output, Action<long, string>? each, CancellationToken cancel)
    {
        long count = 0;
        await foreach (var certificate in place.Store.Holders.AllAsync(cancel))
        {
            var predecessor = certificate.Predecessor is { } slot
                ? await place.Store.Holders.UvciOfAsync(slot, cancel)
                : null;
            var line = CertificateLine.Of(certificate, predecessor, place.Now);
            await output.WriteLineAsync(JsonLine.Of(line));
            each?.Invoke(count, line.Hc1);
            count++;
        }
        return count;
    }
}
