using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Dapper;
using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Identity;
using Issuer.Core.Revocation;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Grpc;
using Issuer.Server.Edge.Rest;
using Issuer.Server.Features;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Identity;
using Issuer.Server.Features.Jobs;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Publication;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Issuer.Server.Tests.Grpc;
using Issuer.Storage;
using Issuer.Storage.Identity;
using Issuer.Storage.Pki;
using Issuer.Verification.Revocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Issuer.Server.Tests;

/// <summary>
/// The real service on a free port of the loopback, over a real store in a temporary directory. Job rounds run when a
/// test asks for one, or by themselves with a <see cref="JobInterval"/>.
/// </summary>
public sealed class RunningService : IAsyncLifetime
{
    public const string Facility = "01-0001";
    public const string OtherFacility = "02-0001";

    internal static readonly DateTimeOffset Start = new(2027, 1, 15, 8, 0, 0, TimeSpan.Zero);

    readonly string directory;
    readonly bool ownsDirectory;
    WebApplication? app;
    WebApplication? grpc;

    public RunningService()
        : this(Directory.CreateTempSubdirectory("issuer-rest-").FullName, Start, ownsDirectory: true)
    {
    }

    RunningService(string directory, DateTimeOffset now, bool ownsDirectory)
    {
        this.directory = directory;
        this.ownsDirectory = ownsDirectory;
        Clock = new ShiftedClock(TimeProvider.System, now);
    }

    /// <summary>Set before it starts: another clock than one that runs from <see cref="Start"/>.</summary>
    internal TimeProvider Clock { get; init; }

    /// <summary>Set before it starts: from one job round to the next.</summary>
    internal TimeSpan? JobInterval { get; init; }

    /// <summary>Set before it starts: the registry over this exchange.</summary>
    internal ExchangeOptions? Exchange { get; init; }

    /// <summary>Set before it starts: where other countries are met. No round runs by itself.</summary>
    internal GatewayOptions? Gateway { get; init; }

    /// <summary>Set before it starts: how finely revocation lists are divided.</summary>
    internal DistributionThresholds? Distribution { get; init; }

    /// <summary>Set before it starts: how often strangers may ask; a test is one stranger, and asks at once.</summary>
    internal LimitSettings Limits { get; init; } = new() { AnonymousPerMinute = "0" };

    /// <summary>Set before it starts: whatever else is to be different.</summary>
    internal Action<IServiceCollection> Otherwise { get; init; } = _ => { };

    /// <summary>Set before it starts: what takes two people waits for the second one, as outside Development.</summary>
    internal bool WaitsForSecond { get; init; }

    internal IssuerServices Issuer { get; private set; } = null!;

    internal DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Where the service's own publication lies.</summary>
    internal string Published => Data.Published;

    internal DataFolder Data => new(directory);

    internal CapturedLog Log { get; } = new();

    internal IServiceProvider Services => app!.Services;

    internal IServiceProvider GrpcServices => grpc!.Services;

    /// <summary>The facilities' private keys.</summary>
    internal Dictionary<string, ECDsa> Keys { get; } = new()
    {
        [Facility] = ECDsa.Create(ECCurve.NamedCurves.nistP256),
        [OtherFacility] = ECDsa.Create(ECCurve.NamedCurves.nistP256),
    };

    public async Task InitializeAsync()
    {
        Issuer = await Opened.DevelopmentAsync(directory, Clock, Change);
        await Issuer.Get<EnterStore>().RunAsync(default);
        await Issuer.Get<IFacilityStore>().SaveAsync(
            [
                new Facility(Facility, "Trạm y tế Phúc Xá", "station", "01", null),
                new Facility(OtherFacility, "Bệnh viện Hà Giang", "hospital", "02", null),
            ],
            Act("test"), default);
        await Issuer.Get<IFacilityStore>().SaveKeysAsync(
            Keys.ToDictionary(k => k.Key, k => k.Value.ExportSubjectPublicKeyInfo()), Act("test"), default);
        await Issuer.Get<EmbeddedRegistry>().LoadAsync(Person.Registered, default);
        await Issuer.Get<ActiveDscs>().LoadAsync(default);
        app = RestHost.Build(Issuer, new RestOptions("http://127.0.0.1:0", JobInterval, LogLevel.Debug));
        Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        await app.StartAsync();
        grpc = GrpcHost.Build(Issuer, "http://127.0.0.1:0");
        GrpcServices.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        await grpc.StartAsync();
    }

    /// <summary>The same store with the clock started at another moment, as with <c>--now</c>.</summary>
    internal async Task<RunningService> ReopenedAtAsync(DateTimeOffset now)
    {
        var later = new RunningService(directory, now, ownsDirectory: false);
        await later.InitializeAsync();
        return later;
    }

    /// <summary>Another process on the same store, whose jobs run by themselves.</summary>
    internal async Task<RunningService> WithRoundsAsync(TimeProvider clock)
    {
        var other = new RunningService(directory, Start, ownsDirectory: false)
        {
            Clock = clock, JobInterval = TimeSpan.FromMilliseconds(50),
        };
        await other.InitializeAsync();
        return other;
    }

    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(app!.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = token is null
            ? null
            : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    internal GrpcClient Grpc(string? token = null) => new(new Uri(grpc!.Urls.First()), token);

    internal HttpClient Clerk(string facility = Facility, string sub = "clerk") =>
        Client(Token(Roles.FacilityClerk, ("sub", sub), ("facility", facility)));

    internal HttpClient Signatory(string facility = Facility, string sub = "signatory") =>
        Client(Token(Roles.FacilitySignatory, ("sub", sub), ("facility", facility)));

    internal HttpClient Citizen(string identityNumber) =>
        Client(Token(Roles.Citizen, ("identity_number", identityNumber)));

    internal string Token(string role, params (string Name, object Value)[] claims) =>
        TokenFor(TimeSpan.FromHours(1), role, claims);

    internal string TokenFor(TimeSpan lifetime, string role, params (string Name, object Value)[] claims)
    {
        var issued = lifetime > TimeSpan.Zero ? Now : Now + lifetime - TimeSpan.FromHours(1);
        var content = new Dictionary<string, object>
        {
            ["sub"] = "somebody", ["roles"] = new[] { role }, ["auth_time"] = issued.ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in claims)
        {
            content[name] = value;
        }
        return DevelopmentToken.Sign(
            Get<KeyFiles>(), content, issued, lifetime > TimeSpan.Zero ? lifetime : TimeSpan.FromHours(1));
    }

    /// <param name="actor">Null: anybody.</param>
    internal async Task<long> AuditRowsAsync(string? actor, string act)
    {
        await using var database = await Database.OpenAsync(null, directory, default);
        return await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(
                "select count(*) from audit where act = @act and (@actor is null or actor = @actor)",
                new { act, actor }),
            default);
    }

    internal T Get<T>()
        where T : notnull => Issuer.Get<T>();

    internal Act Act(string actor) => new(actor, Now);

    /// <summary>Work, then publication, once and now; what goes wrong is the test's.</summary>
    internal async Task RoundAsync()
    {
        using var work = Job<WorkJob>(WorkJob.Every(TimeSpan.FromHours(1)));
        await work.RoundAsync(default);
        using var publish = Job<PublishJob>(PublishJob.Every(TimeSpan.FromHours(1)));
        await publish.RoundAsync(default);
    }

    /// <summary>A round with this gateway, as the service's job makes it.</summary>
    internal async Task<GatewayRound> SyncAsync(GatewayOptions gateway, bool isAccepted = false)
    {
        var sync = Issuer.Create<SyncGateway>(new NamedGateway(gateway));
        var round = await sync.RunAsync(isAccepted, default);
        Get<HealthOfJobs>().Of(GatewayJob.Name).End(GatewayJob.EndOf(round), Now);
        return round;
    }

    internal async Task RoundAsync<TJob>(JobPlan plan)
        where TJob : IJob
    {
        using var job = Job<TJob>(plan);
        await job.RoundAsync(default);
    }

    PeriodicJob<TJob> Job<TJob>(JobPlan plan)
        where TJob : IJob => ActivatorUtilities.CreateInstance<PeriodicJob<TJob>>(Services, plan);

    void Change(IServiceCollection services)
    {
        services.AddSingleton(Options.Create(Limits));
        Otherwise(services);
        if (Exchange is { } exchange)
        {
            services.AddSingleton<IPopulationRegistry>(_ => new ExchangeRegistry(exchange, Clock));
        }
        if (Gateway is { } gateway)
        {
            services.AddSingleton(new NamedGateway(gateway));
        }
        if (WaitsForSecond)
        {
            services.AddTransient(all => new RevokeOne(
                all.GetRequiredService<RevokeCertificates>(), all.GetRequiredService<BulkRound>(),
                new StoreEnvironment(IsDevelopment: false, HasOwnNow: false), all.GetRequiredService<NationalClock>()));
        }
        if (Distribution is { } thresholds)
        {
            services.AddSingleton(Options.Create(new DistributionSettings
            {
                Point = thresholds.MostInPoint.ToString(CultureInfo.InvariantCulture),
                Vector = thresholds.MostInVector.ToString(CultureInfo.InvariantCulture),
            }));
        }
    }

    public async Task DisposeAsync()
    {
        await grpc!.StopAsync();
        await grpc.DisposeAsync();
        await app!.StopAsync();
        await app.DisposeAsync();
        await Issuer.DisposeAsync();
        if (ownsDirectory)
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
