using Issuer.Benchmarks;

namespace Issuer.Tests.Hcert;

public sealed class BenchEncodeTests
{
    [Fact]
    public void Codes_are_at_most_one_percent_longer_than_with_zlib_9()
    {
        var figures = BenchEncode.Run(slices: 2);
        Assert.InRange(figures.MeanCharacters, 400, figures.Zlib9MeanCharacters * 1.01);
        Assert.True(figures.CertificatesPerSecond > 0 && figures.Ratio > 0);
    }
}
