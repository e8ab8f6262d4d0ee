using System.Text.Json;
using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Features;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Benchmarks;

/// <summary>How many of each a stranger has to agree on.</summary>
sealed record SliceCounts(
    int Certificates, int Revoked, IReadOnlyDictionary<string, int> BloomSlices,
    IReadOnlyDictionary<string, int> PrefixSlices, int Batches);

/// <summary>
/// A store's revocations in the EU's formats, laid out as the distribution service names them, in each of its modes,
/// and the truth beside them: what a reader in another language is tested with.
/// </summary>
static class SliceExport
{
    const int RevokedOf = 8;

    static readonly Dictionary<string, DistributionThresholds> Modes = new()
    {
        ["point"] = new(long.MaxValue, long.MaxValue), ["vector"] = new(0, long.MaxValue), ["coordinate"] = new(0, 0),
    };

    public static async Task<SliceCounts> RunAsync(
        IssuerServices issuer, int certificates, string folder, CancellationToken cancel)
    {
        var all = (await BenchPublication.MakeAsync(issuer, certificates, RevokedOf, cancel))
            .Select(one => (one.Certificate.Kid, Hash: HashOf(one.Certificate.Signature), one.IsRevoked)).ToList();
        await File.WriteAllLinesAsync(Path.Combine(Directory.CreateDirectory(folder).FullName, "truth.csv"),
            all.Select(one => $"{one.Kid},{one.Hash},{(one.IsRevoked ? 1 : 0)}"), cancel);
        var entries = await issuer.Get<IPublicationStore>()
            .SnapshotAsync(issuer.Get<NationalClock>().Now, ReadAsync, cancel);
        var batches = (await issuer.Get<IPublicationStore>().PathsAsync(cancel)).Where(BuildBatches.IsJson).ToList();
        foreach (var path in batches)
        {
            Write(Path.Combine(folder, "batches", Path.GetFileName(path)),
                (await issuer.Get<IPublicationStore>().FileAsync(path, cancel))!.Bytes);
        }
        return new SliceCounts(
            all.Count, entries.Count, Code("bloom", SliceKind.Bloom), Code("prefix", SliceKind.Prefix),
            batches.Count);

        Dictionary<string, int> Code(string name, SliceKind kind) => Modes.ToDictionary(mode => mode.Key, mode =>
        {
            var lists = new BuildSlices(kind, entries, mode.Value);
            // Proved as before signing: what chance hits is coded again.
            foreach (var (kid, hash, _) in all.Where(one => !one.IsRevoked))
            {
                if (Kid.TryParse(kid, out var known) && lists.MayRefuse(known, hash.ToBytes()))
                {
                    lists.TryAvoid(known, hash.ToBytes());
                }
            }
            var place = Directory.CreateDirectory(Path.Combine(folder, mode.Key)).FullName;
            File.WriteAllText(Path.Combine(place, "lists.json"), JsonSerializer.Serialize(
                entries.Select(entry => entry.Kid).Distinct()
                    .Select(kid => new { kid = kid.ToString(), mode = lists.ModeOf(kid).ToWire() })));
            return WriteSlices(Path.Combine(place, name), lists);
        });
    }

    /// <summary>
    /// In folders as in the archive of the distribution service; a kid there may hold a slash, here not.
    /// </summary>
    static int WriteSlices(string folder, BuildSlices lists)
    {
        var slices = lists.Slices.ToList();
        foreach (var (address, _, slice) in slices)
        {
            Write(Path.Combine(folder, Convert.ToHexStringLower(address.Kid.ToBytes()), address.Partition ?? "null",
                address.Chunk, Sha256Digest.Of(slice.Bytes.Span).ToString()), slice.Bytes.ToArray());
        }
        return slices.Count;
    }

    static async Task<List<RevocationEntry>> ReadAsync(IListSource source)
    {
        var entries = new List<RevocationEntry>();
        await foreach (var one in source.RefusedAsync(DateTimeOffset.UnixEpoch, default))
        {
            entries.Add(new RevocationEntry(one.Kid, one.Hash, one.ExpiresAt, one.IsSuspended));
        }
        return entries;
    }

    static RevocationHash HashOf(byte[] signature) => RevocationHash.OfSignature(CoseAlgorithm.ES256, signature);

    static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
