using System.Security.Cryptography;
using System.Text;
using Issuer.Core.Facilities;
using Issuer.Core.Pki;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;

namespace Issuer.Server.Features.Facilities;

/// <summary>What one round of playing the signatories did.</summary>
sealed record AttestCounts(long Waiting, long Attested, long Refused);

/// <summary>
/// Development only: plays every facility's signatory, with a key of its own for each, through the same check that a
/// real signature goes through.
/// </summary>
sealed class DevelopmentSignatories(
    AttestRecords attest, IFacilityStore facilities, KeyFiles keyFiles, NationalClock clock)
{
    const int BatchSize = AttestRecords.MostAtOnce;

    public async Task<AttestCounts> RunAsync(IProgress<long>? progress, CancellationToken cancel)
    {
        using var keys = await KeysAsync(cancel);
        var counts = new AttestCounts(0, 0, 0);
        long last = 0;
        while (await facilities.ToAttestAsync(null, last, BatchSize, cancel) is { Count: > 0 } batch)
        {
            last = batch[^1].Dose.Id;
            var signatures = batch
                .Select(dose => CompactJws.Sign(attest.CanonicalOf(dose), keys.Of(dose.Dose.Record.Facility)))
                .ToList();
            var faults = await attest.AttestAsync(signatures, null, clock.Act("attest"), cancel);
            var kept = faults.Count(f => f is null);
            counts = new AttestCounts(
                counts.Waiting + batch.Count, counts.Attested + kept, counts.Refused + batch.Count - kept);
            progress?.Report(batch.Count);
        }
        return counts;
    }

    /// <summary>Every facility's key; one that has none gets one, file first, then registered.</summary>
    async Task<SignatoryKeys> KeysAsync(CancellationToken cancel)
    {
        var registered = await facilities.KeysAsync(cancel);
        var keys = new SignatoryKeys();
        var added = new Dictionary<string, byte[]>();
        foreach (var facility in await facilities.ListAsync(cancel))
        {
            var name = NameOf(facility.Code);
            if (!keyFiles.HasKey(name))
            {
                using var made = SigningKey.Create(KeyKind.P256);
                keyFiles.AddKey(name, made);
            }
            using var stored = keyFiles.ReadKey(name);
            var key = keys.Add(facility.Code, stored);
            if (!registered.ContainsKey(facility.Code))
            {
                added.Add(facility.Code, key.ExportSubjectPublicKeyInfo());
            }
        }
        await facilities.SaveKeysAsync(added, clock.Act("attest"), cancel);
        return keys;
    }

    /// <summary>Codes may hold characters that a file name may not.</summary>
    static string NameOf(string facility) =>
        $"facility-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facility)).AsSpan(0, 8))}";

    sealed class SignatoryKeys : IDisposable
    {
        readonly Dictionary<string, ECDsa> keys = [];

        public ECDsa Of(string facility) => keys[facility];

        public ECDsa Add(string facility, SigningKey stored)
        {
            var pkcs8 = stored.ToPkcs8();
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            CryptographicOperations.ZeroMemory(pkcs8);
            keys.Add(facility, key);
            return key;
        }

        public void Dispose()
        {
            foreach (var key in keys.Values)
            {
                key.Dispose();
            }
        }
    }
}
