using System.Net;
using System.Text.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Delivery;

/// <summary>A parent's login fetches the codes of the children that its token lists, until they are sixteen.</summary>
public sealed class DependantTests : IAsyncLifetime
{
    readonly RunningService service = new();

    public async Task InitializeAsync()
    {
        await service.InitializeAsync();
        foreach (var person in new[] { Person.Hoa, Person.Be, Person.Tu, Person.Nam })
        {
            await service.CertifyAsync(person);
        }
    }

    public Task DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task One_login_fetches_two_children_and_no_sixteen_year_old()
    {
        using var parent = Parent(("BIRTH", Person.Be.Number), ("CCCD", Person.Tu.Number), ("CCCD", Person.Nam.Number));

        var listed = await parent.CertificatesAsync();

        Assert.Equal(
            new int?[] { null, 1, 2 },
            listed.Select(one => one.GetProperty("dependant") is { ValueKind: JsonValueKind.Number } n ? n.GetInt32() : (int?)null));
        foreach (var (one, person) in listed.Zip([Person.Hoa, Person.Be, Person.Tu]))
        {
            var id = one.GetProperty("id").GetString();
            var detail = await parent.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK);
            Assert.Equal(person.Born, detail.GetProperty("certified").GetProperty("date_of_birth").GetString());
            using var picture = await parent.GetAsync($"/v1/me/certificates/{id}/qr.png");
            Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        }
    }

    [Fact]
    public async Task A_child_that_is_sixteen_or_not_listed_is_not_there()
    {
        using var parent = Parent(("CCCD", Person.Nam.Number));
        foreach (var person in new[] { Person.Nam, Person.Be })
        {
            using var own = service.Citizen(person.Number);
            var id = Assert.Single(await own.CertificatesAsync()).GetProperty("id").GetString();
            await parent.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.NotFound);
            await parent.GetAsync($"/v1/me/certificates/{id}/qr.svg").JsonAsync(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_refuses_the_token()
    {
        foreach (var (type, number) in new[] { ("BIRTH", "12"), ("UNCLE", Person.Be.Number), ("PASSPORT", "M1") })
        {
            using var parent = Parent((type, number));
            await parent.GetAsync("/v1/me/certificates").JsonAsync(HttpStatusCode.Forbidden);
        }
    }

    HttpClient Parent(params (string Type, string Number)[] children) => service.Client(service.Token(
        Roles.Citizen, ("identity_number", Person.Hoa.Number),
        ("dependants", children.Select(child => new Dictionary<string, object>
        {
            ["type"] = child.Type, ["number"] = child.Number,
        }).ToArray())));
}
