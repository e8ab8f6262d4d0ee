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

/// <summary>What the desk asks for: all of it must agree with a record.</summary>
public sealed record DeskLookUp(string Number, PartialDate DateOfBirth, string FullName);

/// <param name="Found">All that the desk is told: not where, not how many, not what is wrong.</param>
public sealed record LookUpAnswer(bool Found);

/// <summary>Reports. Safe to call concurrently; durable when it returns.</summary>
public interface IReportStore
{
    /// <summary>
    /// The person's own records, and records under a number that wait for a correction. No more than a few hundred.
    /// </summary>
    Task<IReadOnlyList<ReportCandidate>> CandidatesAsync(Filer filer, CancellationToken cancel);

    /// <summary>Stores it, unless the filer has an open report that says the same, or filed too many today.</summary>
    Task<Result<FiledReport>> FileAsync(NewReport report, Act act, CancellationToken cancel);

    Task<Report?> FindAsync(long id, CancellationToken cancel);

    /// <summary>By id, from the one after <paramref name="after"/> on.</summary>
    Task<IReadOnlyList<Report>> PageAsync(ReportQuery query, long after, int limit, CancellationToken cancel);

    /// <summary>
    /// Answers what <see cref="AnswerReports.Refuse"/> lets be answered, in the transaction that sees it; of two who
    /// answer at once the second is refused.
    /// </summary>
    Task<Result<Report>> AnswerAsync(
        long id, long version, ReportAnswer answer, WorklistScope own, Act act, CancellationToken cancel);

    /// <summary>
    /// Whether a record like this waits for a correction; counted against the cap and audited either way.
    /// </summary>
    Task<Result<LookUpAnswer>> LookUpAsync(DeskLookUp wanted, long dailyCap, Act act, CancellationToken cancel);
}
