using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>A dose that something is asked about.</summary>
/// <param name="EnteredBy">Who entered any version of it.</param>
/// <param name="Reason">What is asked about it; null: nothing.</param>
/// <param name="IsConfirmed">In this version.</param>
public sealed record DoseToConfirm(
    long Version, IReadOnlyCollection<string> EnteredBy, DecisionReason? Reason, bool IsConfirmed);

/// <summary>Confirmations, as the decision reads and writes them.</summary>
public interface IConfirmationTransaction : IAuditRows
{
    /// <summary>Null: there is no dose of this id in the scope.</summary>
    Task<DoseToConfirm?> FindAsync(RecordScope scope, long record);

    /// <summary>Stands for this version; the person is decided again.</summary>
    Task ConfirmAsync(long record, long version, Act act);
}

/// <summary>
/// An unlikely dose was given as it was entered: somebody who did not enter it says so by name. A contradiction between
/// records cannot be confirmed away: one of them is corrected or withdrawn.
/// </summary>
public sealed class ConfirmDose(ITransactions<IConfirmationTransaction> store)
{
    /// <summary>Null: it counts from now on. Asked twice it changes nothing.</summary>
    public Task<Rejection?> RunAsync(
        RecordScope scope, long record, long version, Act act, CancellationToken cancel) =>
        store.DecideAsync<Rejection?>(
            async rows =>
            {
                var dose = await rows.FindAsync(scope, record);
                if (Refuse(dose, version, act.Actor) is { } refused)
                {
                    return refused;
                }
                if (dose!.IsConfirmed)
                {
                    return null;
                }
                await rows.ConfirmAsync(record, version, act);
                await rows.AuditAsync(act, $"dose-confirmed {Kebab.Of(dose.Reason.ToString()!)}", record);
                return null;
            },
            cancel);

    /// <summary>Which questions end with a confirmation.</summary>
    public static bool Answers(DecisionReason reason) => reason is DecisionReason.TooSoon or DecisionReason.TooYoung
        or DecisionReason.BeforeLicence or DecisionReason.TooManyDoses;

    static Rejection? Refuse(DoseToConfirm? dose, long version, string actor) =>
        dose is null ? new Rejection(RejectionKind.NotFound, "this record is not known")
        : dose.Version != version ? new Rejection(
            RejectionKind.Conflict, "the record was corrected meanwhile",
            [new Fault("version", FaultCode.WrongVersion)])
        : !dose.IsConfirmed && !(dose.Reason is { } reason && Answers(reason)) ? new Rejection(
            RejectionKind.Conflict, "nothing is asked about this dose that a confirmation answers")
        : dose.EnteredBy.Any(who => Subjects.AreOne(who, actor)) ? new Rejection(
            RejectionKind.Forbidden, "the person who entered a record cannot confirm it")
        : null;
}
