using System.Security.Cryptography;
using System.Text;
using Issuer.Core.Holds;
using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>What somebody at the counter shows: a document, and the day of the last dose that is certified.</summary>
/// <param name="Document">As <see cref="Identity.DocumentKey"/> writes it.</param>
public sealed record HandOutClaim(string Document, PartialDate DateOfBirth, DateOnly LastVaccinatedOn)
{
    /// <summary>What is kept of the document: enough to count tries for it.</summary>
    public byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes(Document));
}

/// <summary>What was tried before.</summary>
/// <param name="Wrong">For this document, by this facility, in the days of the budget.</param>
/// <param name="ByClerk">On this day, right and wrong.</param>
/// <param name="Allowed">A clerk and day, as the facility's province says now; null: it says nothing.</param>
public sealed record HandOutTries(long Wrong, long ByClerk, long? Allowed);

/// <summary>A code that a facility gave to its holder.</summary>
public sealed record HandedOut(string Facility, DateTimeOffset At);

/// <summary>Tries, as the decision reads and writes them.</summary>
public interface IHandOutTransaction : IAuditRows
{
    /// <summary>Of one facility after another, so that many at once do not all see few.</summary>
    Task<HandOutTries> TriesAsync(
        string facility, byte[] document, string clerk, DateTimeOffset since, DateTimeOffset today, DateTimeOffset now);

    /// <param name="clerk">However a token spells them (<see cref="Subjects.Folded"/>).</param>
    /// <param name="slot">Of the code that was given out; null: the facts did not belong together.</param>
    Task AddAsync(string facility, byte[] document, long? slot, string clerk, DateTimeOffset at);
}

/// <summary>
/// Step 10 at the counter of any facility: whoever has a document, a birth date and the day of the last certified dose
/// together gets the code. Anything wrong gets one answer, and is counted.
/// </summary>
public sealed class HandOut(ITransactions<IHandOutTransaction> store, HandOutBudget budget, TimeSpan utcOffset)
{
    /// <summary>The same whatever is wrong, so that nobody learns which.</summary>
    public static Rejection Nothing { get; } = new(
        RejectionKind.NotFound, "no certificate belongs to this number, this birth date and this day of the last dose "
            + "(không có chứng nhận nào khớp với số giấy tờ, ngày sinh và ngày tiêm mũi cuối này)");

    /// <param name="current">The document's current certificate, as its holder would get it; null: none.</param>
    public Task<Result<IssuedCertificate>> RunAsync(
        string facility, HandOutClaim claim, IssuedCertificate? current, Act act, CancellationToken cancel) =>
        store.DecideAsync<Result<IssuedCertificate>>(
            async rows =>
            {
                var document = claim.Digest();
                var midnight = new DateTimeOffset(act.At.ToOffset(utcOffset).Date, utcOffset);
                var tries = await rows.TriesAsync(
                    facility, document, Subjects.Folded(act.Actor), act.At.AddDays(-budget.Days), midnight,
                    act.At);
                if (Refuse(tries, budget) is { } tooOften)
                {
                    await rows.AuditAsync(act, "hand-out-refused too often");
                    return tooOften;
                }
                if (current is null || !Agrees(claim, current))
                {
                    await rows.AddAsync(facility, document, null, Subjects.Folded(act.Actor), act.At);
                    await rows.AuditAsync(act, "hand-out-refused");
                    return Nothing;
                }
                await rows.AddAsync(facility, document, current.Slot.Value, Subjects.Folded(act.Actor), act.At);
                await rows.AuditAsync(act, "certificate-handed-out", [current.Slot.Value]);
                return current;
            },
            cancel);

    /// <summary>Null: another try is allowed. It says nothing of whether this one would be right.</summary>
    public static Rejection? Refuse(HandOutTries tries, HandOutBudget budget) =>
        tries.Wrong >= budget.WrongTries ? new Rejection(
            RejectionKind.TooOften,
            $"this number was tried wrongly {budget.WrongTries} times here: after {budget.Days} days it can be tried "
                + "again")
        : tries.ByClerk >= MostOf(tries.Allowed, budget) ? new Rejection(
            RejectionKind.TooOften,
            "the limit for today is reached: go on tomorrow, let somebody else go on, or ask the province for more "
                + "(giới hạn trong ngày đã hết: hãy tiếp tục vào ngày mai, để người khác tiếp tục, hoặc đề nghị tỉnh cho "
                + "thêm)")
        : null;

    /// <summary>An allowance never takes away, and ends at what the policy lets a province say today.</summary>
    static long MostOf(long? allowed, HandOutBudget budget) =>
        Math.Max(budget.PerClerkAndDay, Math.Min(allowed ?? 0, budget.MostPerClerkAndDay));

    static bool Agrees(HandOutClaim claim, IssuedCertificate current)
    {
        var (dcc, entry) = current.Read();
        return dcc.DateOfBirth == claim.DateOfBirth.ToString() && entry.Date == claim.LastVaccinatedOn;
    }
}
