using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Server.Edge.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Issuer.Server.Tests.Access;

/// <summary>
/// An OIDC provider on the loopback, by https, with a certificate that only those trust who are told to
/// (<c>SSL_CERT_FILE</c>): what a program outside Development really asks.
/// </summary>
sealed class IdentityProvider : IAsyncDisposable
{
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly WebApplication app;

    IdentityProvider(X509Certificate2 tls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(tls)));
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Issuer, ["jwks_uri"] = $"{Issuer}/jwks",
        }));
        app.MapGet("/jwks", () => Results.Json(new Dictionary<string, object>
        {
            ["keys"] = new[] { PublicJwk() },
        }));
    }

    public string Issuer => app.Urls.First();

    /// <param name="certificates">The file that whoever trusts it is given; each adds its own.</param>
    public static async Task<IdentityProvider> StartAsync(string certificates)
    {
        using var tlsKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Guid.NewGuid()}", tlsKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await File.AppendAllTextAsync(certificates, made.ExportCertificatePem() + "\n");
        var provider = new IdentityProvider(
            X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null));
        await provider.app.StartAsync();
        return provider;
    }

    public string Token(string sub, string role, params (string Name, object Value)[] claims)
    {
        var now = TimeProvider.System.GetUtcNow();
        var content = new Dictionary<string, object>
        {
            ["sub"] = sub, ["roles"] = new[] { role }, ["auth_time"] = now.ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in claims)
        {
            content[name] = value;
        }
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer, Audience = TokenRules.Audience, Claims = content,
                IssuedAt = now.UtcDateTime, Expires = now.UtcDateTime.AddHours(1),
                SigningCredentials = new SigningCredentials(
                    new ECDsaSecurityKey(key) { KeyId = "one" }, SecurityAlgorithms.EcdsaSha256),
            });
    }

    Dictionary<string, string> PublicJwk()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new Dictionary<string, string>
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["alg"] = "ES256", ["kid"] = "one",
            ["x"] = Base64UrlEncoder.Encode(point.X), ["y"] = Base64UrlEncoder.Encode(point.Y),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }
}
