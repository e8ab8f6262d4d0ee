using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Issuer.Core.Facilities;

namespace Issuer.Tests.Facilities;

public sealed class CompactJwsTests : IDisposable
{
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>RFC 7515, appendix A.3.</summary>
    [Fact]
    public void The_published_example_verifies()
    {
        const string example = "eyJhbGciOiJFUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        using var published = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                Y = Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
            },
        });

        Assert.True(CompactJws.TryParse(example, out var jws));
        Assert.True(jws.IsSignedBy(published));
        Assert.False(jws.IsSignedBy(key));
        Assert.StartsWith("{\"iss\":\"joe\"", Encoding.UTF8.GetString(jws.Payload), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_signed_verifies_and_no_other_payload_does()
    {
        var text = CompactJws.Sign("{}"u8, key);
        var other = $"{text.Split('.')[0]}.{Base64Url.EncodeToString("{ }"u8)}.{text.Split('.')[2]}";

        Assert.True(CompactJws.TryParse(text, out var jws) && jws.IsSignedBy(key));
        Assert.True(CompactJws.TryParse(other, out var forged));
        Assert.False(forged.IsSignedBy(key));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"es256"}""")]
    [InlineData("""{"alg":["ES256"]}""")]
    [InlineData("""{"alg":"ES256","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"ES256","crit":[]}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""["ES256"]""")]
    [InlineData("\"ES256\"")]
    [InlineData("""{"alg":"ES256",}""")]
    [InlineData("""{"alg":"ES256","a":{"b":{"c":{"d":{}}}}}""")]
    [InlineData("")]
    public void Any_header_but_plain_ES256_is_refused(string header)
    {
        var parts = CompactJws.Sign("{}"u8, key).Split('.');

        Assert.False(CompactJws.TryParse(
            $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{parts[1]}.{parts[2]}", out _));
    }

    [Theory]
    [InlineData("{0}.{1}.{2}=")]
    [InlineData("{0}.{1}.{2}==")]
    [InlineData("{0}=.{1}.{2}")]
    [InlineData("{0}.{1}.{2}\n")]
    [InlineData(" {0}.{1}.{2}")]
    [InlineData("{0}.{1}. {2}")]
    [InlineData("{0}.{1}")]
    [InlineData("{0}.{1}.{2}.")]
    [InlineData("{0}.{1}.")]
    [InlineData("{0}..{2}{2}")]
    [InlineData("{0}.{1}.ễ{2}")]
    public void Anything_but_three_strict_parts_is_refused(string form)
    {
        var parts = CompactJws.Sign("{}"u8, key).Split('.');

        Assert.False(CompactJws.TryParse(
            string.Format(null, form, parts[0], parts[1], parts[2]), out _));
    }

    [Fact]
    public void Stray_bits_in_the_last_character_are_refused()
    {
        var text = CompactJws.Sign("{}"u8, key);
        var stray = text[^1] switch { 'A' => 'B', 'Q' => 'R', 'g' => 'h', _ => 'x' };

        Assert.False(CompactJws.TryParse(text[..^1] + stray, out _));
    }

    [Fact]
    public void More_than_sixteen_kilobytes_is_refused()
    {
        Assert.True(CompactJws.TryParse(CompactJws.Sign(new byte[12_000], key), out _));
        Assert.False(CompactJws.TryParse(CompactJws.Sign(new byte[12_400], key), out _));
        Assert.False(CompactJws.TryParse(null, out _));
    }

    [Fact]
    public void No_text_at_all_makes_it_throw() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(),
        text => !CompactJws.TryParse(text, out _) && !CompactJws.TryParse($"{text}.{text}.{text}", out _))
        .QuickCheckThrowOnFailure();

    public void Dispose() => key.Dispose();
}
