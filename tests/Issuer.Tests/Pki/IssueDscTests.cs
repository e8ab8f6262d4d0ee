using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Core.Pki;
using Issuer.Hcert;

namespace Issuer.Tests.Pki;

public sealed class IssueDscTests : IDisposable
{
    readonly Ceremony ceremony = new();
    readonly SigningKey key = SigningKey.Create(KeyKind.P256);

    public void Dispose()
    {
        ceremony.Dispose();
        key.Dispose();
    }

    [Fact]
    public void Two_DSCs_for_one_request_differ_in_serial_and_kid()
    {
        var (first, second) = (ceremony.Dsc(key), ceremony.Dsc(key));
        Assert.NotEqual(Kid.OfDsc(first), Kid.OfDsc(second));
    }

    [Fact]
    public void A_request_with_a_changed_byte_is_refused()
    {
        var request = RequestDsc.For(Ceremony.Named("DSC"), key);
        for (var at = 0; at < request.Length; at++)
        {
            var changed = request.ToArray();
            changed[at] ^= 1;
            Assert.False(Issue(changed).Succeeded);
        }
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x30, 0x00 })]
    public void Garbage_is_refused(byte[] request) =>
        Assert.Equal(PkiFaultCode.Malformed, Assert.Single(Issue(request).Faults).Code);

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new CertificateRequest("C=DE, O=Nobody", p384, HashAlgorithmName.SHA384).CreateSigningRequest();
        using var stranger = SigningKey.Create(KeyKind.P256);
        var outcome = IssueDsc.From(
            request, ceremony.Csca, stranger, Ceremony.Now.AddYears(5), Ceremony.Now.AddYears(5), []);
        Assert.Null(outcome.Value);
        Assert.Equal(
            [
                PkiFaultCode.WrongKey, PkiFaultCode.WeakKey, PkiFaultCode.WrongSubject, PkiFaultCode.WrongSubject,
                PkiFaultCode.WrongValidity, PkiFaultCode.WrongValidity,
            ],
            outcome.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void A_DSC_does_not_outlive_its_CSCA()
    {
        var end = Ceremony.Now.AddYears(4);
        Assert.True(Issue(RequestDsc.For(Ceremony.Named("DSC"), key), end).Succeeded);
        var late = Issue(RequestDsc.For(Ceremony.Named("DSC"), key), end.AddSeconds(1));
        Assert.Equal(PkiFaultCode.WrongValidity, Assert.Single(late.Faults).Code);
    }

    [Fact]
    public void Extensions_asked_for_are_not_granted()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("C=VN, CN=Greedy", ecdsa, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var dsc = X509CertificateLoader.LoadCertificate(Issue(request.CreateSigningRequest()).Value!);
        Assert.False(Assert.Single(dsc.Extensions.OfType<X509BasicConstraintsExtension>()).CertificateAuthority);
    }

    PkiOutcome<byte[]> Issue(byte[] request, DateTimeOffset? to = null) => IssueDsc.From(
        request, ceremony.Csca, ceremony.CscaKey, Ceremony.Now, to ?? Ceremony.Now.AddYears(2), []);
}
