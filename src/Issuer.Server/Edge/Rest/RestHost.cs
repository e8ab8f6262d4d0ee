using System.Text.Json;
using System.Text.Json.Serialization;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Edge.Rest.Certificates;
using Issuer.Server.Edge.Rest.Description;
using Issuer.Server.Edge.Rest.Facilities;
using Issuer.Server.Edge.Rest.Feedback;
using Issuer.Server.Edge.Rest.Health;
using Issuer.Server.Edge.Rest.Holds;
using Issuer.Server.Edge.Rest.Identity;
using Issuer.Server.Edge.Rest.Policies;
using Issuer.Server.Edge.Rest.Progress;
using Issuer.Server.Edge.Rest.Publication;
using Issuer.Server.Edge.Rest.Records;
using Issuer.Server.Edge.Rest.Revocation;
using Issuer.Server.Edge.Rest.TrustList;
using Issuer.Server.Edge.Rest.Verification;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Jobs;
using Issuer.Server.Features.Metrics;
using Issuer.Server.Features.Progress;
using Issuer.Server.Features.Publication;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Metrics;
using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.TrustLists;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Issuer.Server.Edge.Rest;

/// <summary>How the service is run.</summary>
/// <param name="Urls">Addresses, with semicolons between.</param>
/// <param name="JobInterval">From one round of the jobs to the next; null: no rounds here.</param>
/// <param name="LeastLogged">
/// A line a request is <see cref="LogLevel.Information"/>, of a read that went well <see cref="LogLevel.Debug"/>.
/// </param>
sealed record RestOptions(string Urls, TimeSpan? JobInterval, LogLevel LeastLogged = LogLevel.Information);

/// <summary>The HTTP service on an opened store.</summary>
static class RestHost
{
    const int LargestBody = 1024 * 1024;

    public static WebApplication Build(IssuerServices issuer, RestOptions options)
    {
        var builder = Builder(issuer, options.Urls, options.LeastLogged);
        builder.AddTelemetry(issuer.Get<IssuerMeter>());
        builder.Services.AddIssuerOpenApi();
        builder.Services.AddDescription();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddPeriodicJob<WriteFetches>(WriteFetches.Plan);
        builder.Services.AddPeriodicJob<ImportUploads>(ImportUploads.Plan);
        if (options.JobInterval is { } interval)
        {
            builder.Services.AddPeriodicJob<WorkJob>(WorkJob.Every(interval));
            builder.Services.AddPeriodicJob<PublishJob>(PublishJob.Every(interval));
            builder.Services.AddPeriodicJob<CountJob>(CountJob.Every(interval));
            builder.Services.AddPeriodicJob<MeasureJob>(MeasureJob.Every(interval));
            if (issuer.Get<NamedGateway>().Options is not null)
            {
                builder.Services.AddPeriodicJob<GatewayJob>(GatewayJob.Plan);
            }
        }
        var app = builder.Build();
        app.UseCallersAddress();
        app.UseMiddleware<AnswerRefusals>();
        app.UseHeadAsGet();
        app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.UseStatusCodePages(refused =>
            Problem.Of(refused.HttpContext.Response.StatusCode).ExecuteAsync(refused.HttpContext));
        app.UseRouting();
        app.UseCors();
        app.UseRoutingRefusals();
        app.UseRequestForms();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapRecords();
        app.MapWorklist();
        app.MapCleaningLists();
        app.MapCorrection();
        app.MapImports();
        app.MapAttestations();
        app.MapAttestationKeys();
        app.MapApprovals();
        app.MapTwoPersonRequests();
        app.MapHolds();
        app.MapPolicies();
        app.MapAuthority();
        app.MapDuplicates();
        app.MapConfirmation();
        app.MapRelease();
        app.MapHandOut();
        app.MapHandOutAllowances();
        app.MapMe();
        app.MapRevocation();
        app.MapLeaks();
        app.MapBulkRevocations();
        app.MapHolder();
        app.MapWalkIn();
        app.MapHolderReports();
        app.MapReports();
        app.MapProgress();
        app.MapTrustList();
        app.MapSignerCertificates();
        app.MapPublication();
        app.MapDistribution();
        app.MapVerify();
        app.MapHealth();
        app.MapMetrics();
        app.MapDescription();
        return app;
    }

    /// <summary>What every protocol has: limits, log, access, and the application behind it.</summary>
    public static WebApplicationBuilder Builder(
        IssuerServices issuer, string urls, LogLevel leastLogged = LogLevel.Information)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = issuer.Get<StoreEnvironment>().Name,
        });
        // One source for the service and the verbs, and no second look for the host's own.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(issuer.Get<StoreSetup>().Configuration.AsEnumerable());
        builder.WebHost.UseUrls(urls);
        builder.AddLimits();
        builder.AddCallerLimits(issuer.Get<IOptions<LimitSettings>>().Value);
        builder.Services.AddPublicCors();
        builder.AddLog(leastLogged);
        issuer.ShareWith(builder.Services);
        builder.Services.AddAccess(issuer);
        builder.Services.AddSingleton(PathIds.Of(issuer.Get<StoreSecret>()));
        builder.Services.AddSingleton<PublishedLists>();
        builder.Services.AddSingleton<VerifyNow>();
        return builder;
    }

    static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxRequestLineSize = 4 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 50;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
    }

    /// <summary>The framework's own lines hold paths and query strings; only its warnings are let through.</summary>
    static void AddLog(this WebApplicationBuilder builder, LogLevel least)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        });
        // Standard output is the verb's: its addresses, or with --json one object and nothing else.
        builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(least);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning)
            // Enabled at all, it opens an activity and a log scope for every request, which nothing here reads.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
