using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Core;
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
            Assert.NotNull(Issue(changed).Rejection);
        }
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x30, 0x00 })]
    public void Garbage_is_refused(byte[] request) =>
        Assert.Equal(RejectionKind.Malformed, Issue(request).Rejection?.Kind);

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new CertificateRequest("C=DE, O=Nobody", p384, HashAlgorithmName.SHA384).CreateSigningRequest();
        using var stranger = SigningKey.Create(KeyKind.P256);
        var outcome = IssueDsc.From(
            request, ceremony.Csca, stranger, Ceremony.Now.AddYears(5), Ceremony.Now.AddYears(5), []);
        Assert.Null(outcome.Value);
        Assert.Equal(RejectionKind.Invalid, outcome.Rejection?.Kind);
        Assert.Equal(
            "The key is not the CSCA's. A DSC's key is P-256 or RSA of 2048 to 3072 bits. "
            + "The subject's country must be VN, once. The subject has no common name, or several. "
            + "The DSC would end before it begins. " + OutsideTheCscas(),
            outcome.Rejection?.Detail);
    }

    [Fact]
    public void A_DSC_does_not_outlive_its_CSCA()
    {
        var end = Ceremony.Now.AddYears(4);
        Assert.Null(Issue(RequestDsc.For(Ceremony.Named("DSC"), key), end).Rejection);
        var late = Issue(RequestDsc.For(Ceremony.Named("DSC"), key), end.AddSeconds(1));
        Assert.Equal(OutsideTheCscas(), late.Rejection?.Detail);
    }

    string OutsideTheCscas() => FormattableString.Invariant(
        $"The DSC must lie within the CSCA's validity, {ceremony.Csca.NotBefore:u} to {ceremony.Csca.NotAfter:u}.");

    [Fact]
    public void Extensions_asked_for_are_not_granted()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("C=VN, CN=Greedy", ecdsa, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var dsc = X509CertificateLoader.LoadCertificate(Issue(request.CreateSigningRequest()).Value!);
        Assert.False(Assert.Single(dsc.Extensions.OfType<X509BasicConstraintsExtension>()).CertificateAuthority);
    }

    Result<byte[]> Issue(byte[] request, DateTimeOffset? to = null) => IssueDsc.From(
        request, ceremony.Csca, ceremony.CscaKey, Ceremony.Now, to ?? Ceremony.Now.AddYears(2), []);
}
