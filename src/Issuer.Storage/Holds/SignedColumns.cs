using Issuer.Core.Facilities;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Holds;

/// <summary>A signed dose with what it is judged by; the first version tells who entered it.</summary>
sealed record SignedColumns(
    long Id, string Facility, string EnteredBy, long EnteredAt, string? FirstBy, long? FirstAt, string VaccinatedOn,
    string Product, string IdentityNumber, long State, long? DoseNumber, long? DoseKind)
{
    /// <summary>The lowest number that only a further dose has, whatever its kind was called.</summary>
    const int FirstFurtherDose = 3;

    const string Columns =
        """
        r.id, r.facility, r.entered_by, r.entered_at, f.entered_by as first_by, f.entered_at as first_at,
            r.vaccinated_on, r.product, r.identity_number, r.state, r.dose_number, r.dose_kind
        """;

    const string From = "from record r left join record_version f on f.record_id = r.id and f.version = 1";

    public const string Select = $"select {Columns} {From}";

    /// <summary>With the signatures under what is signed, as a.</summary>
    public const string SelectSigned =
        $"""
        select {Columns}, a.signed_by, a.signed_at
        {From} join attestation a on a.record_id = r.id and a.record_version = r.version
        """;

    /// <summary>Which of them follow another dose of their person.</summary>
    public static readonly string WithEarlier =
        $"""
        select r.id from record r where exists (select 1 from record e
            where e.subject_id = r.subject_id and {CountsAsDose("e")}
              and (e.vaccinated_on, e.id) < (r.vaccinated_on, r.id))
        """;

    public SignedDose ToDose(bool hasEarlier) => new(
        Id, Facility, FirstBy ?? EnteredBy, DateTimeOffset.FromUnixTimeSeconds(FirstAt ?? EnteredAt),
        RecordColumns.DayOf(VaccinatedOn), Product, IdentityNumber, (RecordState)State == RecordState.Exempt,
        (DoseKind?)DoseKind is not (null or Core.Records.DoseKind.Primary) || DoseNumber >= FirstFurtherDose,
        hasEarlier);
}
