using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Tests.Certificates;

public sealed class IssuedCertificateTests
{
    static readonly DateTimeOffset Expiry = Given.Now.AddDays(300);

    static readonly IssuedCertificate Certificate = new(
        new Slot(1), 1, null, null, "", Given.Now, Expiry, true, "", [], []);

    [Theory]
    [InlineData(true, -1, CertificateState.Current)]
    [InlineData(false, -1, CertificateState.Superseded)]
    [InlineData(true, 0, CertificateState.Expired)]
    [InlineData(false, 1, CertificateState.Expired)]
    public void It_expires_with_its_last_second_and_only_one_of_a_lineage_is_current(
        bool isHead, int secondsAfter, CertificateState state) =>
        Assert.Equal(state, (Certificate with { IsLineageHead = isHead }).StateAt(Expiry.AddSeconds(secondsAfter)));

    [Fact]
    public void A_suspended_one_expires_and_a_revoked_one_stays_revoked()
    {
        var suspended = Certificate with
        {
            Revocation = new DeclaredRevocation(RevocationReason.Other, Given.Now, Expiry.AddDays(1)),
        };
        var revoked = Certificate with { Revocation = new DeclaredRevocation(RevocationReason.Fraud, Given.Now) };

        Assert.Equal(CertificateState.Suspended, suspended.StateAt(Expiry.AddSeconds(-1)));
        Assert.Equal(CertificateState.Expired, suspended.StateAt(Expiry));
        Assert.Equal(CertificateState.Revoked, revoked.StateAt(Expiry));
    }

    [Fact]
    public void A_lease_gives_the_places_of_its_shard_one_after_the_other()
    {
        var lease = new SlotLease(3, new byte[ShardOrder.SeedLength], 100, 5);

        Assert.Equal(ShardOrder.SlotAt(3, lease.Seed, 100), lease[0]);
        Assert.Equal(ShardOrder.SlotAt(3, lease.Seed, 104), lease[4]);
    }
}
