namespace Issuer.Core.Records;

/// <summary>
/// Why a record is under suspicion and nothing may be certified on it. Stored by number: only append.
/// </summary>
public enum HoldReason
{
    None = 0,

    /// <summary>More doses of the product than were received where its doses come from.</summary>
    StockOverrun = 1,

    /// <summary>The facility claimed more people exempt from matching than its cap.</summary>
    ExemptCap = 2,

    /// <summary>Put on hold by a person.</summary>
    Manual = 3,

    /// <summary>It belongs to work that looked unlike honest work; two people look at all of that.</summary>
    Suspicion = 4,
}
