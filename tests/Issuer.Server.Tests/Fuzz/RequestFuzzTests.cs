using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Server.Edge.Access;
using Issuer.Server.Tests.Http;
using Xunit.Abstractions;

namespace Issuer.Server.Tests.Fuzz;

/// <summary>
/// Every operation of the description, asked well and badly by everybody: nothing is a failure of ours. A few thousand
/// requests here; <c>tests/run.sh fuzz</c> sends 50,000. <c>ISSUER_FUZZ_SEED</c> repeats a run, but for how its workers
/// take turns.
/// </summary>
public sealed class RequestFuzzTests(Certified fixture, ITestOutputHelper output)
    : IClassFixture<Certified>, IDisposable
{
    const int Usual = 2000;
    const int EnoughForAll = 50_000;
    const int Workers = 4;
    const double MostTurnedAway = 0.1;
    const int EmptyAnswers = 200;

    static readonly TimeSpan Slowest = TimeSpan.FromSeconds(100);

    readonly HttpClient client = new() { BaseAddress = fixture.Service.Client().BaseAddress, Timeout = Slowest };

    [Fact]
    public async Task No_request_is_a_failure_and_every_operation_answers_well_and_refuses()
    {
        var seed = Number("ISSUER_FUZZ_SEED") ?? Environment.TickCount & int.MaxValue;
        var requests = Number("ISSUER_FUZZ_REQUESTS") ?? Usual;
        var ledger = new Ledger(seed);
        var operations = Operation.Of(
            JsonDocument.Parse(await client.GetStringAsync("/openapi/issuer.json")).RootElement);
        foreach (var operation in operations)
        {
            await SendGoodAsync(operation, ledger);
        }
        await WidenBudgetsAsync();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => FuzzAsync(
            new Random(seed + worker), ledger, [.. operations.Where(one => !one.IsDear), .. operations],
            requests / Workers))));
        var report = ledger.Report(await EmptyAsync());
        output.WriteLine(report);
        if (Environment.GetEnvironmentVariable("ISSUER_FUZZ_REPORT") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, report);
        }

        Assert.Empty(ledger.Failures.Take(20));
        Assert.Empty(requests < EnoughForAll ? [] : ledger.Lacking(operations));
        Assert.InRange(ledger.ShareTurnedAway, 0, MostTurnedAway);
    }

    public void Dispose() => client.Dispose();

    async Task FuzzAsync(Random random, Ledger ledger, IReadOnlyList<Operation> operations, int requests)
    {
        var mutations = new Mutations(random, () => ledger.AnyId(random));
        for (var n = 0; n < requests; n++)
        {
            var operation = operations[random.Next(operations.Count)];
            using var request = await MutatedAsync(operation, random, mutations);
            await SendAsync(operation, request, ledger);
        }
    }

    async Task<HttpRequestMessage> MutatedAsync(Operation operation, Random random, Mutations mutations)
    {
        var good = operation.Good;
        // Only what is sent well once needs something new each time.
        using var usual = operation.IsDear
            ? new HttpRequestMessage(
                new HttpMethod(operation.Method), good.Path.Replace("{new-request}", "x", StringComparison.Ordinal))
            : await AuthorizationMatrixTests.RequestAsync(fixture, good);
        var path = mutations.Query(
            mutations.Path(usual.RequestUri!.OriginalString, operation.Path), operation.Queries);
        var request = new HttpRequestMessage(usual.Method, path) { Version = HttpVersion.Version11 };
        Authorize(request, operation, random);
        if (usual.Headers.TryGetValues("If-Match", out var versions))
        {
            request.Headers.TryAddWithoutValidation(
                "If-Match", mutations.Once(2) ? versions.First() : mutations.Any(HostileValues.Versions));
        }
        if (usual.Content is { } content)
        {
            var type = content.Headers.ContentType!.ToString();
            var body = await content.ReadAsByteArrayAsync();
            request.Content = new ByteArrayContent(
                mutations.Once(6) ? body : mutations.Body(body, type.Contains("json", StringComparison.Ordinal)));
            request.Headers.TransferEncodingChunked = mutations.Once(10) ? true : null;
            request.Content.Headers.TryAddWithoutValidation(
                "Content-Type", mutations.Once(15) ? mutations.Any(HostileValues.MediaTypes) : type);
        }
        if (mutations.Once(4))
        {
            var (name, value) = mutations.Any(HostileValues.Headers);
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }
        return request;
    }

    /// <summary>Mostly somebody who may; else another facility's or person's, another role, or nobody.</summary>
    void Authorize(HttpRequestMessage request, Operation operation, Random random)
    {
        var dice = random.Next(100);
        var role = operation.Roles.Count == 0 || dice < 3
            ? Roles.All[random.Next(Roles.All.Count)]
            : operation.Roles[random.Next(operation.Roles.Count)];
        if (dice < 99)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer", fixture.TokenOf(role, own: dice > 10));
        }
    }

    async Task SendGoodAsync(Operation operation, Ledger ledger)
    {
        foreach (var role in operation.Roles.Count == 0 ? [Roles.Citizen] : operation.Roles)
        {
            using var request = await AuthorizationMatrixTests.RequestAsync(fixture, operation.Good);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", fixture.TokenOf(role, own: true));
            await SendAsync(operation, request, ledger);
            if (ledger.HasSucceeded(operation))
            {
                return;
            }
        }
    }

    async Task SendAsync(Operation operation, HttpRequestMessage request, Ledger ledger)
    {
        var sent = request.Content is { } content ? await content.ReadAsByteArrayAsync() : [];
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            ledger.Note(
                operation, (int)answer.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds, text,
                () => $"{request.Method} {request.RequestUri} {Told(request)} {Convert.ToBase64String(sent)}");
        }
        catch (HttpRequestException)
        {
            ledger.CutOff++;
        }
    }

    /// <summary>Without the token, which another run has another of.</summary>
    static string Told(HttpRequestMessage request) => string.Join("; ", request.Headers
        .Concat(request.Content?.Headers.AsEnumerable() ?? [])
        .Where(header => header.Key != "Authorization")
        .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));

    async Task<double> EmptyAsync()
    {
        var times = new List<double>();
        for (var n = 0; n < EmptyAnswers; n++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync("/healthz/live");
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return times.Order().ElementAt(EmptyAnswers / 2);
    }

    /// <summary>Of one person and facility, or most of it would be refused for that alone.</summary>
    async Task WidenBudgetsAsync()
    {
        const int Much = 100_000;
        using var asking = fixture.Service.Client(fixture.Service.Token(Roles.MinistryOperator, ("sub", "asks")));
        using var approving = fixture.Service.Client(
            fixture.Service.Token(Roles.MinistrySecurity, ("sub", "approves")));
        var asked = await asking.PostAsJsonAsync("/v1/policies/import", new
        {
            policy = new
            {
                kind = "budgets", validFrom = "2027-01-01",
                handOuts = new { wrongTries = Much, days = 30, perClerkAndDay = Much },
                singleActs = new { perPersonAndDay = Much, perFacilityAndDay = Much },
                registry = new
                {
                    perNumber = Much, perPerson = Much, days = 30, perCallerAndDay = Much, alarmAtFacilities = 20,
                    cleaningListDays = 30, releasesPerPersonAndDay = Much,
                },
            },
            reason = "a test",
        }).JsonAsync(HttpStatusCode.Accepted);
        await approving.PostAsync($"/v1/approvals/{asked.GetProperty("id").GetString()}/approve", null)
            .JsonAsync(HttpStatusCode.OK);
    }

    static int? Number(string variable) => int.TryParse(
        Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : null;
}
