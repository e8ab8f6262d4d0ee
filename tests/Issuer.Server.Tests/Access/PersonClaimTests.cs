using System.Security.Claims;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Access;

/// <summary>Two logins of one person are one person, where the identity provider says who it is.</summary>
public sealed class PersonClaimTests
{
    [Fact]
    public void The_persons_claim_takes_the_place_of_the_login()
    {
        var identity = Identity(Roles.MinistrySecurity, ("employee", "E-17"));

        Assert.True(PersonClaim.TryApply(identity, "employee"));
        Assert.Equal("E-17", Caller.SubjectOf(new ClaimsPrincipal(identity)));
    }

    [Fact]
    public void Without_such_a_claim_at_the_provider_the_login_is_the_person()
    {
        var identity = Identity(Roles.MinistrySecurity);

        Assert.True(PersonClaim.TryApply(identity, null));
        Assert.Equal("login-2", Caller.SubjectOf(new ClaimsPrincipal(identity)));
    }

    [Theory]
    [InlineData(Roles.FacilityClerk, false)]
    [InlineData(Roles.Auditor, false)]
    [InlineData(Roles.Citizen, true)]
    [InlineData(Roles.App, true)]
    public void An_office_without_it_is_refused_and_the_public_is_not(string role, bool isTaken)
    {
        Assert.Equal(isTaken, PersonClaim.TryApply(Identity(role), "employee"));
        Assert.Equal(isTaken, PersonClaim.TryApply(Identity(role, ("employee", "")), "employee"));
    }

    static ClaimsIdentity Identity(string role, params (string Name, string Value)[] claims) => new(
        [
            new Claim(ClaimNames.Subject, "login-2"), new Claim(ClaimNames.Roles, role),
            .. claims.Select(claim => new Claim(claim.Name, claim.Value)),
        ],
        "test", ClaimNames.Subject, ClaimNames.Roles);
}
