using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>
/// Why somebody has no certificate, or less than they think: the same reasons for the citizen, the clerk and the desk.
/// Never what a registry says. Pure.
/// </summary>
/// <param name="utcOffset">Vietnam's.</param>
public sealed class WhyNot(WorkCalendar calendar, TimeSpan utcOffset, DateTimeOffset now)
{
    /// <summary>Of somebody who is known.</summary>
    /// <param name="certificates">Newest first.</param>
    public IReadOnlyList<Waiting> Of(PersonOnRecord person, IReadOnlyList<IssuedCertificate> certificates)
    {
        var waiting = new List<Waiting>();
        if (!person.IsDecided)
        {
            waiting.Add(new Waiting("being-decided", WaitingTexts.BeingDecided, NextStep.Service, null));
        }
        waiting.AddRange(person.Doses.Where(dose => dose.IsHeld).Select(OfHeld));
        waiting.AddRange(person.Doses.Where(dose => !dose.IsHeld && !dose.IsSignedFor).Select(dose => OfFacility(
            "not-attested", WaitingTexts.NotAttested(dose.Record), dose)));
        waiting.AddRange(person.Questions.Where(question => !question.IsWarning).Select(Of));
        var said = waiting.Select(one => one.Code).ToHashSet();
        waiting.AddRange(person.Refusals.Where(refusal => said.Add(CodeOf(refusal.Reason))).Select(Of));
        waiting.AddRange(OfCertificates(certificates));
        return waiting;
    }

    /// <summary>
    /// Of a record, to the facility that entered it. What it did not sign for tells of itself alone: a relation that
    /// the caller made grants nothing.
    /// </summary>
    /// <param name="person">Whose it is; null: nobody's yet.</param>
    public IReadOnlyList<Waiting> Of(DoseOnRecord record, PersonOnRecord? person)
    {
        if (person is null)
        {
            return [Of(record)];
        }
        var own = person with
        {
            Doses = [.. person.Doses.Where(dose => dose.Record.Facility == record.Record.Facility)],
        };
        return Of(
            record.IsSignedFor
                ? own
                : own with
                {
                    Doses = [.. own.Doses.Where(dose => dose.Stored.Id == record.Stored.Id)],
                    Refusals = [],
                    Questions = [.. own.Questions.Where(question => question.Raised.RecordId == record.Stored.Id)],
                },
            []);
    }

    /// <summary>Of a record that does not match, to somebody who may see it.</summary>
    public Waiting Of(DoseOnRecord record) => (record.AnswerFrom, ErrorGroups.Of(record.State)) switch
    {
        ({ } from, _) => new Waiting(
            "answered-later", WaitingTexts.AnsweredLater(record.Record, from.ToOffset(utcOffset)), NextStep.Service,
            from),
        (_, null) => new Waiting("pending", WaitingTexts.Pending(record.Record), NextStep.Service, null),
        _ => OfFacility(
            Kebab.Of(record.State.ToString()), WaitingTexts.Unmatched(record.State, record.Record), record),
    };

    /// <summary>Of a record that was typed under a citizen's own number: facility and day only.</summary>
    public Waiting OfTyped(DoseOnRecord record) =>
        OfFacility("unmatched-record", WaitingTexts.Typed(record.Record), record);

    /// <summary>Of somebody whom a token lists as a child and who is none any more.</summary>
    public static Waiting OfAge { get; } = new("of-age", WaitingTexts.OfAge, NextStep.Holder, null);

    public static Waiting NothingKnown { get; } =
        new("nothing-known", WaitingTexts.NothingKnown, NextStep.Holder, null);

    /// <summary>What stands against the newest certificates, when none can be shown.</summary>
    IEnumerable<Waiting> OfCertificates(IReadOnlyList<IssuedCertificate> certificates)
    {
        if (certificates.Any(c => c.StateAt(now) is CertificateState.Current or CertificateState.Superseded))
        {
            yield break;
        }
        if (certificates is not [var newest, ..] || DecideDelivery.Explain(newest, now) is not { } why)
        {
            yield break;
        }
        yield return newest.StateAt(now) == CertificateState.Suspended
            ? new Waiting("suspended", why, NextStep.Ministry, newest.Revocation?.SuspendedUntil)
            : new Waiting("certificate-revoked", why, NextStep.Facility, null);
    }

    /// <summary>
    /// A stock that is not booked is the facility's to ask about, and then its province's; doses held together are the
    /// province's to look at.
    /// </summary>
    Waiting OfHeld(DoseOnRecord dose) => dose switch
    {
        { Held: HoldReason.StockOverrun } => OfFacility("held", WaitingTexts.Held(dose.Held, dose.Record), dose),
        { ReviewDueAt: { } due } when HoldRule.ReviewerOf(dose.Province, due, now) == HoldReviewer.Province =>
            new Waiting("held", WaitingTexts.Held(dose.Held, dose.Record), NextStep.Province, due),
        _ => new Waiting("held", WaitingTexts.Held(dose.Held, dose.Record), NextStep.Ministry, null),
    };

    Waiting Of(OpenQuestion question) => OfFacility(
        CodeOf(question.Reason), WaitingTexts.Of(question.Reason, question.Missing), question.AskedAt,
        question.Raised.Province);

    static Waiting Of(Refusal refusal) => new(
        CodeOf(refusal.Reason), WaitingTexts.Of(refusal.Reason, refusal.DoseNumber), refusal.Reason switch
        {
            DecisionReason.IncompleteCourse => NextStep.Holder,
            DecisionReason.Held or DecisionReason.LintFailed or DecisionReason.ProductNotCertified
                or DecisionReason.Revoked => NextStep.Ministry,
            _ => NextStep.Facility,
        },
        null);

    Waiting OfFacility(string code, Bilingual text, DoseOnRecord record) =>
        OfFacility(code, text, record.EnteredAt, record.Province);

    /// <summary>A facility's to settle, as a question is.</summary>
    Waiting OfFacility(string code, Bilingual text, DateTimeOffset from, string? province)
    {
        var due = CourseQuestionRule.DueAt(from, calendar, utcOffset);
        var who = CourseQuestionRule.OwnerOf(province, due, now) switch
        {
            QuestionOwner.Facility => NextStep.Facility,
            QuestionOwner.Province => NextStep.Province,
            QuestionOwner.Ministry => NextStep.Ministry,
        };
        return new Waiting(code, text, who, due);
    }

    static string CodeOf(DecisionReason reason) => Kebab.Of(reason.ToString());
}
