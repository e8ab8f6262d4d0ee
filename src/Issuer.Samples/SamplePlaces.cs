using System.Globalization;

namespace Issuer.Samples;

/// <summary>
/// A province of the 34 since 2025-07-01, with the codes of the 63 before it, which the personal numbers of everybody
/// born earlier carry. The weight is its population in hundred thousands, roughly.
/// </summary>
sealed record SampleProvince(string Code, string Name, int Weight, params string[] OldCodes)
{
    /// <summary>A five-digit commune code, made up in the range where the real ones of the province lie.</summary>
    public string Commune(SampleRandom random) =>
        (int.Parse(Code, CultureInfo.InvariantCulture) * 335 + 3 * random.Next(100))
            .ToString("D5", CultureInfo.InvariantCulture);
}

static class SamplePlaces
{
    public static readonly SampleProvince[] Provinces =
    [
        new("01", "Hà Nội", 85, "01"),
        new("04", "Cao Bằng", 5, "04"),
        new("08", "Tuyên Quang", 18, "02", "08"),
        new("11", "Điện Biên", 6, "11"),
        new("12", "Lai Châu", 5, "12"),
        new("14", "Sơn La", 13, "14"),
        new("15", "Lào Cai", 17, "10", "15"),
        new("19", "Thái Nguyên", 17, "06", "19"),
        new("20", "Lạng Sơn", 8, "20"),
        new("22", "Quảng Ninh", 14, "22"),
        new("24", "Bắc Ninh", 34, "24", "27"),
        new("25", "Phú Thọ", 37, "17", "25", "26"),
        new("31", "Hải Phòng", 42, "30", "31"),
        new("33", "Hưng Yên", 32, "33", "34"),
        new("37", "Ninh Bình", 38, "35", "36", "37"),
        new("38", "Thanh Hóa", 37, "38"),
        new("40", "Nghệ An", 34, "40"),
        new("42", "Hà Tĩnh", 13, "42"),
        new("44", "Quảng Trị", 16, "44", "45"),
        new("46", "Huế", 12, "46"),
        new("48", "Đà Nẵng", 28, "48", "49"),
        new("51", "Quảng Ngãi", 19, "51", "62"),
        new("52", "Gia Lai", 32, "52", "64"),
        new("56", "Khánh Hòa", 19, "56", "58"),
        new("66", "Đắk Lắk", 29, "54", "66"),
        new("68", "Lâm Đồng", 33, "60", "67", "68"),
        new("75", "Đồng Nai", 45, "70", "75"),
        new("79", "Hồ Chí Minh", 137, "74", "77", "79"),
        new("80", "Tây Ninh", 30, "72", "80"),
        new("82", "Đồng Tháp", 34, "82", "87"),
        new("86", "Vĩnh Long", 34, "83", "84", "86"),
        new("91", "An Giang", 37, "89", "91"),
        new("92", "Cần Thơ", 33, "92", "93", "94"),
        new("96", "Cà Mau", 22, "95", "96"),
    ];

    public static SampleProvince Pick(SampleRandom random) =>
        random.PickWeighted(Provinces, province => province.Weight);
}
