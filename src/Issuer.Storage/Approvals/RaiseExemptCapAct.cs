using System.Globalization;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Records;
using Issuer.Storage.Identity;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

/// <summary>
/// The set: the cap that was raised before, and the records held for it, no more of them than the new cap lets through.
/// What is held after the request was made is not of the set and waits for the next one.
/// </summary>
sealed class RaiseExemptCapAct : ApprovalAct<RaiseExemptCap>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        WriteSession session, RaiseExemptCap command, MaterialisedSet? asked, DateTimeOffset now)
    {
        var facility = command.Facility;
        if ((await session.QueryAsync<long>("select count(*) from facility where code = @facility", new { facility }))
            .Single() == 0)
        {
            return new Rejection(RejectionKind.NotFound, "this facility is not known");
        }
        if (command.Cap <= await ExemptCaps.OfAsync(session, facility, now))
        {
            return new Rejection(RejectionKind.Conflict, "the cap is already as high");
        }
        var raised = await session.QueryAsync<long>(
            "select cap from exempt_cap where facility = @facility", new { facility });
        var records = asked is null ? await WaitingAsync(session, command) : RecordsOf(asked);
        var held = await HeldRecords.FindAsync(session, records);
        return new MaterialisedSet(
            [$"cap {(raised.Count == 0 ? "of policy" : raised[0])}", .. held.Select(h => h.Line)]);
    }

    protected override async Task ExecuteAsync(
        WriteSession session, RaiseExemptCap command, Approval approval, Act act)
    {
        await session.ExecuteAsync(
            """
            insert into exempt_cap (facility, cap) values (@Facility, @Cap)
            on conflict (facility) do update set cap = excluded.cap
            """,
            new { command.Facility, command.Cap });
        await HeldRecords.ReleaseAsync(session, RecordsOf(approval.Set), act);
        await AuditRows.AddAsync(session, act, [$"exempt-cap-raised {command.Facility} {command.Cap}"]);
    }

    static async Task<IEnumerable<long>> WaitingAsync(WriteSession session, RaiseExemptCap command)
    {
        var exempt = await session.QueryAsync<(long Id, long Held)>(
            $"""
            select id, held from record where facility = @Facility and {IsIn("record", RecordState.Exempt)}
            order by id
            """,
            new { command.Facility });
        var waiting = exempt.Where(r => r.Held == (long)HoldReason.ExemptCap).Select(r => r.Id).ToList();
        return waiting.Take((int)Math.Clamp(command.Cap - (exempt.Count - waiting.Count), 0, waiting.Count));
    }

    static List<long> RecordsOf(MaterialisedSet set) =>
        [.. set.Lines.Skip(1).Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))];
}
