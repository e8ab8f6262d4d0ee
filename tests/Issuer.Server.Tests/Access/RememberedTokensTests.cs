using System.Security.Claims;
using Issuer.Benchmarks;
using Issuer.Server.Edge.Access;
using Issuer.Storage.Pki;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Issuer.Server.Tests.Access;

public sealed class RememberedTokensTests
{
    static readonly DateTimeOffset Start = RunningService.Start;

    readonly SteppedClock clock = new(Start);
    readonly RememberedTokens remembered;

    public RememberedTokensTests() => remembered = new RememberedTokens(clock);

    [Fact]
    public void A_token_is_remembered_for_a_minute_with_its_claims()
    {
        var token = Remember(TimeSpan.FromHours(1));

        clock.Set(Start.AddSeconds(59));
        Assert.True(remembered.Find(token)!.IsInRole(Roles.Citizen));
        Assert.Equal("somebody", remembered.Find(token)!.Identity!.Name);
        Assert.Null(remembered.Find(token)!.FindFirst("ROLES"));
        clock.Set(Start.AddSeconds(60));
        Assert.Null(remembered.Find(token));
    }

    [Fact]
    public void It_is_not_believed_a_minute_past_its_end_nor_before_it_was_seen()
    {
        var token = Remember(TimeSpan.FromSeconds(-30));

        clock.Set(Start.AddSeconds(29));
        Assert.NotNull(remembered.Find(token));
        clock.Set(Start.AddSeconds(30));
        Assert.Null(remembered.Find(token));
        clock.Set(Start.AddSeconds(-5));
        Assert.Null(remembered.Find(token));
    }

    [Fact]
    public void Another_token_is_another_token()
    {
        var token = Remember(TimeSpan.FromHours(1));

        Assert.Null(remembered.Find(token + "A"));
        Assert.Null(remembered.Find(token.AsSpan(..^1)));
    }

    [Fact]
    public void Old_ones_are_forgotten_when_many_come()
    {
        var token = Remember(TimeSpan.FromHours(1));
        var read = new JsonWebToken(token);
        for (var n = 0; n < 45_000; n++)
        {
            remembered.Add($"{n}", read, new ClaimsPrincipal());
        }

        Assert.Null(remembered.Find(token));
        Assert.NotNull(remembered.Find("44999"));
    }

    string Remember(TimeSpan lifetime)
    {
        var token = DevelopmentToken.Sign(
            new KeyFiles("none", development: true),
            new Dictionary<string, object> { ["sub"] = "somebody", ["roles"] = new[] { Roles.Citizen } }, Start,
            lifetime);
        var read = new JsonWebToken(token);
        remembered.Add(token, read, new ClaimsPrincipal(
            new ClaimsIdentity(read.Claims, "Bearer", ClaimNames.Subject, ClaimNames.Roles)));
        return token;
    }
}
