using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Server.Edge.Http;

namespace Issuer.Server.Edge.Rest.Certificates;

/// <summary>A certificate in its holder's list.</summary>
/// <param name="State"><c>current</c>, <c>superseded</c>, <c>revoked</c>, <c>suspended</c> or <c>expired</c>.</param>
/// <param name="Product">The vaccine's name for people.</param>
/// <param name="IsCurrent">The one to show.</param>
/// <param name="Lineage">The same for all that followed one another.</param>
/// <param name="Predecessor">The certificate whose place it took; null: it is the first of its lineage.</param>
/// <param name="Cause">Why it followed: <c>regenerated</c>, <c>new-dose</c>, <c>leaked</c> and others.</param>
/// <param name="Explanation">
/// For the holder who sees two codes, in Vietnamese and English; null: nothing to explain.
/// </param>
/// <param name="Dependant">
/// A child's: its place in the token's <c>dependants</c>, from 1; null: the holder's own.
/// </param>
sealed record CertificateView(
    string Id, string State, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, int DoseNumber, int SeriesDoses,
    string Product, bool IsCurrent, string Lineage, string? Predecessor, string? Cause, Bilingual? Explanation,
    int? Dependant)
{
    public static CertificateView Of(
        IssuedCertificate certificate, PathIds ids, DateTimeOffset now, int? dependant = null)
    {
        var certified = CertifiedView.Of(certificate);
        var state = certificate.StateAt(now);
        return new CertificateView(
            ids.Certificates.Of(certificate.Slot.Value), Kebab.Of(state.ToString()), certificate.IssuedAt,
            certificate.ExpiresAt, certified.DoseNumber, certified.SeriesDoses, certified.Product,
            state == CertificateState.Current, ids.Lineages.Of(certificate.LineageId),
            certificate.Predecessor is { } before ? ids.Certificates.Of(before.Value) : null,
            certificate.Cause is { } cause ? Kebab.Of(cause.ToString()) : null,
            SuccessionText.Of(state, certificate.Cause), dependant);
    }
}

/// <summary>All of a holder's certificates, newest first.</summary>
sealed record CertificateListView(IReadOnlyList<CertificateView> Certificates);

/// <summary>A certificate as its holder shows it.</summary>
/// <param name="Hc1">The text of the QR.</param>
/// <param name="Certified">What the QR says, from the signed bytes.</param>
/// <param name="Doses">
/// The person's doses as they are on record today, those that the QR does not name included: a later or corrected one
/// may differ from what was certified.
/// </param>
sealed record CertificateDetailView(
    string Id, string State, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string Uvci, string Hc1,
    string? Predecessor, string? Cause, Bilingual? Explanation, CertifiedView Certified,
    IReadOnlyList<DoseView> Doses);

/// <summary>What a certificate says, whatever has been put right since.</summary>
/// <param name="DateOfBirth"><c>yyyy-mm-dd</c>, <c>yyyy-mm</c>, <c>yyyy</c> or empty.</param>
/// <param name="Product">The vaccine's name for people.</param>
sealed record CertifiedView(
    string? FamilyName, string? GivenName, string DateOfBirth, DateOnly VaccinatedOn, string Product, int DoseNumber,
    int SeriesDoses)
{
    public static CertifiedView Of(IssuedCertificate certificate)
    {
        var (dcc, entry) = certificate.Read();
        return new CertifiedView(
            dcc.Name.FamilyName, dcc.Name.GivenName, dcc.DateOfBirth, entry.Date,
            ProductName.Of(entry.Product), entry.DoseNumber, entry.SeriesDoses);
    }
}

/// <summary>The current certificate of somebody who came to the facility that entered their dose.</summary>
sealed record WalkInView(string Id, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string Uvci, string Hc1);

/// <summary>A dose for people to read.</summary>
sealed record DoseView(DateOnly VaccinatedOn, string Product, string? Lot, int? DoseNumber, string Facility)
{
    public static DoseView Of(VaccinationRecord record) => new(
        record.VaccinatedOn, ProductName.Of(record.Product), record.Lot.Length == 0 ? null : record.Lot,
        record.DoseNumber, record.Facility);
}

static class ProductName
{
    public static string Of(string code) => ValueSets.FindProduct(code)?.Display ?? code;
}
