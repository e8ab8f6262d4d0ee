using System.Buffers.Binary;
using System.Diagnostics;
using Issuer.Core.Pki;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Benchmarks;

/// <summary>
/// The EU's formats over the same certificates: what they cost beside the compact list, and that none lies.
/// </summary>
sealed class BenchEuFormats(RevocationSample sample, int revoked, double boundBits)
{
    const int CertificatesAPiece = 1 << 14;

    /// <summary>One DSC and one week: the fewest batches and slices there can be.</summary>
    static readonly Kid Dsc = new([1, 2, 3, 4, 5, 6, 7, 8]);

    static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Expires = Now.AddYears(1);

    IEnumerable<RevocationEntry> Entries => sample.Revoked.Select(slot =>
    {
        Span<byte> hash = stackalloc byte[RevocationHash.Length];
        HashOf(slot, hash);
        return new RevocationEntry(Dsc, new RevocationHash(hash), Expires, false);
    });

    public FormatFigures Batches(TrustAnchor anchor)
    {
        Forget();
        var watch = Stopwatch.StartNew();
        var plan = PlanBatches.From("VN", [], Entries, new HashSet<RevocationHash>(), Now);
        var signatures = plan.New.Sum(batch => (long)anchor.Sign(batch.Json.Span, Now).Length);
        var build = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var listed = new HashSet<RevocationHash>(revoked);
        listed.UnionWith(plan.New.SelectMany(batch => batch.Hashes));
        var falseHits = FalseHits(
            (hashes, isHit) =>
            {
                for (var at = 0; at < isHit.Length; at++)
                {
                    isHit[at] = listed.Contains(
                        new RevocationHash(hashes.Slice(at * RevocationHash.Length, RevocationHash.Length)));
                }
            },
            out var missed, out _);
        return Proved(FormatFigures.Of(plan.New.Sum(batch => (long)batch.Json.Length), signatures, boundBits, revoked,
            falseHits, build, watch.Elapsed.TotalSeconds), missed);
    }

    /// <summary>Codes, and proves until no certificate is hit that should not be.</summary>
    public FormatFigures Slices(SliceKind kind)
    {
        Forget();
        var watch = Stopwatch.StartNew();
        var lists = new BuildSlices(kind, Entries);
        var build = watch.Elapsed.TotalSeconds;
        watch.Restart();
        long falseHits, missed;
        do
        {
            falseHits = FalseHits((hashes, isHit) => lists.MayRefuse(Dsc, hashes, isHit), out missed, out var hit);
            if (!hit.TrueForAll(hash => lists.TryAvoid(Dsc, hash)))
            {
                throw new InvalidOperationException("A good certificate has the hash of a revoked one.");
            }
        }
        while (falseHits > 0);
        var bytes = lists.Slices.Sum(placed => (long)placed.Slice.Bytes.Length);
        return Proved(
            FormatFigures.Of(bytes, 0, boundBits, revoked, falseHits, build, watch.Elapsed.TotalSeconds), missed);
    }

    /// <summary>What the format before took is not this one's.</summary>
    static void Forget() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>Which of some hashes, one after another, a verifier would refuse.</summary>
    delegate void LookUp(ReadOnlySpan<byte> hashes, Span<bool> isRefused);

    /// <summary>Looks every certificate up, on all cores.</summary>
    long FalseHits(LookUp lookUp, out long missed, out List<byte[]> hit)
    {
        long missing = 0;
        List<byte[]> hits = [];
        Parallel.For(0, sample.Shards, shard =>
        {
            var hashes = new byte[CertificatesAPiece * RevocationHash.Length];
            var isHit = new bool[CertificatesAPiece];
            foreach (var piece in sample.CertificatesOf(shard).Chunk(CertificatesAPiece))
            {
                for (var at = 0; at < piece.Length; at++)
                {
                    HashOf(piece[at].Slot, HashAt(hashes, at));
                }
                lookUp(hashes.AsSpan(0, piece.Length * RevocationHash.Length), isHit.AsSpan(0, piece.Length));
                for (var at = 0; at < piece.Length; at++)
                {
                    if (piece[at].IsRefused && !isHit[at])
                    {
                        Interlocked.Increment(ref missing);
                    }
                    else if (isHit[at] && !piece[at].IsRefused)
                    {
                        lock (hits)
                        {
                            hits.Add(HashAt(hashes, at).ToArray());
                        }
                    }
                }
            }
        });
        (missed, hit) = (missing, hits);
        return hits.Count;
    }

    static Span<byte> HashAt(byte[] hashes, int at) =>
        hashes.AsSpan(at * RevocationHash.Length, RevocationHash.Length);

    static FormatFigures Proved(FormatFigures figures, long missed) => missed == 0
        ? figures
        : throw new InvalidOperationException($"{missed} revoked certificates are not in the list.");

    /// <summary>Stands in for SHA-256 over r: scattered in the same way, and no two alike.</summary>
    static void HashOf(Slot slot, Span<byte> hash)
    {
        var high = RevocationSample.Mix((ulong)slot.Value + 1);
        BinaryPrimitives.WriteUInt64BigEndian(hash, high);
        BinaryPrimitives.WriteUInt64BigEndian(hash[8..], RevocationSample.Mix(high ^ 1));
    }
}
