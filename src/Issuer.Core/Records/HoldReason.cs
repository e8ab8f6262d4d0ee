namespace Issuer.Core.Records;

/// <summary>
/// Why a record is under suspicion and nothing may be certified on it. Stored by number: only append.
/// </summary>
public enum HoldReason
{
    None = 0,

    /// <summary>The facility entered more doses of the lot than it received.</summary>
    LotOverrun = 1,

    /// <summary>The facility claimed more people exempt from matching than its cap.</summary>
    ExemptCap = 2,

    /// <summary>Put on hold by a person.</summary>
    Manual = 3,
}
