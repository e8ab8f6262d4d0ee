using System.Globalization;

namespace Issuer.Samples;

sealed record SampleFacility(string Code, string Name, string Kind, string Province, string Commune);

/// <summary>
/// At least one facility in every province, and one more for every 300 people, spread like the population. Only their
/// number in each province is kept.
/// </summary>
sealed class SampleFacilities
{
    static readonly (string Kind, string Name, int Weight)[] Kinds =
    [
        ("commune-station", "Trạm Y tế xã {0}", 45),
        ("hospital", "Bệnh viện Đa khoa {0}", 20),
        ("health-centre", "Trung tâm Y tế khu vực {0}", 13),
        ("private", "Phòng tiêm chủng “{0}”, cơ sở {1}", 10),
        ("cdc", "Trung tâm Kiểm soát bệnh tật {2} - điểm tiêm {0}", 7),
        ("military", "Bệnh viện Quân dân y {0}", 5),
    ];

    readonly int seed;
    readonly Dictionary<SampleProvince, int> counts;

    public SampleFacilities(int people, int seed)
    {
        this.seed = seed;
        counts = Spread(people / 300);
    }

    public IEnumerable<SampleFacility> All() =>
        from province in SamplePlaces.Provinces
        from ordinal in Enumerable.Range(1, counts[province])
        select Describe(province, ordinal);

    /// <summary>The code of a facility in the province.</summary>
    public string Pick(SampleRandom random, SampleProvince province) =>
        Code(province, 1 + random.Next(counts[province]));

    public string PickAnywhere(SampleRandom random) => Pick(random, SamplePlaces.Pick(random));

    SampleFacility Describe(SampleProvince province, int ordinal)
    {
        var index = Array.IndexOf(SamplePlaces.Provinces, province) * 10_000_000L + ordinal;
        var random = new SampleRandom(seed, SampleStream.Facilities, index);
        var (kind, pattern, _) = random.PickWeighted(Kinds, candidate => candidate.Weight);
        var name = string.Format(
            CultureInfo.InvariantCulture, pattern, SampleNames.TwoWords(random), ordinal, province.Name);
        return new SampleFacility(Code(province, ordinal), name, kind, province.Code, province.Commune(random));
    }

    static string Code(SampleProvince province, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{province.Code}-{ordinal:D4}");

    /// <summary>One for each, and the rest by weight: rounded running totals add up to exactly all of them.</summary>
    static Dictionary<SampleProvince, int> Spread(long rest)
    {
        var counts = new Dictionary<SampleProvince, int>();
        long total = SamplePlaces.Provinces.Sum(province => province.Weight), running = 0;
        foreach (var province in SamplePlaces.Provinces)
        {
            var before = rest * running / total;
            running += province.Weight;
            counts[province] = 1 + (int)(rest * running / total - before);
        }
        return counts;
    }
}
