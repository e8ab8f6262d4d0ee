using System.Globalization;
using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>One dose of a person, as step 5 sees it: matched, and no duplicate of another.</summary>
/// <param name="Product">EU code.</param>
/// <param name="Number">As the clerk typed it; null when not given.</param>
/// <param name="Kind">Null: told by policy.</param>
/// <param name="IsAttested">Its facility's signature stands, for this dose and all it relied on.</param>
/// <param name="IsHeld">Under suspicion.</param>
public sealed record Dose(
    long RecordId, string Facility, string Product, int? Number, DoseKind? Kind, DateOnly VaccinatedOn, bool IsAttested,
    bool IsHeld)
{
    /// <summary>A signed statement over a later dose names it.</summary>
    public bool IsReliedOn { get; init; }

    /// <summary>The person, as the record has it; null: not known.</summary>
    public PartialDate? Born { get; init; }

    /// <summary>Its facility said that it was given as entered, however unlikely that is.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Whoever gave it saw a complete course before it.</summary>
    public bool AddsToCompleteCourse => Kind is DoseKind.Additional or DoseKind.Booster;
}

/// <summary>What a person is entitled to have certified: the last dose, and its place in the course.</summary>
/// <param name="LastDose">Its product and date go into the certificate.</param>
public sealed record Entitlement(Dose LastDose, LicensedProduct Product, int DoseNumber, int SeriesDoses);

/// <summary>Why there is no certificate: a closed list.</summary>
public enum DecisionReason
{
    NoDose,

    /// <summary>A dose is under suspicion and left out until that is cleared; the others are not enough.</summary>
    Held,

    /// <summary>The facility that must sign has not, or its signature no longer stands.</summary>
    NotAttested,

    /// <summary>The primary course is not complete.</summary>
    IncompleteCourse,

    /// <summary>
    /// An earlier dose is not there or not matched, and the last one may not speak for it: the policy wants every dose,
    /// more than one is missing, or a booster stands alone. Its clerk is asked.
    /// </summary>
    MissingDose,

    /// <summary>
    /// Two different products on one day, or dose numbers that do not rise with the dates, both signed for. The clerks
    /// are asked.
    /// </summary>
    ConflictingDoses,

    /// <summary>A product the policy in force does not certify.</summary>
    ProductNotCertified,

    /// <summary>What would be signed breaks the format: a fault of the service, looked into by its operator.</summary>
    LintFailed,

    /// <summary>
    /// The same content was revoked for cause; only undoing that, or new content, brings a certificate.
    /// </summary>
    Revoked,

    /// <summary>
    /// Two doses of one product are closer than it is ever given: they count once until the clerk has said whether they
    /// are one.
    /// </summary>
    CloseDoses,

    /// <summary>So soon after the dose before it is not given.</summary>
    TooSoon,

    /// <summary>The product is not given to people of this age.</summary>
    TooYoung,

    /// <summary>On that day the product was not given to people of this age yet.</summary>
    BeforeLicence,

    /// <summary>Nobody gets so many in such a time.</summary>
    TooManyDoses,
}

/// <summary>A reason with the dose it speaks of: the number of the missing dose, or null.</summary>
public sealed record Refusal(DecisionReason Reason, int? DoseNumber = null)
{
    /// <summary>Of <see cref="ToString"/>.</summary>
    public static Refusal Parse(string text)
    {
        var parts = text.Split(' ');
        return new Refusal(
            Enum.GetValues<DecisionReason>().Single(reason => Kebab.Of(reason.ToString()) == parts[0]),
            parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : null);
    }

    public override string ToString() =>
        Kebab.Of(Reason.ToString()) + (DoseNumber is { } number ? $" {number}" : "");
}

/// <summary>An entitlement, or every reason why not.</summary>
public sealed record Decision(Entitlement? Entitlement, IReadOnlyList<Refusal> Refusals)
{
    /// <summary>What somebody must look at, whether there is an entitlement or not.</summary>
    public IReadOnlyList<CourseQuestion> Questions { get; init; } = [];

    /// <summary>
    /// A dose that is signed for waits, for a suspicion to be cleared or a question to be answered: what was certified
    /// with it stands meanwhile.
    /// </summary>
    public bool LeavesOut { get; init; }

    public static Decision Refused(params IEnumerable<Refusal> refusals) => new(null, [.. refusals]);
}
