using Issuer.Samples;

namespace Issuer.Tests.Samples;

public sealed class SampleCampaignTests : IDisposable
{
    static readonly DateOnly AsOf = new(2024, 2, 29);

    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("issuer-sample");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void The_same_people_seed_and_day_give_the_same_bytes() =>
        Assert.Equal(Write("one", 500, seed: 7), Write("two", 500, seed: 7));

    [Fact]
    public void Another_seed_gives_other_bytes_in_every_file() =>
        Assert.All(Write("one", 500, seed: 7).Zip(Write("two", 500, seed: -8)),
            pair => Assert.NotEqual(pair.First, pair.Second));

    [Fact]
    public void A_row_stays_the_same_for_ever()
    {
        SampleCampaign.Write(directory.FullName, 20, seed: 7, AsOf);
        var second = File.ReadLines(Path.Combine(directory.FullName, "records.csv")).ElementAt(2);
        Assert.Equal("P0000001-2,24-0001,Nguyễn,Quang Xòe Nhã,M,01/05/1979,CCCD,024079197045,VNM,"
            + "Pfizer,PF331D,2,primary,14/02/2024,", second);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    public void The_smallest_campaign_has_facilities_in_all_34_provinces(int people)
    {
        var counts = SampleCampaign.Write(directory.FullName, people, seed: 7, AsOf);
        Assert.Equal(34, counts.Facilities);
        Assert.Equal(people, counts.Kinds.Where(kind => kind.Key != SampleKind.Bystander).Sum(kind => kind.Value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(SampleCampaign.MostPeople + 1)]
    public void More_people_than_the_country_has_or_none_are_refused(int people) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleCampaign.Write(directory.FullName, people, 1, AsOf));

    [Fact]
    public void People_are_made_up_one_by_one_and_never_gathered()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(3, new SamplePeople(SampleCampaign.MostPeople, 1, AsOf).All().Take(3).Count());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    List<byte[]> Write(string name, int people, int seed)
    {
        var output = Path.Combine(directory.FullName, name);
        SampleCampaign.Write(output, people, seed, AsOf);
        return [.. Directory.GetFiles(output).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }
}
