using System.Globalization;
using System.Numerics;
using Issuer.Hcert;
using Issuer.Server.Tests.Gateway;
using Issuer.Verification;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Tests.TrustList;

/// <summary>Which of the others' hashes concern a certificate.</summary>
public sealed class RevokedAbroadTests
{
    const string Identifier = "URN:UVCI:01:DE:1#A";

    static readonly DateTimeOffset At = RunningService.Start;

    readonly Country germany = new("DE");
    readonly Holder holder;
    readonly Dsc signer;
    readonly DecodedHcert hcert;

    public RevokedAbroadTests()
    {
        holder = germany.Signer();
        signer = DscOf(holder);
        hcert = Read(germany.Certify(holder, Identifier));
    }

    static Dsc DscOf(Holder holder)
    {
        Assert.True(Dsc.TryParse(holder.Der, out var dsc, out var why), why);
        return dsc;
    }

    static DecodedHcert Read(string hc1)
    {
        Assert.True(HcertReader.TryRead(hc1, out var read, out _));
        return read;
    }

    RevocationHash HashOf(RevocationHashType type) => type switch
    {
        RevocationHashType.Signature => RevocationHash.OfSignature(hcert.Algorithm, hcert.Signature.Span),
        RevocationHashType.Uci => RevocationHash.OfUvci(Identifier),
        _ => RevocationHash.OfCountryAndUvci("DE", Identifier),
    };

    bool IsRevoked(
        RevocationHashType type, Kid? kid, RevocationHashType? labelled = null, string country = "DE",
        DateTimeOffset? expires = null, DecodedHcert? asked = null, string own = "VN") => new RevokedAbroad(
        [ForeignRevocations.Of(country, [new ForeignBatch(
            "id", country, kid, labelled ?? type, expires ?? At.AddDays(1), [HashOf(type)])])], own)
        .Includes(asked ?? hcert, signer, At);

    [Theory]
    [InlineData(RevocationHashType.Signature)]
    [InlineData(RevocationHashType.Uci)]
    [InlineData(RevocationHashType.CountryCodeUci)]
    public void Each_type_is_found_under_the_DSCs_kid_and_under_none_and_under_no_other(RevocationHashType type)
    {
        Assert.True(IsRevoked(type, signer.Kid));
        Assert.True(IsRevoked(type, kid: null));
        Assert.False(IsRevoked(type, new Kid(new byte[Kid.Length])));
        Assert.False(IsRevoked(type, signer.Kid, country: "FR"));
        Assert.False(IsRevoked(type, signer.Kid, expires: At));
        Assert.False(IsRevoked(type, signer.Kid, own: "DE"));
        Assert.All(Enum.GetValues<RevocationHashType>().Where(other => other != type),
            other => Assert.False(IsRevoked(type, signer.Kid, labelled: other)));
    }

    /// <summary>(r, n - s) verifies as well (revocation.md 1.3, 10).</summary>
    [Fact]
    public void Turning_the_second_half_of_a_signature_over_does_not_help()
    {
        var order = BigInteger.Parse(
            "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
            NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var signature = hcert.Signature.ToArray();
        var s = (order - new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true))
            .ToByteArray(isUnsigned: true, isBigEndian: true);
        signature.AsSpan(32).Clear();
        s.CopyTo(signature, 64 - s.Length);
        var turned = Read(Hc1.Encode(CoseSign1.Assemble(hcert.ToBeSigned.Span, signature)));
        Assert.True(signer.Verify(turned.ToBeSigned.Span, turned.Signature.Span));
        Assert.NotEqual(hcert.Signature.ToArray(), turned.Signature.ToArray());
        Assert.True(IsRevoked(RevocationHashType.Signature, signer.Kid, asked: turned));
    }

    [Fact]
    public void Of_two_expiries_the_later_counts()
    {
        var hash = HashOf(RevocationHashType.Uci);
        var list = ForeignRevocations.Of("DE", [
            new ForeignBatch("1", "DE", null, RevocationHashType.Uci, At.AddDays(2), [hash]),
            new ForeignBatch("2", "DE", null, RevocationHashType.Uci, At.AddDays(1), [hash])]);
        Assert.True(new RevokedAbroad([list], "VN").Includes(hcert, signer, At.AddDays(1)));
        Assert.False(new RevokedAbroad([list], "VN").Includes(hcert, signer, At.AddDays(2)));
    }

    [Fact]
    public void A_foreign_DSC_of_our_own_country_is_not_trusted()
    {
        var ours = DscOf(new Country("VN").Signer());
        var (claims, foreign) = (DscOf(new Country("VN").Signer()), DscOf(holder));
        var trusted = new TrustedDscs([ours], [claims, foreign]);
        Assert.Empty(trusted.With(claims.Kid));
        Assert.Single(trusted.With(foreign.Kid));
        Assert.Single(trusted.For(hcert));
        Assert.Empty(trusted.For(Read(germany.Certify(holder, Identifier, issuer: "vn"))));
        Assert.False(trusted.IsOurs(hcert));
    }
}
