using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Samples;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Verbs;

namespace Issuer.Server.Tests.Delivery;

/// <summary>
/// Every person of the sample is asked about by all three ways: their own login, the worklist, the desk. Who has no
/// certificate has a reason, and the three agree.
/// </summary>
public sealed class EveryoneHasAReasonTests : OwnService
{
    const int People = 300;
    const int Seed = 77;

    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("issuer-everyone-");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Citizen_clerk_and_desk_are_told_the_same_of_everybody_without_a_certificate()
    {
        var end = SampleCampaign.EndFor(DateOnly.FromDateTime(service.Now.UtcDateTime));
        var campaign = Path.Combine(directory.FullName, "campaign");
        SampleCampaign.Write(campaign, People, Seed, end);
        await service.Issuer.Create<DemoRun>(new Screen(json: true)).RunAsync(
            campaign, Path.Combine(directory.FullName, "out"), People, default);
        var entered = (await File.ReadAllLinesAsync(Path.Combine(campaign, "records.csv"))).Skip(1)
            .Select(line => line.Split(',')).ToDictionary(cells => cells[0]);
        var worklist = (await WorklistAsync()).ToLookup(item => PersonOf(item.GetProperty("reference").GetString()!));

        var faults = new List<string>();
        var (without, unknown) = (0, 0);
        foreach (var person in new SamplePeople(People, Seed, end).All().Where(person => person.Vaccinated))
        {
            var me = await MeAsync(person);
            if (me.GetProperty("certificates").EnumerateArray().Any(one => one.GetProperty("is_current").GetBoolean()))
            {
                continue;
            }
            without++;
            var mine = CodesOf(me);
            var items = worklist[person.Index].ToList();
            unknown += me.GetProperty("known").GetBoolean() ? 0 : 1;
            faults.AddRange((me.GetProperty("known").GetBoolean()
                ? await KnownAsync(person, mine, items)
                : await UnknownAsync(person, mine, items, entered)).Select(fault => $"{person.Index} {person.Kind}: {fault}"));
        }

        Assert.Empty(faults);
        Assert.InRange(without, People / 5, People);
        Assert.InRange(unknown, 1, without - 1);
    }

    /// <summary>Of somebody who is known all three say why, and the worklist nothing that the others do not.</summary>
    async Task<IReadOnlyList<string>> KnownAsync(
        SamplePerson person, List<string> mine, List<JsonElement> items)
    {
        var faults = new List<string>();
        var desk = await LookUpAsync(person.Index, new
        {
            identity_number = DocumentOf(person), date_of_birth = person.Identity.BirthDate.ToText(slashes: false),
            full_name = $"{person.Identity.FamilyName} {person.Identity.GivenName}",
        });
        var listed = items.SelectMany(CodesOf).Distinct().ToList();
        // Where a record of theirs is nobody's, the login is told facility and day alone; the others name what is wrong.
        var settled = mine.Where(code => code != "unmatched-record").ToList();
        if (mine.Count == 0 || items.Count == 0 || items.Any(item => CodesOf(item).Count == 0))
        {
            faults.Add($"no reason: me {string.Join(' ', mine)}, worklist {string.Join(' ', listed)}");
        }
        if (!CodesOf(desk).Where(code => !Unmatched.Contains(code)).Order().SequenceEqual(settled.Order()))
        {
            faults.Add($"me {string.Join(' ', mine)}, desk {string.Join(' ', CodesOf(desk))}");
        }
        if (listed.Except(Unmatched).Except(settled).Any() || !listed.Except(Unmatched).Any())
        {
            faults.Add($"me {string.Join(' ', mine)}, worklist {string.Join(' ', listed)}");
        }
        return faults;
    }

    /// <summary>
    /// Nobody is known by the login's number: it says that, or tells facility and day of what was typed under it; and
    /// worklist and desk name for each record what is wrong.
    /// </summary>
    async Task<IReadOnlyList<string>> UnknownAsync(
        SamplePerson person, List<string> mine, List<JsonElement> items,
        Dictionary<string, string[]> entered)
    {
        var faults = new List<string>();
        var typed = items.Count(item => item.GetProperty("identity_number").GetString() == person.Identity.Number);
        IReadOnlyList<string> expected = typed == 0
            ? ["nothing-known"]
            : [.. Enumerable.Repeat("unmatched-record", typed)];
        if (!mine.SequenceEqual(expected))
        {
            faults.Add($"me {string.Join(' ', mine)}, not {string.Join(' ', expected)}");
        }
        if (items.Count == 0 && entered.Values.Any(cells => PersonOf(cells[0]) == person.Index && !IsRefused(cells)))
        {
            faults.Add("the worklist has nothing");
        }
        foreach (var item in items)
        {
            var listed = CodesOf(item);
            var desk = CodesOf(await LookUpAsync(person.Index, AsTyped(item, entered)));
            if (listed is not [var code] || !Unmatched.Contains(code) || !desk.Contains(code))
            {
                faults.Add($"worklist {string.Join(' ', listed)}, desk {string.Join(' ', desk)}");
            }
        }
        return faults;
    }

    static readonly string[] Unmatched = ["mismatched", "not-found", "missing-id", "bad-id-format"];

    /// <summary>What the person would tell on the telephone, were it what the facility typed.</summary>
    static object AsTyped(JsonElement item, Dictionary<string, string[]> entered)
    {
        var number = item.GetProperty("identity_number").GetString()!;
        var born = item.GetProperty("date_of_birth").GetString();
        var name = $"{item.GetProperty("family_name").GetString()} {item.GetProperty("given_name").GetString()}".Trim();
        return number.Length > 0
            ? new { identity_number = number, date_of_birth = born, full_name = name }
            : new
            {
                facility = item.GetProperty("facility").GetString(), date_of_birth = born, full_name = name,
                vaccinated_on = entered[item.GetProperty("reference").GetString()!][^2],
            };
    }

    /// <summary>Rows that no check lets pass: a day to come, a product that was never licensed.</summary>
    static bool IsRefused(string[] cells) =>
        cells.Contains("Nanocovax") || cells[^2].Contains("209", StringComparison.Ordinal)
            || cells[^2].Contains("210", StringComparison.Ordinal);

    async Task<List<JsonElement>> WorklistAsync()
    {
        using var ministry = service.Client(service.Token(Roles.MinistryOperator));
        var items = new List<JsonElement>();
        foreach (var group in new[] { "", "error_group=course&" })
        {
            for (string? after = ""; after is not null;)
            {
                var page = await ministry.GetAsync(
                    $"/v1/worklist?{group}limit=200{(after.Length > 0 ? $"&after={after}" : "")}")
                    .JsonAsync(HttpStatusCode.OK);
                items.AddRange(page.GetProperty("items").EnumerateArray());
                after = page.GetProperty("next").GetString();
            }
        }
        return items;
    }

    async Task<JsonElement> MeAsync(SamplePerson person)
    {
        using var citizen = service.Citizen(DocumentOf(person));
        return await citizen.GetAsync("/v1/me").JsonAsync(HttpStatusCode.OK);
    }

    /// <summary>By a desk person each: a day has its limit.</summary>
    async Task<JsonElement> LookUpAsync(int person, object wanted)
    {
        using var desk = service.Client(service.Token(Roles.Desk, ("sub", $"desk {person}")));
        return await desk.PostAsJsonAsync("/v1/reports/look-up", wanted).JsonAsync(HttpStatusCode.OK);
    }

    static string DocumentOf(SamplePerson person) => person.Identity.Foreign
        ? $"{person.Identity.Nationality}:{person.Identity.Number}"
        : person.Identity.Number;

    static int PersonOf(string reference) => int.Parse(reference.Split('-')[0][1..], System.Globalization.CultureInfo.InvariantCulture) - 1;

    static List<string> CodesOf(JsonElement answer) =>
        [.. answer.GetProperty("waiting").EnumerateArray().Select(one => one.GetProperty("code").GetString()!)];
}
