using Issuer.Core.Holds;
using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>Records as step 3 needs them. One matching round at a time is the caller's business.</summary>
public interface IIdentityStore : ITransactions<IIdentityTransaction>
{
    /// <summary>Records whose answer was beyond a budget until now wait to be matched from now on.</summary>
    Task EndWaitsAsync(DateTimeOffset now, CancellationToken cancel);

    /// <summary>Pending records with an id above <paramref name="after"/>, lowest first.</summary>
    Task<IReadOnlyList<StoredRecord>> ClaimPendingAsync(long after, int limit, CancellationToken cancel);

    /// <summary>The first of so many ids of new persons; nobody gets them again, used or not.</summary>
    Task<long> NewSubjectIdsAsync(int count, CancellationToken cancel);
}

/// <summary>Records and persons as settling reads and writes them; lists are one statement each.</summary>
public interface IIdentityTransaction : IAuditRows
{
    /// <summary>The versions of those of the records that wait to be matched, by id.</summary>
    Task<IReadOnlyDictionary<long, long>> WaitingAsync(IReadOnlyCollection<long> records);

    Task<KnownPersons> KnownAsync(IReadOnlyCollection<string> documents);

    Task StoreAsync(ResolvePersons persons);

    Task StoreAsync(IReadOnlyCollection<ResolvedRecord> records, DateTimeOffset at);

    /// <summary>
    /// How many different numbers the record's facility sent for whom it says the record is, and the registry denied.
    /// </summary>
    Task<int> CountDeniedNumbersAsync(VaccinationRecord record);

    /// <summary>The latest of the moments from which these claims may be answered; null: none was made.</summary>
    Task<DateTimeOffset?> AnswerFromAsync(IReadOnlyCollection<Claim> claims);

    /// <summary>They are told that something is wrong, and not what it may be.</summary>
    Task DropSuggestionsAsync(IReadOnlyCollection<long> records);

    /// <summary>Those with a corrected record; the others' kind is told in the record itself.</summary>
    Task KeepSuggestionsAsync(IReadOnlyCollection<MatchedRecord> results);

    /// <summary>Counts these records as exempt ones of the days on which they were entered.</summary>
    /// <returns>Those of them that are not held.</returns>
    Task<IReadOnlyList<ExemptRow>> EnterExemptAsync(IReadOnlyCollection<long> records);

    /// <param name="rows">All of the facility, and counted.</param>
    Task<ExemptClaims> ExemptClaimsAsync(string facility, IEnumerable<ExemptRow> rows, DateTimeOffset now);

    /// <summary>Held for the cap, unless they are held for something else.</summary>
    Task HoldExemptAsync(IReadOnlyCollection<long> records);

    /// <summary>Held for the cap no longer.</summary>
    Task LetGoExemptAsync(IReadOnlyCollection<long> records);

    /// <summary>
    /// Tells duplicates with <see cref="FindDuplicates"/>, voids what was signed over a dose that somebody called a
    /// repetition, and makes the persons due for a decision.
    /// </summary>
    Task RefreshAsync(IReadOnlyCollection<long> subjects);
}
