using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Facilities;
using Issuer.Core.Feedback;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Policies;
using Issuer.Core.Progress;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Facilities;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Identity;
using Issuer.Server.Features.Metrics;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Publication;
using Issuer.Server.Features.Records;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Features.TrustList;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Metrics;
using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Certificates;
using Issuer.Storage.Identity;
using Issuer.Storage.Records;
using Microsoft.Extensions.Options;

namespace Issuer.Server.Features;

/// <summary>
/// Every feature's use cases. What holds no state is made where it is asked for, so that it goes by the policies of
/// that moment; there is one of what is kept between requests.
/// </summary>
static class FeatureServices
{
    public static void AddIssuerSettings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ConnectionStringsSettings>(configuration);
        services.AddSettings<AuthSettings>(configuration);
        services.AddSettings<ClaimSettings>(configuration);
        services.AddSettings<LimitSettings>(configuration);
        services.AddSettings<RegistrySettings>(configuration);
        services.AddSettings<GatewaySettings>(configuration);
        services.AddSettings<TrustListSettings>(configuration);
        services.AddSettings<DistributionSettings>(configuration);
    }

    /// <summary>What is counted and shown; the gauges are there from the beginning.</summary>
    public static void AddIssuerMetrics(this IServiceCollection services)
    {
        services.AddSingleton<LastFigures>();
        services.AddSingleton(all =>
        {
            var meter = new IssuerMeter();
            Gauges.Observe(
                meter, all.GetRequiredService<HealthOfJobs>(), all.GetRequiredService<LastFigures>(),
                all.GetRequiredService<NamedGateway>(), all.GetRequiredService<IPopulationRegistry>(),
                all.GetRequiredService<TimeProvider>());
            return meter;
        });
    }

    public static void AddRecords(this IServiceCollection services)
    {
        services.AddTransient(all => new SubmitRecords(
            all.GetRequiredService<IRecordStore>(), all.GetRequiredService<SingleActs>(),
            all.GetRequiredService<RegistryClaims>(), all.GetRequiredService<IssuerMeter>().Submitted,
            all.GetRequiredService<ClaimAlarm>().Count));
        services.AddTransient<ClaimAlarm>();
        services.AddTransient(all => new RegistryClaims(
            new CheckClaims(
                all.GetRequiredService<PoliciesNow>().Budgets.Registry,
                all.GetRequiredService<PoliciesNow>().Validity.UtcOffset),
            all.GetRequiredService<ClaimDigests>().Of));
        services.AddTransient(all => new SingleActs(
            all.GetRequiredService<PoliciesNow>().Budgets.SingleActs,
            all.GetRequiredService<PoliciesNow>().Validity.UtcOffset));
        services.AddTransient<SubmitOne>();
        services.AddTransient<ReadCheckContext>();
        services.AddTransient(all => new MarkDuplicates(all.GetRequiredService<DuplicateStore>()));
        services.AddTransient(all => new HandOut(
            all.GetRequiredService<HandOuts>(), all.GetRequiredService<PoliciesNow>().Budgets.HandOuts,
            all.GetRequiredService<PoliciesNow>().Validity.UtcOffset));
        services.AddTransient(all => new AllowHandOuts(
            all.GetRequiredService<ITransactions<IHandOutAllowanceTransaction>>(),
            all.GetRequiredService<PoliciesNow>().Budgets.HandOuts,
            all.GetRequiredService<PoliciesNow>().Validity.UtcOffset));
        services.AddTransient<WorklistPages>();
        services.AddTransient<FamilyCertificates>();
        services.AddTransient<Why>();
        services.AddTransient<CounterHandOut>();
        services.AddTransient(all => new ConfirmDose(all.GetRequiredService<ConfirmedDoses>()));
        services.AddTransient(all => new EnterImports(all.GetRequiredService<ImportJobs>()));
        services.AddTransient<ImportFile>();
        services.AddTransient<RunImports>();
        services.AddSingleton<RecentCheckContext>();
        services.AddSingleton<CourseQuestions>();
        services.AddSingleton(all => new ImportFiles(all.GetRequiredService<DataFolder>().Imports));
    }

    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<IPopulationRegistry>(all =>
            ExchangeOptions.From(all.GetRequiredService<IOptions<RegistrySettings>>().Value) is { } exchange
                ? new ExchangeRegistry(exchange, all.GetRequiredService<TimeProvider>())
                : all.GetRequiredService<EmbeddedRegistry>());
        services.AddSingleton(all => new ClaimDigests(all.GetRequiredService<StoreSecret>().KeyFor("registry claims")));
        services.AddTransient(all => new ReleaseAnswer(
            all.GetRequiredService<AwaitedAnswers>(), all.GetRequiredService<ClaimDigests>(),
            all.GetRequiredService<PoliciesNow>().Budgets.Registry,
            all.GetRequiredService<PoliciesNow>().Validity.UtcOffset));
        services.AddTransient(all => new OpenCleaningList(
            all.GetRequiredService<CleaningLists>(), all.GetRequiredService<PoliciesNow>().Budgets.Registry));
        services.AddTransient<MatchRecords>();
        services.AddTransient<CorrectRecords>();
    }

    public static void AddFacilities(this IServiceCollection services)
    {
        services.AddTransient(all => new AttestRecords(
            all.GetRequiredService<IFacilityStore>(), all.GetRequiredService<PoliciesNow>().Certification.Attestation,
            all.GetRequiredService<StoreSecret>().NonceKey));
        services.AddTransient<DevelopmentSignatories>();
    }

    public static void AddFeedbackAndProgress(this IServiceCollection services)
    {
        services.AddTransient(all => new FileReports(
            all.GetRequiredService<IReportStore>(),
            all.GetRequiredService<PoliciesNow>().Feedback,
            all.GetRequiredService<PoliciesNow>().Validity.UtcOffset));
        services.AddTransient(all => new LookUpRecords(
            all.GetRequiredService<IReportStore>(), all.GetRequiredService<IPersonsOnRecord>(),
            all.GetRequiredService<PoliciesNow>().Feedback, all.GetRequiredService<PoliciesNow>().Validity.UtcOffset));
        services.AddTransient<AnswerReports>();
        services.AddTransient(all => new CountProgress(
            all.GetRequiredService<IProgressStore>(), all.GetRequiredService<TimeProvider>(),
            all.GetRequiredService<PoliciesNow>().Validity.UtcOffset));
    }

    public static void AddPki(this IServiceCollection services)
    {
        services.AddSingleton<ActiveDscs>();
        services.AddSingleton<OwnAnchor>();
        services.AddSingleton<ICertificateSigner, FileSigner>();
    }

    public static void AddCertificates(this IServiceCollection services)
    {
        services.AddTransient<IssueRound>();
        services.AddTransient<RegenerateRound>();
        services.AddTransient<CertificateLines>();
        services.AddTransient<WalkIn>();
        services.AddSingleton<FetchAudit>();
    }

    public static void AddRevocation(this IServiceCollection services)
    {
        services.AddTransient<TwoPersonActs>();
        services.AddTransient<BindAuthority>();
        services.AddTransient<ImportPolicies>();
        services.AddTransient(all => new RevokeCertificates(
            all.GetRequiredService<ITransactions<IWithdrawalTransaction>>(), all.GetRequiredService<SingleActs>(),
            reached => all.GetRequiredService<IssuerMeter>().Revoked(reached)));
        services.AddTransient<BulkRound>();
        services.AddTransient<RevokeOne>();
    }

    public static void AddPublication(this IServiceCollection services)
    {
        services.AddSingleton<PublisherName>();
        services.AddSingleton<HeldLists>();
        services.AddTransient<TrustFiles>();
        services.AddTransient<ForeignLists>();
        services.AddTransient<GuardFolder>();
        services.AddTransient<PublishRound>();
    }

    public static void AddGateway(this IServiceCollection services)
    {
        services.AddTransient<ImportKeys>();
        services.AddSingleton(all => new NamedGateway(
            GatewayOptions.From(all.GetRequiredService<IOptions<GatewaySettings>>().Value)));
        services.AddTransient<SyncGateway>();
    }
}
