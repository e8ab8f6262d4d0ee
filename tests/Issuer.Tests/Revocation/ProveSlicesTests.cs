using System.Security.Cryptography;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Revocation;

public sealed class ProveSlicesTests
{
    static readonly Kid[] Dscs = [new([1, 2, 3, 4, 5, 6, 7, 8]), new([8, 7, 6, 5, 4, 3, 2, 1]), default];

    [Fact]
    public void Lists_of_every_revoked_certificate_and_no_other_are_proved()
    {
        var proof = Prove(
            Lists(Enumerable.Range(0, 900).Where(i => i % 3 == 0)), Enumerable.Range(0, 20_000),
            i => i < 900 && i % 3 == 0);
        Assert.Equal((0, 0), (proof.Missed, proof.FalseHits.Count));
    }

    [Fact]
    public void A_revoked_certificate_that_is_missing_is_counted_for_each_list()
    {
        var proof = Prove(Lists([0, 3, 6]), Enumerable.Range(0, 9), i => i is 0 or 3 or 6 or 1);
        Assert.Equal((2, 0), (proof.Missed, proof.FalseHits.Count));
    }

    [Fact]
    public void A_good_certificate_that_is_hit_is_named_with_the_list_that_hits_it_and_can_be_avoided()
    {
        var (good, bad) = (SHA256.HashData([1])[..16], SHA256.HashData([1])[..16]);
        good[^1] ^= 1;
        var entry = new RevocationEntry(Dscs[0], new RevocationHash(bad), Given.Now, false);
        BuildSlices[] lists = [new(SliceKind.Bloom, [entry]), new(SliceKind.Prefix, [entry])];
        var proof = Hit(lists, bad, good);
        Assert.Equal(0, proof.Missed);
        var (list, kid, hash) = Assert.Single(proof.FalseHits);
        Assert.Equal((lists[1], Dscs[0], new RevocationHash(good)), (list, kid, hash));
        Assert.True(list.TryAvoid(kid, hash.ToBytes()));
        Assert.Empty(Hit(lists, bad, good).FalseHits);

        var same = Assert.Single(Hit([lists[0]], bad, bad).FalseHits);
        Assert.False(same.Lists.TryAvoid(same.Kid, same.Hash.ToBytes()));
    }

    static SliceProof Hit(BuildSlices[] lists, byte[] bad, byte[] good)
    {
        var prove = new ProveSlices(lists);
        prove.Compare(Dscs[0], new RevocationHash(bad), isRefused: true);
        prove.Compare(Dscs[0], new RevocationHash(good), isRefused: false);
        return prove.Finish();
    }

    static BuildSlices[] Lists(IEnumerable<int> revoked)
    {
        var entries = revoked.Select(i =>
            new RevocationEntry(Dscs[i % 3], HashOf(i), Given.Now.AddDays(i % 40), false)).ToList();
        return [new(SliceKind.Bloom, entries), new(SliceKind.Prefix, entries)];
    }

    static SliceProof Prove(BuildSlices[] lists, IEnumerable<int> certificates, Func<int, bool> isRefused)
    {
        var prove = new ProveSlices(lists);
        foreach (var i in certificates)
        {
            prove.Compare(Dscs[i % 3], HashOf(i), isRefused(i));
        }
        return prove.Finish();
    }

    static RevocationHash HashOf(int number) => new(SHA256.HashData(BitConverter.GetBytes(number)).AsSpan(0, 16));
}
