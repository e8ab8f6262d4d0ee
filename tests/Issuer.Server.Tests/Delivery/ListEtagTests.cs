using System.Net;
using System.Net.Http.Json;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Rest.Certificates;

namespace Issuer.Server.Tests.Delivery;

public sealed class ListEtagTests
{
    static readonly DateTimeOffset Start = RunningService.Start;

    static readonly IssuedCertificate Certificate = new(
        new Slot(7), 3, null, null, "kid", Start, Start.AddYears(1), true, "URN:UVCI:01:VN:X", [1, 2], [3, 4]);

    [Fact]
    public void It_changes_when_time_alone_changes_what_the_list_says()
    {
        var revoked = Certificate with
        {
            Revocation = new DeclaredRevocation(RevocationReason.WrongData, Start.AddDays(14)),
        };
        var suspended = Certificate with
        {
            Revocation = new DeclaredRevocation(RevocationReason.Other, Start, Start.AddDays(3)),
        };

        Assert.Equal(Of(Certificate, Start), Of(Certificate, Start.AddYears(1).AddSeconds(-1)));
        Assert.NotEqual(Of(Certificate, Start), Of(Certificate, Start.AddYears(1)));
        Assert.Equal(Of(revoked, Start), Of(Certificate, Start));
        Assert.NotEqual(Of(revoked, Start), Of(revoked, Start.AddDays(14)));
        Assert.NotEqual(Of(suspended, Start), Of(suspended, Start.AddDays(3)));
    }

    [Fact]
    public void It_changes_with_everything_the_list_is_made_of()
    {
        IssuedCertificate[] others =
        [
            Certificate with { Slot = new Slot(8) }, Certificate with { LineageId = 4 },
            Certificate with { Predecessor = new Slot(6) }, Certificate with { Cause = SuccessionCause.Leaked },
            Certificate with { IssuedAt = Start.AddSeconds(1) }, Certificate with { ExpiresAt = Start.AddDays(9) },
            Certificate with { IsLineageHead = false }, Certificate with { Signature = [3, 5] },
            Certificate with { IsKeyWithdrawn = true },
        ];

        var etags = others.Select(other => Of(other, Start)).Append(Of(Certificate, Start))
            .Append(ListEtag.Of([], Start))
            .Append(ListEtag.Of([new(Certificate, null), new(Certificate, null)], Start))
            .Append(ListEtag.Of([new(Certificate, 1)], Start));

        Assert.Equal(others.Length + 4, etags.Distinct().Count());
    }

    [Fact]
    public async Task Whoever_has_the_list_sees_a_revocation_at_the_next_request()
    {
        var service = new RunningService();
        await service.InitializeAsync();
        await service.CertifyAsync(Person.Hoa);
        using var citizen = service.Citizen(Person.Hoa.Number);
        using var first = await citizen.GetAsync("/v1/me/certificates");
        var id = Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString();
        citizen.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await citizen.GetAsync("/v1/me/certificates");
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(first.Headers.ETag, unchanged.Headers.ETag);

        using var ministry = service.Client(service.Token(Roles.MinistrySecurity));
        await ministry.PostAsJsonAsync($"/v1/certificates/{id}/revoke", new { reason = "fraud" })
            .JsonAsync(HttpStatusCode.OK);

        var certificates = await citizen.CertificatesAsync();
        Assert.Equal("revoked", Assert.Single(certificates).GetProperty("state").GetString());
        await service.DisposeAsync();
    }

    [Theory]
    [InlineData("W/{0}")]
    [InlineData("\"other\", {0}")]
    [InlineData("*")]
    public async Task Every_form_of_the_condition_is_understood(string condition)
    {
        var service = new RunningService();
        await service.InitializeAsync();
        using var citizen = service.Citizen(Person.Hoa.Number);
        using var first = await citizen.GetAsync("/v1/me/certificates");
        citizen.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", string.Format(
            System.Globalization.CultureInfo.InvariantCulture, condition, first.Headers.ETag!.Tag));
        using var unchanged = await citizen.GetAsync("/v1/me/certificates");
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        await service.DisposeAsync();
    }

    static string Of(IssuedCertificate certificate, DateTimeOffset now) => ListEtag.Of([new(certificate, null)], now);
}
