using Issuer.Core.Certificates;

namespace Issuer.Core.Feedback;

/// <summary>
/// What the hotline desk may ask: whether a record like this is there, and why it has brought no certificate. Counted
/// against the day's limit and audited either way.
/// </summary>
public sealed class LookUpRecords(
    IReportStore store, IPersonsOnRecord persons, FeedbackPolicy policy, TimeSpan utcOffset)
{
    public async Task<Result<LookUpAnswer>> LookUpAsync(DeskLookUp wanted, Act act, CancellationToken cancel)
    {
        var person = await FindAsync(wanted, cancel);
        return await store.DecideAsync<Result<LookUpAnswer>>(
            async rows =>
            {
                var used = await rows.CountUseAsync(
                    $"look-up {Subjects.Folded(act.Actor)}", DailyLimit.DayOf(act.At, utcOffset));
                if (DailyLimit.Refuse(used, policy.DeskLookUpsPerDay) is { } tooMany)
                {
                    await rows.AuditAsync(act, "desk-looked-up too often");
                    return tooMany;
                }
                var waiting = (wanted.Entered is { } entered
                        ? await rows.WaitingWithoutNumberAsync(entered, wanted.DateOfBirth)
                        : await rows.WaitingUnderAsync(wanted.Number, wanted.DateOfBirth))
                    .Where(c => RouteReport.IsSameName(c.FullName, wanted.FullName)).Select(c => c.Id).ToList();
                IReadOnlyList<long> found = [.. waiting, .. person?.Doses.Select(dose => dose.Stored.Id) ?? []];
                if (found.Count == 0)
                {
                    await rows.AuditAsync(act, "desk-looked-up nothing");
                }
                await rows.AuditAsync(act, "desk-looked-up", found);
                return new LookUpAnswer(waiting, person);
            },
            cancel);
    }

    /// <summary>The person of this number, when a dose of theirs was entered under this name and birth date.</summary>
    async Task<PersonOnRecord?> FindAsync(DeskLookUp wanted, CancellationToken cancel)
    {
        var person = wanted.Entered is null
            ? await persons.FindAsync(wanted.Document, cancel)
            : null;
        return person?.Doses.Any(dose => dose.Record.DateOfBirth == wanted.DateOfBirth
            && RouteReport.IsSameName(dose.Record.FullName, wanted.FullName)) == true
            ? person
            : null;
    }
}
