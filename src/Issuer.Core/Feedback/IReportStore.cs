using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Core.Feedback;

/// <summary>A report that is ready to be stored.</summary>
public sealed record NewReport(ReportClaim Claim, Filer Filer, ReportRoute Route, DateTimeOffset DueAt);

/// <param name="IsNew">False: it said what an open report of the same filer says already.</param>
public sealed record FiledReport(Report Report, bool IsNew);

/// <summary>Which reports are read.</summary>
/// <param name="Filer">Only those on this filer's list; null: anybody's.</param>
/// <param name="Own">Whose answers it takes, as the caller may see.</param>
/// <param name="LateAt">Only those that are open past their deadline at this moment; null: all.</param>
public sealed record ReportQuery(string? Filer, WorklistScope Own, DateTimeOffset? LateAt);

/// <summary>What the desk typed.</summary>
public sealed record LookUpRow(
    string? Number, string? DateOfBirth, string? FullName, string? Facility = null, string? VaccinatedOn = null);

/// <summary>Where and when a dose was given.</summary>
public sealed record EnteredAt(string Facility, DateOnly VaccinatedOn);

/// <summary>What the desk asks for: all of it must agree with a record.</summary>
/// <param name="Number">Of the registry, or <c>KOR:M12345678</c>: country and passport.</param>
/// <param name="Entered">Of a record without a number; null: the number counts.</param>
public sealed record DeskLookUp(string Number, PartialDate DateOfBirth, string FullName, EnteredAt? Entered = null)
{
    /// <summary>The document that its holder's login would name.</summary>
    public string Document => Number.Split(':') is [{ Length: 3 } country, { Length: > 0 } passport]
        ? DocumentKey.OfPassport(country, passport)
        : DocumentKey.OfNumber(Number);
}

/// <param name="Waiting">Records that agree and wait for a correction.</param>
/// <param name="Person">Known by this number; null: nobody who agrees.</param>
public sealed record LookUpAnswer(IReadOnlyList<long> Waiting, PersonOnRecord? Person)
{
    public bool Found => Waiting.Count > 0 || Person is not null;
}

/// <summary>Reports. Safe to call concurrently; durable when it returns.</summary>
public interface IReportStore : ITransactions<IReportTransaction>
{
    /// <summary>Nobody gets it again.</summary>
    Task<long> NewIdAsync(CancellationToken cancel);

    /// <summary>
    /// The person's own records, and records under a number that wait for a correction. No more than a few hundred.
    /// </summary>
    Task<IReadOnlyList<ReportCandidate>> CandidatesAsync(Filer filer, CancellationToken cancel);

    Task<Report?> FindAsync(long id, CancellationToken cancel);

    /// <summary>By id, from the one after <paramref name="after"/> on.</summary>
    Task<IReadOnlyList<Report>> PageAsync(ReportQuery query, long after, int limit, CancellationToken cancel);
}

/// <summary>Reports and what is counted, as filing, answering and the desk's look-ups read and write them.</summary>
public interface IReportTransaction : IAuditRows, IDailyUse
{
    /// <summary>The filer's open report that says the same; null: there is none.</summary>
    Task<Report?> SaidAsync(string filer, byte[] digest);

    Task<Report> AddAsync(long id, NewReport report, DateTimeOffset at);

    Task<Report?> FindAsync(long id);

    Task<bool> IsRecordOfAsync(long record, string facility);

    /// <summary>Keeps the answer, and makes of it another version of the report.</summary>
    Task<Report> AnswerAsync(long id, ReportAnswer answer, DateTimeOffset at);

    /// <summary>Records under a number and birth date that wait for a correction. No more than a few hundred.</summary>
    Task<IReadOnlyList<ReportCandidate>> WaitingUnderAsync(string number, PartialDate born);

    /// <summary>The same of records that were entered without any number.</summary>
    Task<IReadOnlyList<ReportCandidate>> WaitingWithoutNumberAsync(EnteredAt entered, PartialDate born);
}
