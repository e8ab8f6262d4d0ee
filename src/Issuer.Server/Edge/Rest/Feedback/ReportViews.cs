using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Certificates;

namespace Issuer.Server.Edge.Rest.Feedback;

/// <summary>Why a report was refused, or may be.</summary>
sealed record RefusalReasonView(string Code, string MessageVi, string MessageEn)
{
    public static RefusalReasonView Of(RefusalReason reason) => new(reason.Code, reason.Vietnamese, reason.English);
}

/// <summary>The thirteen of CV 9458/BYT-CNTT.</summary>
sealed record RefusalReasonListView(IReadOnlyList<RefusalReasonView> Reasons);

/// <summary>Where a report stands, for whoever filed it: never what the facility has or has not.</summary>
/// <param name="Facility">As it was named, whoever answers.</param>
/// <param name="State">
/// <c>open</c>, <c>escalated</c> (late: the province may answer now), <c>accepted</c> or <c>refused</c>.
/// </param>
/// <param name="DueAt">From then on it is late.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="CertificateIssuedAt">When a new certificate followed.</param>
sealed record FiledReportView(
    string Id, string Kind, string Facility, DateOnly? VaccinatedOn, DateTimeOffset FiledAt, DateTimeOffset DueAt,
    string State, DateTimeOffset? AnsweredAt, RefusalReasonView? Refusal, string? Note,
    DateTimeOffset? CertificateIssuedAt)
{
    public static FiledReportView Of(Report report, PathIds ids, DateTimeOffset now) => new(
        ids.Reports.Of(report.Id), Kebab.Of(report.Claim.Kind.ToString()), report.Claim.Facility,
        report.Claim.VaccinatedOn, report.FiledAt, report.DueAt, Kebab.Of(report.StateAt(now).ToString()),
        report.AnsweredAt,
        report.Answer?.Reason is { } code && RefusalReasons.Find(code) is { } reason
            ? RefusalReasonView.Of(reason)
            : null,
        report.Answer?.Note is { Length: > 0 } note ? note : null, report.CertifiedAt);
}

/// <summary>A filer's reports, oldest first.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record FiledReportListView(IReadOnlyList<FiledReportView> Reports, string? Next);

/// <summary>A report as whoever answers it reads it.</summary>
/// <param name="Version">For <c>If-Match</c>.</param>
/// <param name="Facility">Who answers.</param>
/// <param name="NamedFacility">Who gave the dose, as the citizen says.</param>
/// <param name="RecordId">The facility's record that it is about, where one could be told.</param>
/// <param name="IdentityNumber">The person's own.</param>
/// <param name="FullName">As it should be.</param>
/// <param name="Reason">Why it was refused.</param>
sealed record ReportView(
    string Id, long Version, string Kind, string State, DateTimeOffset FiledAt, DateTimeOffset DueAt, string Facility,
    string NamedFacility, string? RecordId, string IdentityNumber, string FullName, string DateOfBirth,
    DateOnly? VaccinatedOn, string? Product, string? Lot, string? Evidence, string? Text, DateTimeOffset? AnsweredAt,
    string? Reason, string? Note)
{
    public static ReportView Of(Report report, PathIds ids, DateTimeOffset now)
    {
        var claim = report.Claim;
        return new ReportView(
            ids.Reports.Of(report.Id), report.Version, Kebab.Of(claim.Kind.ToString()),
            Kebab.Of(report.StateAt(now).ToString()), report.FiledAt, report.DueAt, report.Facility, claim.Facility,
            (report.Answer?.RecordId ?? report.RecordId) is { } record ? ids.Records.Of(record) : null,
            DocumentKey.NumberOf(report.Document), claim.FullName, claim.DateOfBirth.ToString(), claim.VaccinatedOn,
            Given(claim.Product), Given(claim.Lot), Given(claim.Evidence), Given(claim.Words), report.AnsweredAt,
            report.Answer?.Reason, Given(report.Answer?.Note));
    }

    static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>A piece of the reports that wait for an answer or had one, oldest first.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record ReportListView(IReadOnlyList<ReportView> Reports, string? Next);

/// <summary>What the desk is told.</summary>
/// <param name="Found">A record agrees in all of it.</param>
/// <param name="Waiting">
/// Why there is no certificate, or less than the person thinks; empty: nothing is missing.
/// </param>
sealed record LookUpView(bool Found, IReadOnlyList<WaitingView> Waiting);
