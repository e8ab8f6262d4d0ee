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
    public async Task One_login_reads_what_is_missing_for_two_children_by_their_names_and_nothing_of_others()
    {
        using var clerk = service.Clerk();
        var wrong = Unknown.Dose("wrong-1", 1, "2026-10-01");
        await clerk.SubmitAsync(wrong);
        wrong = Unknown.Dose("wrong-2", 1, "2026-10-02");
        wrong["date_of_birth"] = "1985-01-01";
        await clerk.SubmitAsync(wrong);
        await clerk.SubmitAsync(Person.Be.Dose("more", 3, "2026-12-01"));
        await service.RoundAsync();
        using var parent = Parent(
            ("BIRTH", Person.Be.Number), ("CCCD", Person.Tu.Number), ("CCCD", Person.Nam.Number),
            ("CCCD", Unknown.Number), ("CCCD", "001215999999"));

        var me = await parent.GetAsync("/v1/me").JsonAsync(HttpStatusCode.OK);
        var children = me.GetProperty("dependants").EnumerateArray().ToList();

        Assert.Equal([1, 2, 3, 4, 5], children.Select(child => child.GetProperty("dependant").GetInt32()));
        Assert.Equal(
            ["Nguyễn Bé Ba", "Nguyễn Bé Tư", null, null, null],
            children.Select(child => child.GetProperty("name").GetString()));
        Assert.Equal([1, 1, 0, 0, 0], children.Select(child => child.GetProperty("certificates").GetArrayLength()));
        Assert.Equal([3, 2, 0, 0, 0], children.Select(child => child.GetProperty("doses").GetArrayLength()));
        // Of the record that says somebody of forty-two, a parent is told nothing.
        Assert.Equal(
            ["not-attested", "", "of-age", "unmatched-record", "nothing-known"],
            children.Select(child => string.Join(' ', child.GetProperty("waiting").EnumerateArray()
                .Select(one => one.GetProperty("code").GetString()))));
        Assert.Contains("2026-10-01", children[3].GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("2026-10-02", children[3].GetRawText(), StringComparison.Ordinal);
        using var alone = service.Citizen(Person.Hoa.Number);
        Assert.Equal(
            0, (await alone.GetAsync("/v1/me").JsonAsync(HttpStatusCode.OK)).GetProperty("dependants").GetArrayLength());
    }

    /// <summary>The registry does not know her.</summary>
    static readonly Person Unknown = new("001215000009", "Nguyễn", "Bé Út", Core.Records.Sex.Female, "2015-09-09");

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
