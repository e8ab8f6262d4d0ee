using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Facilities;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Approvals;
using Issuer.Storage.Certificates;
using Issuer.Storage.Facilities;
using Issuer.Storage.Identity;
using Issuer.Storage.Pki;
using Issuer.Storage.Records;

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
        Lots = new LotStore(database);
        Imports = new ImportJobs(database, ids);
        Identity = new IdentityStore(database, ids);
        Worklist = new WorklistStore(database);
        Registry = new EmbeddedRegistry(database);
        Facilities = new FacilityStore(database);
        Approvals = new ApprovalStore(database, ids);
        SubjectProposals = new SubjectProposals(database);
        Duplicates = new DuplicateStore(database);
        Certificates = new CertificateStore(database, ids);
        Holders = new HolderCertificates(database);
        Pki = new PkiStore(database);
        Settings = new Settings(database);
        Counts = new StoreCounts(database);
        Rates = new EngineRates(database);
        RecordFill = new RecordFill(database, ids);
    }

    public IRecordStore Records { get; }

    public FacilityRecords FacilityRecords { get; }

    public HeldRecords HeldRecords { get; }

    public LotStore Lots { get; }

    public ImportJobs Imports { get; }

    public IIdentityStore Identity { get; }

    public IWorklistStore Worklist { get; }

    public EmbeddedRegistry Registry { get; }

    public IFacilityStore Facilities { get; }

    public IApprovalStore Approvals { get; }

    public SubjectProposals SubjectProposals { get; }

    public DuplicateStore Duplicates { get; }

    public ICertificateStore Certificates { get; }

    public HolderCertificates Holders { get; }

    public PkiStore Pki { get; }

    public Settings Settings { get; }

    public StoreCounts Counts { get; }

    public EngineRates Rates { get; }

    public RecordFill RecordFill { get; }

    public string Description => database.Description;

    /// <summary>SQLite in the directory, unless a PostgreSQL connection string is given; the schema is brought up to date.</summary>
    public static async Task<Store> OpenAsync(
        string? connectionString, string dataDirectory, CancellationToken cancel) =>
        new(await Database.OpenAsync(connectionString, dataDirectory, cancel));

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
