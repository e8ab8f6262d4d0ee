namespace Issuer.Core.Holds;

/// <summary>What looked unlike honest work. Stored by name; a member that is gone is no member any more.</summary>
public enum HoldCause
{
    /// <summary>More doses than the past, the kind, the staff and the hours let expect.</summary>
    Volume,

    /// <summary>Boosters of people without an earlier dose on record.</summary>
    Boosters,

    /// <summary>People whom no registry can confirm.</summary>
    Exempt,

    /// <summary>Entered long after they were given.</summary>
    Late,

    /// <summary>People born in other provinces.</summary>
    Far,

    /// <summary>Entered or signed at night.</summary>
    Night,

    /// <summary>One clerk and one signatory for nearly everything.</summary>
    Together,
}

/// <summary>How the causes are spelled, weighed and explained.</summary>
public static class HoldCauses
{
    /// <summary>These weigh more: two of them make a hold, or one with two of the others.</summary>
    public static bool IsHeavy(this HoldCause cause) =>
        cause is HoldCause.Volume or HoldCause.Boosters or HoldCause.Exempt;

    /// <summary>No cause holds alone.</summary>
    public static bool MakeHold(IReadOnlyCollection<HoldCause> causes) =>
        causes.Count(IsHeavy) is var heavy && (heavy >= 2 || (heavy == 1 && causes.Count >= 3));

    public static string ToWire(this HoldCause cause) => Kebab.Of(cause.ToString());

    public static string ToText(IEnumerable<HoldCause> causes) => string.Join(' ', causes.Order().Select(ToWire));

    public static IReadOnlyList<HoldCause> Parse(string text) => [.. text.Split(' ')
        .SelectMany(name => Enum.GetValues<HoldCause>().Where(cause => cause.ToWire() == name))];

    /// <summary>For whoever looks at it; it accuses nobody.</summary>
    public static Bilingual TextOf(HoldCause cause) => cause switch
    {
        HoldCause.Volume => new(
            "nhiều mũi hơn so với trước đây hoặc so với quy mô cơ sở",
            "more doses than before, or than the facility's size lets expect"),
        HoldCause.Boosters => new(
            "nhiều mũi nhắc lại của người chưa có mũi nào trước đó",
            "many boosters of people without an earlier dose on record"),
        HoldCause.Exempt => new(
            "nhiều người không phải đối chiếu với dữ liệu dân cư",
            "many people whom the population registry does not confirm"),
        HoldCause.Late => new(
            "nhiều mũi được nhập rất lâu sau khi tiêm", "many doses entered long after they were given"),
        HoldCause.Far => new("nhiều người sinh ở tỉnh khác", "many people born in other provinces"),
        HoldCause.Night => new("nhiều mũi được nhập hoặc ký ban đêm", "many doses entered or signed at night"),
        HoldCause.Together => new(
            "hầu như chỉ một người nhập và một người ký", "one clerk and one signatory for nearly everything"),
    };
}
