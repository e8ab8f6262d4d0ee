using System.Security.Claims;
using Issuer.Server.Edge.Access;
using Issuer.Server.Hosting.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Issuer.Server.Tests.Access;

/// <summary>A provider that calls its claims otherwise.</summary>
public sealed class MappedClaimsTests
{
    const string Keycloak =
        """
        {"sub":"login","roles":"app","realm_access":{"roles":["facility-clerk","other"]},"https://id.vn/unit":"01-0001",
         "actor":{"sub":"hospital"},"children":[{"type":"BIRTH","number":"1"}],"login_time":1800000000}
        """;

    [Fact]
    public void Paths_and_whole_names_are_found()
    {
        var user = Mapped(new ClaimSettings
        {
            Roles = "realm_access.roles", Facility = "https://id.vn/unit", Act = "actor", Dependants = "children",
            AuthTime = "login_time",
        });

        Assert.True(user.IsInRole(Roles.FacilityClerk));
        Assert.Equal("01-0001", Caller.FacilityOf(user));
        Assert.Equal("hospital", Caller.AppOf(user));
        Assert.Equal("""{"type":"BIRTH","number":"1"}""", user.FindFirstValue(ClaimNames.Dependants));
        Assert.Equal("1800000000", user.FindFirstValue(ClaimNames.AuthTime));
    }

    [Fact]
    public void What_is_mapped_is_taken_from_there_alone()
    {
        Assert.False(Mapped(new ClaimSettings { Roles = "realm_access.roles" }).IsInRole(Roles.App));
        Assert.False(Mapped(new ClaimSettings { Roles = "realm_access.groups" }).IsInRole(Roles.App));
        Assert.False(Mapped(new ClaimSettings { Roles = "sub.roles" }).IsInRole(Roles.App));
        Assert.True(Mapped(new ClaimSettings()).IsInRole(Roles.App));
    }

    static ClaimsPrincipal Mapped(ClaimSettings settings)
    {
        var token = new JsonWebToken($"{Base64UrlEncoder.Encode("{}")}.{Base64UrlEncoder.Encode(Keycloak)}.");
        var identity = new ClaimsIdentity(token.Claims, "test", ClaimNames.Subject, ClaimNames.Roles);
        MappedClaims.Apply(identity, token, settings);
        return new ClaimsPrincipal(identity);
    }
}
