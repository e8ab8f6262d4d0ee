using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class HcertSelfCheckTests : IDisposable
{
    readonly HcertSample sample = new();

    public void Dispose() => sample.Dispose();

    [Theory]
    [InlineData(CoseAlgorithm.ES256)]
    [InlineData(CoseAlgorithm.PS256)]
    public void What_this_library_writes_passes_its_own_check(CoseAlgorithm algorithm)
    {
        using var country = new HcertSample(algorithm);
        var hc1 = country.Hc1();
        Assert.Empty(HcertSelfCheck.Faults(hc1, HcertSample.Cwt, country.Dsc));
        Assert.Equal(Verdict.Valid, country.Verify(hc1).Verdict);
    }
}
