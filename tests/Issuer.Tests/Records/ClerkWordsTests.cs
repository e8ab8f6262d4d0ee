using Issuer.Core.Records;
using Issuer.Samples;
using Issuer.Tests.Pki;

namespace Issuer.Tests.Records;

/// <summary>Words as people write them, and what is no word of theirs.</summary>
public class ClerkWordsTests
{
    [Theory]
    [InlineData("Việt Nam", "VNM")]
    [InlineData("viet nam", "VNM")]
    [InlineData("VN", "VNM")]
    [InlineData("Vietnamese", "VNM")]
    [InlineData("Quốc tịch Việt Nam", "VNM")]
    [InlineData("Pháp", "FRA")]
    [InlineData("Pháp (France)", "FRA")]
    [InlineData("FR", "FRA")]
    [InlineData("Hàn Quốc", "KOR")]
    [InlineData("Han Quoc", "KOR")]
    [InlineData("South Korea", "KOR")]
    [InlineData("KR", "KOR")]
    [InlineData("kor", "KOR")]
    [InlineData("Mỹ", "USA")]
    [InlineData("MỸ", "USA")]
    [InlineData("Hoa Kỳ", "USA")]
    [InlineData("MY", "MYS")]
    [InlineData("Nga", "RUS")]
    [InlineData("NGA", "NGA")]
    [InlineData("Lào", "LAO")]
    [InlineData("Anh", "GBR")]
    [InlineData("Ý", "ITA")]
    [InlineData("Áo", "AUT")]
    [InlineData("XXA", "XXA")]
    [InlineData("-", "VNM")]
    [InlineData("", "VNM")]
    public void Countries_are_understood(string typed, string code) =>
        Assert.Equal(code, Given.Record(Given.Row() with { Nationality = typed }).Nationality);

    [Theory]
    [InlineData("nga")]
    [InlineData("My")]
    [InlineData("ao")]
    [InlineData("Congo")]
    [InlineData("Kinh")]
    [InlineData("QQQ")]
    [InlineData("VIE")]
    public void A_word_that_may_be_two_countries_or_is_none_is_asked_about(string typed) =>
        Assert.Equal(["nationality:bad-nationality"], FaultsOf(Given.Row() with { Nationality = typed }));

    [Theory]
    [InlineData("Vắc xin Comirnaty (Pfizer/BioNTech)", "EU/1/20/1528")]
    [InlineData("Pfizer trẻ em", "EU/1/20/1528")]
    [InlineData("Pfizer (trẻ em 5-11 tuổi)", "EU/1/20/1528")]
    [InlineData("PFIZER ", "EU/1/20/1528")]
    [InlineData("Pfizer BioNTech COVID-19 vaccine", "EU/1/20/1528")]
    [InlineData("AstraZeneca (Vaxzevria)", "EU/1/21/1529")]
    [InlineData("Covid-19 vaccine AstraZeneca", "EU/1/21/1529")]
    [InlineData("Astra Zeneca", "EU/1/21/1529")]
    [InlineData("Spikevax (Moderna)", "EU/1/20/1507")]
    [InlineData("Verocell", "BBIBP-CorV")]
    [InlineData("Vero-Cell (Sinopharm)", "BBIBP-CorV")]
    [InlineData("Sputnik-V", "Sputnik-V")]
    [InlineData("Johnson & Johnson (Janssen)", "EU/1/20/1525")]
    [InlineData("J&J", "EU/1/20/1525")]
    [InlineData("EU/1/20/1528", "EU/1/20/1528")]
    public void Vaccines_are_understood_with_their_maker_and_for_whom_they_are(string typed, string code) =>
        Assert.Equal(code, Given.Record(Given.Row() with { Product = typed }).Product);

    [Theory]
    [InlineData("Pfizer/Moderna")]
    [InlineData("Pfizer (Sinopharm)")]
    [InlineData("Nanocovax")]
    [InlineData("Pfizer Nanocovax")]
    [InlineData("vắc xin")]
    [InlineData("Covishield")]
    public void A_name_of_two_vaccines_or_of_none_is_asked_about(string typed) =>
        Assert.Equal(["product:unknown-product"], FaultsOf(Given.Row() with { Product = typed }));

    [Theory]
    [InlineData("Mũi 1", null, 1, null)]
    [InlineData("mũi thứ 2", null, 2, null)]
    [InlineData("01", null, 1, null)]
    [InlineData("1/2", null, 1, null)]
    [InlineData("Liều 2", null, 2, null)]
    [InlineData("Mũi nhắc lại", null, null, DoseKind.Booster)]
    [InlineData("Mui nhac lai", null, null, DoseKind.Booster)]
    [InlineData("Nhắc lại lần 1", null, null, DoseKind.Booster)]
    [InlineData("Mũi 3 (nhắc lại)", null, 3, DoseKind.Booster)]
    [InlineData("Mũi bổ sung", null, null, DoseKind.Additional)]
    [InlineData("Mũi cơ bản 2", null, 2, DoseKind.Primary)]
    [InlineData("-", "Mũi nhắc lại", null, DoseKind.Booster)]
    [InlineData("không có", "không có", null, null)]
    public void Doses_are_understood_as_cards_name_them(string number, string? kind, int? read, DoseKind? meant)
    {
        var record = Given.Record(Given.Row() with { DoseNumber = number, DoseKind = kind });

        Assert.Equal((read, meant), (record.DoseNumber, record.DoseKind));
    }

    [Theory]
    [InlineData("2/1", null, "dose_number:bad-dose-number")]
    [InlineData("Mũi nhắc lại", "primary", "dose_kind:bad-dose-kind")]
    [InlineData("1", "Mũi 3", "dose_kind:bad-dose-kind")]
    public void A_dose_that_contradicts_itself_is_asked_about(string number, string? kind, string fault) =>
        Assert.Equal([fault], FaultsOf(Given.Row() with { DoseNumber = number, DoseKind = kind }));

    [Theory]
    [InlineData("không có")]
    [InlineData("Không")]
    [InlineData("ko có")]
    [InlineData("n/a")]
    [InlineData("-")]
    [InlineData("—")]
    public void Words_for_nothing_are_nothing(string typed)
    {
        var record = Given.Record(Given.Row() with { IdentityNumber = typed, IdentityType = typed, Lot = typed });

        Assert.Equal(("", null, ""), (record.IdentityNumber, record.IdentityType, record.Lot));
        Assert.Equal(RecordState.MissingId, IdentityNumbers.UnusableState(record));
        Assert.Contains("full_name:missing", FaultsOf(
            Given.Row() with { FamilyName = "-", GivenName = "–", FullName = null }));
    }

    [Theory]
    [InlineData("Nguyễn Văn An")]
    [InlineData("Hoàng Thuý Oanh")]
    [InlineData("Huỳnh Quốc Quyền")]
    [InlineData("Y Ƀiêr Êban")]
    [InlineData("H'Ñiê Kđăm")]
    [InlineData("NGUYỄN THỊ THUỲ DƯƠNG")]
    public void Names_of_Vietnamese_are_whole(string name) =>
        Assert.Null(DamagedLetters.Of(name, isVietnamese: true));

    [Theory]
    [InlineData("Noël Müller")]
    [InlineData("Mª José García")]
    [InlineData("JOSÉ–MARIA LEÃO")]
    [InlineData("Muñoz")]
    [InlineData("O’Brien")]
    [InlineData("Иванов Иван")]
    [InlineData("Ｔａｎａｋａ")]
    [InlineData("Åse Sørensen")]
    public void Names_of_others_are_whole(string name) =>
        Assert.Null(DamagedLetters.Of(name, isVietnamese: false));

    [Theory]
    [InlineData("Tr?n Th? Bình", LetterDamage.Lost)]
    [InlineData("Tr\uFFFDn", LetterDamage.Lost)]
    [InlineData("Tráº§n Thá»‹ BÃ¬nh", LetterDamage.Misread)]
    [InlineData("LÃª VÄƒn Äá»©c", LetterDamage.Misread)]
    [InlineData("TrÇn ThÞ B×nh", LetterDamage.OldFont)]
    [InlineData("Lª V¨n §øc", LetterDamage.OldFont)]
    [InlineData("Traàn Vaên Döông", LetterDamage.OldFont)]
    public void Damaged_names_are_told_by_what_became_of_them(string name, LetterDamage damage) =>
        Assert.Equal(damage, DamagedLetters.Of(name, isVietnamese: true));

    [Fact]
    public void No_name_of_the_samples_counts_as_damaged()
    {
        using var folder = new Folder();
        SampleCampaign.Write(folder.Path, 2000, 7, new DateOnly(2022, 6, 30));
        var lines = File.ReadAllLines(Path.Combine(folder.Path, "population.csv"));

        Assert.True(lines.Length > 1000);
        Assert.DoesNotContain(lines, line => DamagedLetters.Of(line, isVietnamese: true) is not null);
    }

    static IEnumerable<string> FaultsOf(RecordRow row) =>
        CheckRecord.Check(row, Given.Context).HardFaults.Select(fault => $"{fault.Field}:{fault.Code}");
}
