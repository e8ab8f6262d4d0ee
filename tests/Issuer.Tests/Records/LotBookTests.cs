using Issuer.Core.Records;

namespace Issuer.Tests.Records;

public sealed class LotBookTests
{
    static readonly VaccinationRecord Record = Given.Record();

    [Theory]
    [InlineData(-1, FaultCode.ExpiredLot)]
    [InlineData(0, null)]
    [InlineData(1, null)]
    public void A_lot_is_good_up_to_its_last_day(int daysLeft, FaultCode? warning) => Assert.Equal(
        warning is { } code ? [new Fault("lot", code)] : [],
        Book(Record.VaccinatedOn.AddDays(daysLeft)).Warnings(Record));

    [Fact]
    public void A_lot_is_known_by_product_number_and_facility()
    {
        var book = Book(Record.VaccinatedOn);

        VaccinationRecord[] others =
        [
            Record with { Lot = "ABV2" }, Record with { Product = "BBIBP-CorV" },
            Record with { Facility = Given.OtherFacility },
        ];
        Assert.All(others, other => Assert.Equal(
            new Fault("lot", FaultCode.UnknownLot), Assert.Single(book.Warnings(other))));
    }

    [Fact]
    public void Where_no_lot_is_known_or_none_was_typed_there_is_nothing_to_warn_of()
    {
        Assert.Empty(LotBook.Empty.Warnings(Record));
        Assert.Empty(Book(Record.VaccinatedOn).Warnings(Record with { Lot = "" }));
    }

    static LotBook Book(DateOnly expiresOn) =>
        new([new Lot(Record.Product, Record.Lot, Record.Facility, expiresOn, 100)]);
}
