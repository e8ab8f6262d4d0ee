using Issuer.Core.Revocation;

namespace Issuer.Tests.Revocation;

public sealed class BulkCriteriaTests
{
    static readonly BulkCriteria Nothing = new();

    public static TheoryData<BulkCriteria> OfRecords =>
    [
        Nothing with { Records = [1] }, Nothing with { Facility = Given.Facility }, Nothing with { EnteredBy = "clerk" },
        Nothing with { Lot = "ABV1", Product = "EU/1/21/1529" },
    ];

    public static TheoryData<BulkCriteria> OfCertificates =>
    [
        Nothing with { Certificates = [1] }, Nothing with { Lineages = [1] }, Nothing with { Subject = 1 },
        Nothing with { Kid = "kid" },
    ];

    [Theory]
    [MemberData(nameof(OfRecords))]
    public void Records_are_meant_and_no_certificates(BulkCriteria records)
    {
        Assert.True(records.IsOfRecords);
        Assert.False(records.IsOfCertificates);
        Assert.Null(records.Fault(RevocationReason.Fraud));
        Assert.Equal("records are not withdrawn as leaked", records.Fault(RevocationReason.Leaked));
        Assert.Equal("records and certificates are two acts", (records with { Kid = "kid" }).Fault(RevocationReason.Fraud));
    }

    [Theory]
    [MemberData(nameof(OfCertificates))]
    public void Certificates_are_meant_and_no_records(BulkCriteria certificates)
    {
        Assert.True(certificates.IsOfCertificates);
        Assert.False(certificates.IsOfRecords);
        Assert.Null(certificates.Fault(RevocationReason.Leaked));
        Assert.Equal(
            "records and certificates are two acts",
            (certificates with { EnteredBy = "clerk" }).Fault(RevocationReason.Fraud));
    }

    [Fact]
    public void Nobody_asks_for_everything()
    {
        Assert.NotNull(Nothing.Fault(RevocationReason.Fraud));
        Assert.NotNull((Nothing with { From = 1, To = 2 }).Fault(RevocationReason.Fraud));
    }

    [Fact]
    public void A_lot_is_named_with_its_product()
    {
        Assert.Equal("a lot is named with its product", (Nothing with { Lot = "ABV1" }).Fault(RevocationReason.Fraud));
        Assert.Equal(
            "a lot is named with its product",
            (Nothing with { Facility = Given.Facility, Product = "EU/1/21/1529" }).Fault(RevocationReason.Fraud));
    }

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(2, 2, false)]
    [InlineData(3, 2, false)]
    [InlineData(3, null, true)]
    [InlineData(null, 2, true)]
    public void A_time_ends_after_it_begins(int? from, int? to, bool isOne) => Assert.Equal(
        isOne, (Nothing with { Facility = Given.Facility, From = from, To = to }).Fault(RevocationReason.Fraud) is null);

    [Fact]
    public void What_waits_is_neither_done_nor_left_alone() => Assert.Equal(
        5, new BulkProgress(1, RevocationReason.Fraud, 10, 3, 2, 4, null, null).Waiting);
}
