using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Issuer.Core.Certificates;
using Issuer.Core.Pki;
using Issuer.Server.Features;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;
using Issuer.Verification.Publication;

namespace Issuer.Benchmarks;

/// <summary>Verdicts by the published lists beside nothing but verified signatures, on the same cores.</summary>
/// <param name="Revoked">How many of them the lists refuse, as they must.</param>
/// <param name="CertificatesPerSecond">NDJSON in, NDJSON out: <c>verify --batch</c>.</param>
/// <param name="RawVerificationsPerSecond"><c>ECDsa.VerifyHash</c> over digests made before.</param>
sealed record VerifyFigures(
    int Certificates, int Revoked, double CertificatesPerSecond, double RawVerificationsPerSecond, double Ratio);

/// <summary>Both run in turn, so that both meet the same disturbances; the figures are medians.</summary>
static class BenchVerify
{
    const int RevokedOf = 100;
    const int Turns = 11;

    public static async Task<VerifyFigures> RunAsync(IssuerServices issuer, int certificates, CancellationToken cancel)
    {
        var all = await BenchPublication.MakeAsync(issuer, certificates, RevokedOf, cancel);
        using var anchor = issuer.Get<OwnAnchor>().Read();
        var bundle =
            await File.ReadAllBytesAsync(Path.Combine(issuer.Get<DataFolder>().Published, Bundle.Path), cancel);
        var batch = new VerifyBatch(
            ReadBundle.From(bundle, anchor.Der.ToArray(), "the bundle", issuer.Get<NationalClock>().Now),
            issuer.Get<NationalClock>().Now);
        var lines = Encoding.UTF8.GetBytes(string.Concat(
            all.Select((one, id) => JsonLine.Of(new { id, hc1 = one.Certificate.ToHc1() }) + "\n")));
        var revoked = await CountAsync(batch, lines, "revoked", cancel);
        if (revoked != all.Count(one => one.IsRevoked)
            || await CountAsync(batch, lines, "valid", cancel) != all.Count - revoked)
        {
            throw new InvalidOperationException("The verdicts are not those of the store.");
        }
        var dsc = (await issuer.Get<PkiStore>().DscsAsync(cancel))[0];
        using var raw = new RawVerification(dsc, all.Select(one => one.Certificate));
        List<double> judged = [], verified = [];
        for (var turn = 0; turn < Turns; turn++)
        {
            var watch = Stopwatch.GetTimestamp();
            await batch.RunAsync(new MemoryStream(lines), Stream.Null, cancel);
            judged.Add(all.Count / Stopwatch.GetElapsedTime(watch).TotalSeconds);
            watch = Stopwatch.GetTimestamp();
            raw.Run();
            verified.Add(all.Count / Stopwatch.GetElapsedTime(watch).TotalSeconds);
        }
        return new VerifyFigures(
            all.Count, revoked, Math.Round(Median(judged)), Math.Round(Median(verified)),
            Math.Round(Median(judged.Zip(verified, (mine, alone) => mine / alone)), 3));
    }

    static async Task<int> CountAsync(VerifyBatch batch, byte[] lines, string verdict, CancellationToken cancel)
    {
        var output = new MemoryStream();
        await batch.RunAsync(new MemoryStream(lines), output, cancel);
        return Encoding.UTF8.GetString(output.ToArray()).Split($"\"verdict\":\"{verdict}\"").Length - 1;
    }

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(Turns / 2);

    /// <summary>On all cores, a key object for each.</summary>
    sealed class RawVerification : IDisposable
    {
        readonly (byte[] Digest, byte[] Signature)[] signed;
        readonly ECDsa[] keys;

        public RawVerification(OwnDsc own, IEnumerable<IssuedCertificate> certificates)
        {
            signed = [.. certificates.Select(one => (SHA256.HashData(one.ToBeSigned), one.Signature))];
            using var dsc = X509CertificateLoader.LoadCertificate(own.Der.Span);
            keys = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => dsc.GetECDsaPublicKey()!)];
        }

        public void Run() => Parallel.For(0, keys.Length, core =>
        {
            for (var at = core; at < signed.Length; at += keys.Length)
            {
                if (!keys[core].VerifyHash(signed[at].Digest, signed[at].Signature))
                {
                    throw new CryptographicException("A signature of our own did not verify.");
                }
            }
        });

        public void Dispose() => Array.ForEach(keys, key => key.Dispose());
    }
}
