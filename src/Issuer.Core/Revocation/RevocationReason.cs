using System.Diagnostics.CodeAnalysis;

namespace Issuer.Core.Revocation;

/// <summary>Why a certificate is declared invalid: the closed list. Stored by number: only append.</summary>
public enum RevocationReason
{
    Fraud = 1,
    IssuedInError = 2,
    WrongData = 3,
    RecordWithdrawn = 4,
    Duplicate = 5,

    /// <summary>A picture of it is in other hands; its holder is honest and gets another.</summary>
    Leaked = 6,
    HolderRequest = 7,
    Deceased = 8,

    /// <summary>With a note that says what.</summary>
    Other = 9,
}

/// <summary>How the reasons are spelled outside, and what they mean.</summary>
public static class RevocationReasons
{
    static readonly Dictionary<string, RevocationReason> ByWire =
        Enum.GetValues<RevocationReason>().ToDictionary(ToWire);

    public static IReadOnlyCollection<string> All => ByWire.Keys;

    /// <summary>What a reason means, a row each: one without its row does not compile.</summary>
    public static ReasonRule Rule(this RevocationReason reason) => reason switch
    {
        RevocationReason.Fraud => new(new("gian lận", "fraud"))
        {
            IsUrgent = true,
        },
        RevocationReason.IssuedInError => new(new("cấp nhầm", "issued in error")),
        RevocationReason.WrongData => new(new("thông tin sai", "wrong data"))
        {
            RecordGrace = RevocationRule.Grace,
        },
        RevocationReason.RecordWithdrawn => new(new("bản ghi mũi tiêm đã bị thu hồi", "a dose's record was withdrawn"))
        {
            MayBeCertifiedAgain = true,
        },
        RevocationReason.Duplicate => new(new("trùng lặp", "a duplicate"))
        {
            RecordGrace = RevocationRule.Grace,
        },
        RevocationReason.Leaked => new(new("mã đã bị lộ", "its code had leaked"))
        {
            ReachesLineage = false, RecordGrace = null, MayBeCertifiedAgain = true, TakesOnePerson = true,
            IsUrgent = true,
        },
        RevocationReason.HolderRequest => new(new("theo yêu cầu của người được cấp", "its holder asked for it"))
        {
            RecordGrace = null, TakesOnePerson = true,
        },
        RevocationReason.Deceased => new(new("người được cấp đã mất", "its holder has died"))
        {
            RecordGrace = null,
        },
        RevocationReason.Other => new(new("lý do khác", "another reason"))
        {
            NeedsNote = true,
        },
    };

    public static string ToWire(this RevocationReason reason) => Kebab.Of(reason.ToString());

    public static bool TryRead([NotNullWhen(true)] string? wire, out RevocationReason reason)
    {
        reason = default;
        return wire is not null && ByWire.TryGetValue(wire, out reason);
    }
}
