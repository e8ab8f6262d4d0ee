using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Revocation;

/// <summary>What was found when slices were looked into for every certificate that has not expired.</summary>
/// <param name="Missed">Revoked or suspended ones that a verifier would accept.</param>
/// <param name="FalseHits">Good ones that a verifier would refuse, and by which lists.</param>
public sealed record SliceProof(
    long Missed, IReadOnlyList<(BuildSlices Lists, Kid Kid, RevocationHash Hash)> FalseHits);

/// <summary>
/// Looks every certificate up as a verifier would. They come one by one; those of a DSC are looked up many at a time.
/// </summary>
public sealed class ProveSlices(IReadOnlyList<BuildSlices> lists)
{
    const int AtOnce = 1 << 12;

    readonly Dictionary<Kid, Waiting> waiting = [];
    readonly List<(BuildSlices, Kid, RevocationHash)> falseHits = [];
    long missed;

    public void Compare(Kid kid, RevocationHash hash, bool isRefused)
    {
        if (!waiting.TryGetValue(kid, out var ofKid))
        {
            waiting.Add(kid, ofKid = new Waiting());
        }
        hash.CopyTo(ofKid.HashAt(ofKid.Count));
        ofKid.IsRefused[ofKid.Count++] = isRefused;
        if (ofKid.Count == AtOnce)
        {
            LookUp(kid, ofKid);
        }
    }

    public SliceProof Finish()
    {
        foreach (var (kid, ofKid) in waiting)
        {
            LookUp(kid, ofKid);
        }
        return new SliceProof(missed, falseHits);
    }

    void LookUp(Kid kid, Waiting ofKid)
    {
        var isHit = ofKid.IsHit.AsSpan(0, ofKid.Count);
        foreach (var list in lists)
        {
            list.MayRefuse(kid, ofKid.Hashes.AsSpan(0, ofKid.Count * RevocationHash.Length), isHit);
            for (var at = 0; at < isHit.Length; at++)
            {
                if (ofKid.IsRefused[at] && !isHit[at])
                {
                    missed++;
                }
                else if (isHit[at] && !ofKid.IsRefused[at])
                {
                    falseHits.Add((list, kid, new RevocationHash(ofKid.HashAt(at))));
                }
            }
        }
        ofKid.Count = 0;
    }

    sealed class Waiting
    {
        public byte[] Hashes { get; } = new byte[AtOnce * RevocationHash.Length];

        public bool[] IsRefused { get; } = new bool[AtOnce];

        public bool[] IsHit { get; } = new bool[AtOnce];

        public int Count { get; set; }

        public Span<byte> HashAt(int at) => Hashes.AsSpan(at * RevocationHash.Length, RevocationHash.Length);
    }
}
