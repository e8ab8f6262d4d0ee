using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Server.Edge.Access;
using Issuer.Storage.Pki;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Issuer.Server.Tests.Access;

/// <summary>Which tokens are access tokens, for how long, and of which keys (RFC 8725).</summary>
public sealed class TokenChecksTests(RunningService service) : IClassFixture<RunningService>
{
    static readonly DateTime Now = new(2027, 1, 15, 8, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(-59, -3600, true)]
    [InlineData(-60, -3600, false)]
    [InlineData(3600, 60, true)]
    [InlineData(3600, 61, false)]
    public void Clocks_may_differ_by_a_minute(int expires, int notBefore, bool isValid) => Assert.Equal(
        isValid, TokenChecks.IsValidAt(Now, Now.AddSeconds(notBefore), Now.AddSeconds(expires)));

    [Fact]
    public void A_token_for_longer_than_a_day_is_not_taken()
    {
        Assert.True(TokenChecks.IsShortLived(Now, Now.AddHours(24)));
        Assert.False(TokenChecks.IsShortLived(Now, Now.AddHours(25)));
        Assert.False(TokenChecks.IsShortLived(Now, null));
    }

    [Theory]
    [InlineData("JWT", null, null, true)]
    [InlineData(null, null, null, true)]
    [InlineData("at+jwt", null, null, true)]
    [InlineData("application/at+jwt", null, null, true)]
    [InlineData("logout+jwt", null, null, false)]
    [InlineData("publication+jws", null, null, false)]
    [InlineData("JWT", "typ", "Bearer", true)]
    [InlineData("JWT", "typ", "ID", false)]
    [InlineData("JWT", "typ", "Refresh", false)]
    [InlineData("JWT", "token_use", "id", false)]
    public async Task Only_an_access_token_is_taken(string? type, string? claim, string? value, bool isTaken)
    {
        using var client = service.Client(Sign(
            type is null ? [] : new Dictionary<string, object> { ["typ"] = type },
            claim is null ? [] : new Dictionary<string, object> { [claim] = value! }));
        using var answer = await client.GetAsync("/v1/me/certificates");

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_with_critical_extensions_is_not_taken()
    {
        using var client = service.Client(Sign(
            new Dictionary<string, object> { ["typ"] = "JWT", ["crit"] = new[] { "b64" }, ["b64"] = true }, []));
        using var answer = await client.GetAsync("/v1/me/certificates");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(@"""use"":""sig"",""key_ops"":[""verify""],""alg"":""ES256""", true)]
    [InlineData(@"""use"":""enc""", false)]
    [InlineData(@"""key_ops"":[""sign""]", false)]
    [InlineData(@"""alg"":""PS256""", false)]
    public void A_key_verifies_only_what_its_provider_says_it_is_for(string members, bool isTaken)
    {
        var token = new JsonWebToken(Sign(new Dictionary<string, object> { ["typ"] = "JWT" }, []));
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var published = new OpenIdConnectConfiguration
        {
            JsonWebKeySet = new JsonWebKeySet(
                $$"""{"keys":[{"kty":"EC","kid":"k"{{(members.Length > 0 ? "," : "")}}{{members}}}]}"""),
        };

        Assert.Equal(isTaken, TokenChecks.IsForVerifying(
            new ECDsaSecurityKey(ecdsa) { KeyId = "k" }, token, published, Now));
    }

    [Fact]
    public void A_key_has_the_size_of_its_algorithm_and_its_certificate_is_valid_now()
    {
        var token = new JsonWebToken(Sign(new Dictionary<string, object> { ["typ"] = "JWT" }, []));
        using var wide = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var narrow = RSA.Create(1024);
        using var rsa = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=provider", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Now.AddDays(-2), Now.AddDays(2));
        bool Fits(SecurityKey key, DateTime now) => TokenChecks.IsForVerifying(key, token, null, now);

        Assert.False(Fits(new ECDsaSecurityKey(wide), Now));
        Assert.False(Fits(new RsaSecurityKey(narrow), Now));
        Assert.True(Fits(new RsaSecurityKey(rsa), Now));
        Assert.True(Fits(new X509SecurityKey(certificate), Now));
        Assert.False(Fits(new X509SecurityKey(certificate), Now.AddDays(3)));
    }

    string Sign(Dictionary<string, object> header, Dictionary<string, object> claims)
    {
        var now = service.Now;
        string Part(object value) => Base64UrlEncoder.Encode(System.Text.Json.JsonSerializer.Serialize(value));
        claims["sub"] = "somebody";
        claims["iss"] = TokenRules.DevelopmentIssuer;
        claims["aud"] = TokenRules.Audience;
        claims["roles"] = new[] { Roles.Citizen };
        claims["identity_number"] = Person.Hoa.Number;
        claims["exp"] = now.AddHours(1).ToUnixTimeSeconds();
        header["alg"] = "ES256";
        header["kid"] = TokenRules.DevelopmentIssuer;
        var content = $"{Part(header)}.{Part(claims)}";
        var key = TokenRules.DevelopmentKey(service.Get<KeyFiles>()).ECDsa;
        var signature = key.SignData(System.Text.Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256);
        return $"{content}.{Base64UrlEncoder.Encode(signature)}";
    }
}
