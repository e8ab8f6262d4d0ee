using System.Net;
using Issuer.Storage;

namespace Issuer.Server.Tests.Records;

/// <summary>
/// Test S6: other countries' portals signed what a caller made up. Here whatever decides over a certificate is refused
/// as an unknown member, and nothing is signed.
/// </summary>
public sealed class CallerChoosesNothingTests(RunningService service) : IClassFixture<RunningService>
{
    [Theory]
    [InlineData("country", "DE")]
    [InlineData("co", "DE")]
    [InlineData("issuer", "Robert Koch-Institut")]
    [InlineData("is", "Robert Koch-Institut")]
    [InlineData("kid", "AAAAAAAAAAA=")]
    [InlineData("alg", "none")]
    [InlineData("iat", "1")]
    [InlineData("exp", "4102444800")]
    [InlineData("uvci", "URN:UVCI:01:DE:1")]
    [InlineData("ci", "URN:UVCI:01:DE:1")]
    [InlineData("dn", "9")]
    [InlineData("sd", "9")]
    [InlineData("series_doses", "9")]
    [InlineData("state", "matched")]
    [InlineData("attested", "true")]
    [InlineData("dry_run", "true")]
    [InlineData("preview", "true")]
    public async Task A_member_that_would_decide_is_refused(string member, string value)
    {
        using var clerk = service.Clerk();
        var dose = Person.Hoa.Dose($"chosen-{member}", 1, "2026-09-01");
        dose[member] = value;

        var problem = await clerk.SubmitAsync(dose, HttpStatusCode.UnprocessableEntity);

        Assert.Equal([$"{member}:unknown-member"], problem.Faults());
        await service.RoundAsync();
        Assert.Equal(0, await service.Get<StoreCounts>().CertificatesAsync(default));
        Assert.Equal(0, await service.Get<StoreCounts>().PeopleAsync(default));
    }
}
