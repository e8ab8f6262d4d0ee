using System.Diagnostics;
using Issuer.Core.Pki;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Benchmarks;

/// <summary>Builds, proves, signs and reads every revocation format over a whole country's certificates.</summary>
sealed class BenchRevocation(int issued, int revoked)
{
    const int Lookups = 10_000_000;
    const int Decodes = 5;
    const int DaysAYear = 365;
    const int LeastDelta = 200;

    static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    readonly Dictionary<string, FormatFigures> formats = [];
    readonly RevocationSample sample = new(issued, revoked);

    public RevocationFigures Run()
    {
        using var memory = new PeakMemory();
        using var anchor = TrustAnchor.SelfSigned("VN", "Bench", SigningKey.Create(KeyKind.P256), Now);
        var all = sample.Revoked.ToList();
        var changed = Math.Min(revoked, Math.Max(LeastDelta, revoked / DaysAYear));
        var yesterday = State(1, issued, WithoutSome(all, changed), default);
        var today = State(2, issued, RevokedSlots.Of(all), yesterday.Link);
        var full = Measure(
            "compact-full", anchor, () => PreparedCompactList.Full(today), Subsets.Bits(issued, revoked));
        Measure("compact-delta", anchor, () => PreparedCompactList.Delta(yesterday, today),
            Subsets.Bits(issued, changed));
        MeasureExpiring(anchor, yesterday, all, changed);
        var (decode, lookup) = Read(full, anchor);
        if (revoked > 0)
        {
            var eu = new BenchEuFormats(sample, revoked, Subsets.Bits(issued, revoked));
            formats["eu-batches"] = eu.Batches(anchor);
            formats["eu-bloom"] = eu.Slices(SliceKind.Bloom);
            formats["eu-hashlist"] = eu.Slices(SliceKind.Prefix);
        }
        return new RevocationFigures(
            issued, revoked, formats, formats.Values.Sum(f => f.BuildSeconds + f.ProofSeconds), decode, lookup,
            Math.Round(memory.Megabytes),
            [
                "revoked certificates are uniformly scattered over all that were issued",
                "EU formats: one DSC and one week of expiry, as full as they can be; a .cms beside each batch",
                $"a delta is one day of a year, at least {LeastDelta} revocations: {changed}",
            ]);
    }

    SignedCompactList Measure(
        string name, TrustAnchor anchor, Func<PreparedCompactList> build, double boundBits,
        IEnumerable<(Slot, bool)>? certificates = null)
    {
        var (prepared, buildSeconds) = Time(build);
        var (proof, proofSeconds) = Time(() => ProveList.Over(prepared.State, certificates ?? sample.Certificates));
        var signed = prepared.Sign(anchor, proof);
        var entries = signed.Claims.Base is { } delta ? delta.Additions + delta.Removals : signed.Claims.Revoked;
        formats[name] = FormatFigures.Of(
            signed.Body.Length, signed.Envelope.Length, boundBits, entries, proof.FalsePositives, buildSeconds,
            proofSeconds);
        return signed;
    }

    /// <summary>A day on which as many revoked certificates expire as others are revoked.</summary>
    void MeasureExpiring(TrustAnchor anchor, CompactListState yesterday, List<Slot> all, int changed)
    {
        var kept = WithoutSome(all, changed);
        var gone = RevokedSlots.Of(all.Where(slot => !kept.Contains(slot) && yesterday.Revoked.Contains(slot)));
        var left = RevokedSlots.Of(all.Where(slot => !gone.Contains(slot)));
        var today = State(2, issued - (int)gone.Count, left, yesterday.Link);
        Measure("compact-delta-expiring", anchor, () => PreparedCompactList.Delta(yesterday, today),
            Subsets.Bits(issued, changed) + Subsets.Bits(yesterday.Revoked.Count, gone.Count),
            sample.Certificates.Where(certificate => !gone.Contains(certificate.Slot)));
    }

    (double DecodeSeconds, double LookupNanoseconds) Read(SignedCompactList full, TrustAnchor anchor)
    {
        if (!Dsc.TryParse(anchor.Der.Span, out var signer, out var why))
        {
            throw new InvalidOperationException(why);
        }
        var decodes = Enumerable.Range(0, Decodes)
            .Select(_ => Time(() => ReadCompactList.From(full.Envelope, full.Body, signer))).ToList();
        var set = decodes[^1].Result.State!.Revoked;
        var asked = Enumerable.Range(0, Lookups).Select(_ => new Slot((long)(sample.Next() % (ulong)issued))).ToArray();
        var (hits, seconds) = Time(() => asked.Count(set.Contains));
        return hits > Lookups
            ? throw new InvalidOperationException("More hits than look-ups.")
            : (Math.Round(decodes.Select(d => d.Seconds).Order().ElementAt(Decodes / 2), 3),
                Math.Round(seconds / Lookups * 1e9, 1));
    }

    RevokedSlots WithoutSome(List<Slot> all, int count)
    {
        var without = sample.Choose(count, all.Count).ToHashSet();
        return RevokedSlots.Of(all.Where((_, index) => !without.Contains(index)));
    }

    static CompactListState State(long sequence, long issued, RevokedSlots set, Sha256Digest previous) => new(
        "VN", sequence, Now.AddDays(sequence), Now.AddDays(sequence + 1), issued, set, previous);

    static (T Result, double Seconds) Time<T>(Func<T> work)
    {
        var watch = Stopwatch.GetTimestamp();
        var result = work();
        return (result, Stopwatch.GetElapsedTime(watch).TotalSeconds);
    }
}
