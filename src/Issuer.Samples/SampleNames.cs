namespace Issuer.Samples;

/// <summary>
/// Made-up names. Family and middle names are common ones; the given name is two words for plants, weather and the
/// like that nobody is called, so that no real person is meant. Together they carry every Vietnamese letter.
/// </summary>
static class SampleNames
{
    static readonly string[] Families =
    [
        "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Trần", "Lê", "Lê",
        "Phạm", "Phạm", "Huỳnh", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Đặng", "Bùi", "Đỗ", "Đỗ", "Hồ", "Ngô", "Dương",
        "Lý", "Đinh", "Đoàn", "Trịnh", "Đào", "Mai", "Cao", "Thạch", "Giàng", "Lò", "Tô", "Tạ", "Hứa", "Đậu",
    ];

    static readonly string[] MiddlesOfMen =
        ["Văn", "Văn", "Văn", "Đức", "Hữu", "Xuân", "Quang", "Đình", "Bá", "Công", "Trọng", "Thế", "Viết"];

    static readonly string[] MiddlesOfWomen =
        ["Thị", "Thị", "Thị", "Thị", "Ngọc", "Thu", "Kim", "Như", "Diệu", "Mỹ", "Thị Bích", "Thị Hồng"];

    static readonly string[] Words =
    [
        "Lá", "Thảo", "Nhã", "Hạ", "Trăng", "Rằm", "Nắng", "Khẳng", "Sẵn", "Lặng", "Mây", "Trầm", "Gấm", "Cẩm", "Mẫn",
        "Đất", "Nhật", "Hè", "Khéo", "Sẻ", "Khẽ", "Nhẹ", "Khuê", "Mềm", "Quế", "Bể", "Lễ", "Tuệ", "Bình", "Chín",
        "Nghỉ", "Nghĩa", "Mịn", "Cò", "Gió", "Thỏ", "Sõi", "Ngọc", "Sông", "Đồng", "Bống", "Chổi", "Gỗ", "Lộc", "Thơm",
        "Bờ",
        "Sớm", "Nở", "Rỡ", "Chợ", "Mùa", "Núi", "Củi", "Mũi", "Lụa", "Sương", "Rừng", "Đức", "Lửa", "Sữa", "Thực",
        "Kỳ", "Quý", "Kỷ", "Vỹ", "Kỵ", "Hòa", "Tỏa", "Khóe", "Xòe", "Thúy", "Thủy", "Đá", "Đèo", "Đàn", "Đước", "Suối",
    ];

    static readonly string[] HighlandOnsets = ["Bl", "Kđ", "Kr", "Mđ", "Dl", "Sr", "Ks", "Pl", "Ng", "Đh"];

    static readonly string[] HighlandRimes =
        ["ơk", "ăm", "iê", "oan", "uôn", "êr", "ơr", "uh", "it", "ông", "ên", "ưt", "a", "âo"];

    static readonly (string Nationality, string[] Families, string[] Givens)[] Abroad =
    [
        ("KOR", ["Gimdol", "Bakseom", "Choebyeol", "Leenamu"], ["Haneulso", "Badabit", "Sanmaru", "Byeolha"]),
        ("JPN", ["Hoshikumo", "Kawatsuki", "Yukimizu", "Moriame"], ["Sorato", "Amehiko", "Namiko", "Hanakaze"]),
        ("USA", ["Cloudwell", "Riverstone-Oak", "O'Meadow", "Fernbury"], ["Maple", "Tally", "Brook Ann", "Orrin"]),
        ("FRA", ["Laforêtbelle", "Dubrouillard", "Rivièreau", "d'Étoiline"], ["Céleste-Anne", "Orage", "Noël"]),
        ("DEU", ["Wolkenbächer", "Nebelgrün", "Straßenlaub"], ["Jörgfried", "Wiesa", "Almut-Käthe"]),
        ("CHN", ["Yunhe", "Shanyu"], ["Xinglu", "Meifeng"]),
        ("LAO", ["Phoumekhong", "Sengnamvong"], ["Dokmai", "Khamfa"]),
    ];

    /// <summary>Two words that together name nothing: also what made-up communes and clinics are called.</summary>
    public static string TwoWords(SampleRandom random)
    {
        var first = random.Pick(Words);
        var second = random.Pick(Words);
        return first == second ? first + " Xanh" : $"{first} {second}";
    }

    public static (string Family, string Given) Vietnamese(SampleRandom random, bool male) => random.Next(1000) switch
    {
        < 4 => (HighlandWord(random), ""),
        < 18 when male => ("Y", $"{HighlandWord(random)} {HighlandWord(random)}"),
        < 18 => ($"H'{HighlandWord(random)}", HighlandWord(random)),
        _ => (random.Pick(Families), $"{random.Pick(male ? MiddlesOfMen : MiddlesOfWomen)} {TwoWords(random)}"),
    };

    public static (string Family, string Given, string Nationality) Foreign(SampleRandom random)
    {
        var (nationality, families, givens) = random.Pick(Abroad);
        return (random.Pick(families), random.Pick(givens), nationality);
    }

    static string HighlandWord(SampleRandom random) => random.Pick(HighlandOnsets) + random.Pick(HighlandRimes);
}
