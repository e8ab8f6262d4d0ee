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

    [Theory]
    [InlineData("26734", null)]
    [InlineData("79", null)]
    [InlineData("01", FaultCode.UnknownLot)]
    public void A_lot_is_known_where_it_was_booked_at_the_facilitys_commune_or_province(string place, FaultCode? warning)
    {
        var book = new LotBook(
            [new Lot(Record.Product, Record.Lot, place, Record.VaccinatedOn, 100, IsPlace: true)],
            new Dictionary<string, IReadOnlyList<string>> { [Record.Facility] = ["26734", "79"] });

        Assert.Equal(warning is { } code ? [new Fault("lot", code)] : [], book.Warnings(Record));
    }

    [Fact]
    public void What_was_only_passed_on_was_never_received()
    {
        var placesOf = new Dictionary<string, IReadOnlyList<string>>();
        var book = new LotBook([Of(-5) with { Holder = Record.Facility }, Of(5)], placesOf);
        Assert.Equal(new Fault("lot", FaultCode.UnknownLot), Assert.Single(book.Warnings(Record)));
    }

    [Fact]
    public void Rows_of_one_lot_at_one_holder_are_added_up_received_and_passed_on_apart() => Assert.Equal(
        [Of(5), Of(-3), Of(1) with { IsPlace = true }, Of(2) with { Number = "other" }],
        Lot.Together([Of(2), Of(-2), Of(3), Of(1) with { IsPlace = true }, Of(-1), Of(2) with { Number = "other" }]));

    static Lot Of(long doses) => new(Record.Product, Record.Lot, "79", Record.VaccinatedOn, doses);

    static LotBook Book(DateOnly expiresOn) =>
        new([new Lot(Record.Product, Record.Lot, Record.Facility, expiresOn, 100)],
        new Dictionary<string, IReadOnlyList<string>>());
}
