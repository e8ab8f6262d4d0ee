namespace Issuer.Core.Holds;

/// <summary>Single acts of one Vietnam day, this one among them.</summary>
/// <param name="AtFacility">Null: no facility is behind it.</param>
public sealed record SingleActUse(long ByPerson, long? AtFacility);

/// <summary>
/// Acts that take something away one by one while the same for many takes two people: withdrawals, revocations by one
/// person, corrections of what a certificate relies on. So that nobody does by hand, or by a script, what another
/// person should have looked at. Spellings of one subject count as one person.
/// </summary>
public sealed class SingleActs(SingleActBudget budget, TimeSpan utcOffset)
{
    /// <summary>
    /// Counts this act, in the transaction of it. Everybody passes the same rows, so a hundred at once see one count.
    /// </summary>
    /// <param name="facility">The one the caller acts for; null: the ministry's.</param>
    /// <returns>Null: it may be done.</returns>
    public async Task<Rejection?> SpendAsync(IDailyUse rows, string? facility, Act act)
    {
        var day = DailyLimit.DayOf(act.At, utcOffset);
        // The person first: whoever is over their own budget takes none of the facility's.
        var byPerson = await rows.CountUseAsync($"single-act {Subjects.Folded(act.Actor)}", day);
        return Refuse(new SingleActUse(byPerson, AtFacility: null), budget) is { } person
            ? person
            : facility is null
                ? null
                : Refuse(
                    new SingleActUse(byPerson, await rows.CountUseAsync($"single-act-at {facility}", day)), budget);
    }

    /// <summary>Null: it may be done.</summary>
    public static Rejection? Refuse(SingleActUse use, SingleActBudget budget) =>
        use.ByPerson > budget.PerPersonAndDay ? TooOften(
            $"một người chỉ được thu hồi hoặc sửa {budget.PerPersonAndDay} lần mỗi ngày",
            $"one person may withdraw, revoke or correct what is certified {budget.PerPersonAndDay} times a day")
        : use.AtFacility > budget.PerFacilityAndDay ? TooOften(
            $"một cơ sở chỉ được thu hồi hoặc sửa {budget.PerFacilityAndDay} lần mỗi ngày",
            $"one facility may withdraw, revoke or correct what is certified {budget.PerFacilityAndDay} times a day")
        : null;

    static Rejection TooOften(string vietnamese, string english) => new(
        RejectionKind.TooOften,
        $"{english}: list the rest, and the facility's signatory asks the province for the set as one request "
            + $"(POST /v1/revocations), or go on tomorrow ({vietnamese}: hãy lập danh sách phần còn lại để người ký "
            + "của cơ sở đề nghị tỉnh trong một yêu cầu, hoặc tiếp tục vào ngày mai)");
}
