using System.Net;
using Issuer.Benchmarks;
using Issuer.Core.Publication;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Tests.Metrics;
using Issuer.Storage.Pki;
using Microsoft.Data.Sqlite;

namespace Issuer.Server.Tests.Publication;

/// <summary>
/// The worst happens to the store or the clock of a service whose rounds run: what is out there stays byte for byte, on
/// disk and over HTTP, health and metrics say why, and when the rows are back it goes on.
/// </summary>
public sealed class FailStaticTests : TwoCertified
{
    static readonly string[] Served =
    [
        "/v1/manifest.jws", "/v1/bundle.bin", "/v1/value-sets.json", "/v1/trust-list", "/v1/trust-list/list.jws",
        "/v1/trust-list/anchor", "/v1/trust-list/certificates.pem", "/.well-known/jwks.json", "/.well-known/did.json",
        "/trust-anchor/did.json", "/signercertificateStatus", "/signercertificateStatus/delta",
        "/signercertificateUpdate",
    ];

    /// <summary>The next list round is at noon.</summary>
    readonly SteppedClock clock = new(RunningService.Start.AddHours(1));

    string revoked = "";
    RunningService live = null!;
    HttpClient client = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (var id, revoked) = await CertificateAsync(Person.Hoa);
        await RevokeAsync(id);
        await PublishAsync();
        await LiveAsync();
    }

    public override async Task DisposeAsync()
    {
        client.Dispose();
        await live.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("certificate", "true", "certificates-missing")]
    [InlineData("certificate", "slot not in (select slot from revocation)", "certificates-missing")]
    [InlineData("revocation", "true", "unexplained-removal")]
    [InlineData("revocation certificate", "true", "unexplained-removal")]
    [InlineData("published_file", "true", "the store has lost")]
    [InlineData("published_file", "path like 'revocation/compact/%'", "the store has lost")]
    [InlineData("publication", "true", "does not know publication")]
    [InlineData("published_file publication revocation certificate dsc", "true", "does not know publication")]
    public async Task While_rows_are_missing_what_is_out_there_stays_and_says_why(
        string tables, string which, string why)
    {
        var before = await OutThereAsync();
        foreach (var table in tables.Split(' '))
        {
            await SqlAsync($"create table taken_{table} as select * from {table} where {which}");
            await SqlAsync($"delete from {table} where {which}");
        }
        clock.Set(clock.GetUtcNow() + PublicationPolicy.Default.Round);
        await RefusedAsync(why);
        Assert.Equal(before, await OutThereAsync());
        Assert.Equal("revoked", await VerdictAsync(revoked));

        foreach (var table in tables.Split(' ').Reverse())
        {
            await SqlAsync($"insert or ignore into {table} select * from taken_{table}");
        }
        await RecoveredAsync(before);
    }

    [Theory]
    [InlineData("revocation/compact/full-%.body")]
    [InlineData("revocation/compact/full-%.cose")]
    [InlineData("revocation/batches/%.json")]
    public async Task A_list_in_place_that_cannot_be_read_is_not_simply_replaced(string path)
    {
        var before = await OutThereAsync();
        await SqlAsync("create table taken as select * from published_file");
        await SqlAsync($"update published_file set content = x'00' where path like '{path}'");
        clock.Set(clock.GetUtcNow() + PublicationPolicy.Default.Round);
        await RefusedAsync("cannot be read");
        Assert.Equal(before, await OutThereAsync());

        await SqlAsync("insert or replace into published_file select * from taken");
        await RecoveredAsync(before);
    }

    [Fact]
    public async Task While_there_is_no_DSC_the_trust_list_stays_and_says_why()
    {
        var before = await OutThereAsync();
        await SqlAsync("create table taken_dsc as select * from dsc");
        // Development makes itself another one.
        await SqlAsync("create trigger none before insert on dsc begin select raise(ignore); end");
        await SqlAsync("delete from dsc");
        await RefusedAsync("The trust list would", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(before, await OutThereAsync());

        await SqlAsync("drop trigger none");
        await SqlAsync("insert into dsc select * from taken_dsc");
        await RecoveredAsync(before);
    }

    [Fact]
    public async Task While_nothing_can_be_issued_the_lists_are_published_all_the_same()
    {
        var before = await OutThereAsync();
        await SqlAsync("alter table record rename to taken_record");
        clock.Set(clock.GetUtcNow() + PublicationPolicy.Default.Round);
        await PublishedAfterAsync(before);
        Assert.Equal(0, await MetricAsync("issuer_publication_refused"));
    }

    [Fact]
    public async Task While_the_clock_is_set_back_what_is_out_there_stays_and_says_why()
    {
        var before = await OutThereAsync();
        var now = clock.GetUtcNow();
        clock.Set(now.AddDays(-2));
        // Two days ago there was no DSC either.
        await RefusedAsync("later than this clock says", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(before, await OutThereAsync());
        clock.Set(now + PublicationPolicy.Default.Round);
        await RecoveredAsync(before);
    }

    [Fact]
    public async Task A_round_that_runs_while_the_clock_is_set_back_makes_no_DSC_for_then()
    {
        var before = await live.Get<PkiStore>().DscsAsync(default);
        clock.Set(clock.GetUtcNow().AddDays(-2));

        // The round is in the store already.
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => live.Get<ActiveDscs>().LoadAsync(default));

        Assert.Contains("later than this clock says", refused.Message, StringComparison.Ordinal);
        Assert.Equal(
            before.Select(dsc => dsc.Kid), (await live.Get<PkiStore>().DscsAsync(default)).Select(dsc => dsc.Kid));
    }

    [Fact]
    public async Task While_the_clock_is_a_little_behind_another_instance_nothing_is_published_and_nothing_refused()
    {
        var before = await OutThereAsync();
        var now = clock.GetUtcNow() + PublicationPolicy.Default.Round;
        clock.Set(now);
        await PublishedAfterAsync(before);
        var ahead = await OutThereAsync();

        clock.Set(now.AddSeconds(-60));
        Assert.Equal(ahead, await OutThereAsync());
        Assert.Equal(0, await MetricAsync("issuer_publication_refused"));
        clock.Set(now.AddSeconds(-61));
        await RefusedAsync("later than this clock says");
        clock.Set(now + PublicationPolicy.Default.Round);
        await PublishedAfterAsync(ahead);
    }

    [Fact]
    public async Task A_service_that_is_started_with_an_earlier_clock_does_not_start_and_what_is_out_there_stays()
    {
        var before = await OutThereAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => service.WithRoundsAsync(new SteppedClock(clock.GetUtcNow().AddDays(-1))));
        Assert.Contains("later than this clock says", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await OutThereAsync());
    }

    [Fact]
    public async Task A_store_put_back_from_yesterdays_copy_publishes_nothing_over_what_is_out_there()
    {
        var yesterday = CopyOfStore("yesterday");
        var (id, hc1) = await CertificateAsync(Person.Duc);
        await RevokeAsync(id);
        clock.Set(clock.GetUtcNow() + PublicationPolicy.Default.Round);
        await Eventually.TrueAsync(async () => await VerdictAsync(hc1) == "revoked", "the revocation is out");
        var before = await OutThereAsync();
        var today = CopyOfStore("today");

        await PutBackAsync(yesterday);
        clock.Set(clock.GetUtcNow() + PublicationPolicy.Default.Round);
        await RefusedAsync("is an older copy");
        Assert.Equal(before, await OutThereAsync());
        Assert.Equal("revoked", await VerdictAsync(hc1));

        await PutBackAsync(today);
        await RecoveredAsync(before);
        Assert.Equal("revoked", await VerdictAsync(hc1));
    }

    async Task LiveAsync()
    {
        live = await service.WithRoundsAsync(clock);
        client = live.Client();
    }

    /// <summary>
    /// Everything below the published folder, and what each address answers, once the rounds have nothing more to do:
    /// one that ends now may have begun earlier, the next has seen all that is there, and may have written to its end.
    /// </summary>
    async Task<Dictionary<string, string>> OutThereAsync()
    {
        await RoundEndsAsync();
        await RoundEndsAsync();
        var folder = live.Published;
        var all = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path), path => Hex(File.ReadAllBytes(path)));
        var lists = all.Keys.Where(path => path.StartsWith("revocation/", StringComparison.Ordinal))
            .Select(path => $"/v1/{path}").ToList();
        Assert.NotEmpty(lists);
        foreach (var path in Served.Concat(lists))
        {
            using var answer = await client.GetAsync(path);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            all.Add(path, Hex(await answer.Content.ReadAsByteArrayAsync()));
        }
        return all;
    }

    static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    /// <summary>Three rounds in a row, so that what stays does not only stay for once.</summary>
    async Task RefusedAsync(string why, HttpStatusCode ready = HttpStatusCode.OK)
    {
        var first = await MetricAsync("issuer_publication_refusals_total");
        await Eventually.TrueAsync(
            async () => await MetricAsync("issuer_publication_refusals_total") >= first + 3,
            "three rounds are refused");
        await Eventually.TrueAsync(
            async () =>
            {
                using var health = await client.GetAsync("/healthz/ready");
                return health.StatusCode == ready
                    && (await health.Content.ReadAsStringAsync()).Contains(why, StringComparison.Ordinal);
            },
            $"health answers {ready} and says \"{why}\"");
        Assert.Equal(1, await MetricAsync("issuer_publication_refused"));
    }

    async Task RecoveredAsync(Dictionary<string, string> before)
    {
        await Eventually.TrueAsync(
            async () => await MetricAsync("issuer_publication_refused") == 0, "a round is good again");
        clock.Set(clock.GetUtcNow() + PublicationPolicy.Default.Round);
        await PublishedAfterAsync(before);
        Assert.Equal("revoked", await VerdictAsync(revoked));
        // The round ends a moment after its files are there.
        await Eventually.TrueAsync(
            async () => await MetricAsync("issuer_publication_sequence") == (await ManifestAsync()).Sequence,
            "metrics have the sequence number that is out");
    }

    Task PublishedAfterAsync(Dictionary<string, string> before) => Eventually.TrueAsync(
        async () => Hex(await client.GetByteArrayAsync("/v1/manifest.jws")) != before["/v1/manifest.jws"],
        "another manifest is out");

    Task RoundEndsAsync()
    {
        var health = live.Get<HealthOfJobs>().Of(PublishJob.Name);
        var last = health.State;
        return Eventually.TrueAsync(() => !ReferenceEquals(health.State, last), "a round of the publisher ends");
    }

    async Task<long> MetricAsync(string name) => (long)(await client.MetricsAsync())[name];

    string CopyOfStore(string name)
    {
        var to = Path.Combine(copy, $"{name}.db");
        using var from = new SqliteConnection($"Data Source={StorePath}");
        using var into = new SqliteConnection($"Data Source={to};Pooling=False");
        from.Open();
        into.Open();
        from.BackupDatabase(into);
        return to;
    }

    string StorePath => Path.Combine(live.Data.Path, "issuer.db");

    /// <summary>As an operator would: stop, put the file back, start.</summary>
    async Task PutBackAsync(string backup)
    {
        client.Dispose();
        await live.DisposeAsync();
        using (var from = new SqliteConnection($"Data Source={backup};Pooling=False"))
        using (var into = new SqliteConnection($"Data Source={StorePath}"))
        {
            from.Open();
            into.Open();
            from.BackupDatabase(into);
        }
        await LiveAsync();
    }
}
