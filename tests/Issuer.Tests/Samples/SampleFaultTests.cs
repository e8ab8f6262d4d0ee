using Issuer.Samples;

namespace Issuer.Tests.Samples;

public sealed class SampleFaultTests
{
    [Theory]
    [InlineData("Hòa", "Hoà")]
    [InlineData("Thúy Khóe", "Thuý Khoé")]
    [InlineData("Quý Hoàn", "Quý Hoàn")]
    public void Tones_move_to_the_new_place_only_where_the_two_schools_differ(string old, string placed) =>
        Assert.Equal(placed, VietnameseLetters.NewTonePlacement(old));

    [Fact]
    public void A_name_without_marks_is_plain() =>
        Assert.Equal("Dang Thi Ngoc Anh", VietnameseLetters.StripMarks("Đặng Thị Ngọc Ánh"));

    [Fact]
    public void A_spoilt_identity_never_matches_even_where_most_faults_do_not_fit()
    {
        var truth = new SampleIdentity("Blơk", "", true, new SampleBirthDate(new DateOnly(1950, 1, 1), true),
            "066050123454", "", SampleIdentity.Vietnam);
        Assert.All(Enumerable.Range(0, 1000), index => Assert.False(
            SampleFaults.Spoil(truth, new SampleRandom(1, SampleStream.Records, index)).Matches(truth)));
    }

    [Fact]
    public void A_slipped_number_is_nobody_s_and_a_malformed_one_no_number()
    {
        var numbers = new SampleIdentityNumbers(seed: 3);
        var random = new SampleRandom(3, SampleStream.Records, 0);
        var all = Enumerable.Range(0, 50_000).Select(_ => numbers.NextPersonal("079", male: true, 1984)).ToHashSet();
        Assert.Equal(50_000, all.Count);
        Assert.All(all, number => Assert.StartsWith("079084", number, StringComparison.Ordinal));
        Assert.DoesNotContain(all, number => all.Contains(SampleIdentityNumbers.Slip(number, random)));
        Assert.DoesNotContain(all, number => SampleIdentityNumbers.Malform(number, random) is var malformed
            && malformed.Length is 9 or 12 && malformed.All(char.IsAsciiDigit));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(34)]
    [InlineData(20_000)]
    public void An_order_holds_every_number_once(int size)
    {
        var order = new SampleOrder(size, new SampleRandom(1, SampleStream.Orders, 0));
        var indexes = Enumerable.Range(0, size).Select(index => (long)index).ToList();
        Assert.Equal(indexes, indexes.Select(index => order[index]).Order());
    }
}
