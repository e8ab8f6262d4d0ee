using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Facilities;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Core.Policies;
using Issuer.Core.Progress;
using Issuer.Core.Publication;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Storage.Approvals;
using Issuer.Storage.Certificates;
using Issuer.Storage.Facilities;
using Issuer.Storage.Feedback;
using Issuer.Storage.Gateway;
using Issuer.Storage.Holds;
using Issuer.Storage.Identity;
using Issuer.Storage.Pki;
using Issuer.Storage.Policies;
using Issuer.Storage.Progress;
using Issuer.Storage.Publication;
using Issuer.Storage.Records;
using Issuer.Storage.Revocation;
using Issuer.Storage.Schema;

namespace Issuer.Storage;

/// <summary>Everything that is stored, by feature, on one database.</summary>
public sealed class Store : IAsyncDisposable
{
    readonly Database database;
    readonly IdLeases ids;

    Store(Database database)
    {
        this.database = database;
        ids = new IdLeases(database);
        Records = new RecordStore(database, ids);
        FacilityRecords = new FacilityRecords(database);
        HeldRecords = new HeldRecords(database);
        Holds = new HoldStore(database);
        SignedHistory = new SignedHistory(database);
        Lots = new LotStore(database);
        Imports = new ImportJobs(database, ids);
        Identity = new IdentityStore(database, ids);
        Worklist = new WorklistStore(database);
        CourseQuestions = new CourseQuestionStore(database);
        AwaitedAnswers = new AwaitedAnswers(database);
        CleaningLists = new CleaningLists(database);
        Registry = new EmbeddedRegistry(database);
        Facilities = new FacilityStore(database);
        Policies = new PolicyStore(database);
        Approvals = new ApprovalStore(database, ids);
        Authority = new AuthorityStore(database);
        SubjectProposals = new SubjectProposals(database);
        Duplicates = new DuplicateStore(database);
        ConfirmedDoses = new ConfirmedDoses(database);
        HandOuts = new HandOuts(database);
        HandOutAllowances = new HandOutAllowances(database);
        PersonsOnRecord = new PersonsOnRecord(database);
        Reports = new ReportStore(database, ids);
        Progress = new ProgressStore(database);
        Certificates = new CertificateStore(database, ids);
        Lineages = new LineageStore(database);
        Holders = new HolderCertificates(database);
        BulkRevocations = new BulkStore(database);
        StandingRevocations = new StandingRevocations(database);
        KeyWithdrawals = new KeyWithdrawals(database);
        Pki = new PkiStore(database);
        Publications = new PublicationStore(database);
        Gateway = new GatewayStore(database);
        Settings = new Settings(database);
        Counts = new StoreCounts(database);
        Invariants = new Invariants(database);
    }

    public IRecordStore Records { get; }

    public FacilityRecords FacilityRecords { get; }

    public HeldRecords HeldRecords { get; }

    public HoldStore Holds { get; }

    public SignedHistory SignedHistory { get; }

    public LotStore Lots { get; }

    public ImportJobs Imports { get; }

    public IIdentityStore Identity { get; }

    public IWorklistStore Worklist { get; }

    public ICourseQuestionStore CourseQuestions { get; }

    public AwaitedAnswers AwaitedAnswers { get; }

    public CleaningLists CleaningLists { get; }

    public EmbeddedRegistry Registry { get; }

    public IFacilityStore Facilities { get; }

    public IPolicyStore Policies { get; }

    public IApprovalStore Approvals { get; }

    public IAuthorityStore Authority { get; }

    public SubjectProposals SubjectProposals { get; }

    public DuplicateStore Duplicates { get; }

    public ConfirmedDoses ConfirmedDoses { get; }

    public HandOuts HandOuts { get; }

    public ITransactions<IHandOutAllowanceTransaction> HandOutAllowances { get; }

    public IPersonsOnRecord PersonsOnRecord { get; }

    public IReportStore Reports { get; }

    public IProgressStore Progress { get; }

    public ICertificateStore Certificates { get; }

    public ILineageStore Lineages { get; }

    public HolderCertificates Holders { get; }

    /// <summary>Of one certificate or record; the same rows that bulk acts write.</summary>
    public ITransactions<IWithdrawalTransaction> Revocations => BulkRevocations;

    public BulkStore BulkRevocations { get; }

    public StandingRevocations StandingRevocations { get; }

    public KeyWithdrawals KeyWithdrawals { get; }

    public PkiStore Pki { get; }

    public IPublicationStore Publications { get; }

    public GatewayStore Gateway { get; }

    public Settings Settings { get; }

    public StoreCounts Counts { get; }

    public Invariants Invariants { get; }

    public string Description => database.Description;

    /// <summary>SQLite in the directory, unless a PostgreSQL connection string is given.</summary>
    /// <exception cref="StoreRefusedException">This program may not work on it; nothing was touched.</exception>
    public static async Task<Store> OpenAsync(
        string? connectionString, string dataDirectory, StoreUse use, CancellationToken cancel) =>
        new(await Database.OpenAsync(connectionString, dataDirectory, use, cancel));

    /// <summary>To write.</summary>
    public static Task<Store> OpenAsync(string? connectionString, string dataDirectory, CancellationToken cancel) =>
        OpenAsync(connectionString, dataDirectory, StoreUse.Write, cancel);

    /// <summary>Brings the store to this program's schema.</summary>
    /// <exception cref="StoreRefusedException">This program may not work on it; nothing was touched.</exception>
    public static async Task<MigrationOutcome> MigrateAsync(
        string? connectionString, string dataDirectory, IProgress<MigrationProgress>? progress,
        CancellationToken cancel)
    {
        await using var database = Database.At(connectionString, dataDirectory, isPatient: true);
        return await new Migrations(database).RunAsync(progress, cancel);
    }

    /// <summary>Whether there is an embedded store in the directory; of PostgreSQL only the server can tell.</summary>
    public static bool Exists(string? connectionString, string dataDirectory) =>
        !string.IsNullOrWhiteSpace(connectionString) || SqliteDatabase.IsIn(dataDirectory);

    /// <inheritdoc cref="Database.TryLockAsync"/>
    public Task<IAsyncDisposable?> TryLockAsync(string job, CancellationToken cancel) =>
        database.TryLockAsync(job, cancel);

    public async ValueTask DisposeAsync()
    {
        ids.Dispose();
        await database.DisposeAsync();
    }
}
