using System.Text.Json.Nodes;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Facilities;
using Issuer.Core.Feedback;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Policies;
using Issuer.Core.Progress;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Edge.Rest.Certificates;
using Issuer.Server.Edge.Rest.Facilities;
using Issuer.Server.Edge.Rest.Feedback;
using Issuer.Server.Edge.Rest.Health;
using Issuer.Server.Edge.Rest.Holds;
using Issuer.Server.Edge.Rest.Identity;
using Issuer.Server.Edge.Rest.Policies;
using Issuer.Server.Edge.Rest.Records;
using Issuer.Server.Edge.Rest.Revocation;
using Issuer.Server.Edge.Rest.Verification;
using Issuer.Verification.Revocation;
using Microsoft.AspNetCore.WebUtilities;

namespace Issuer.Server.Edge.Rest.Description;

/// <summary>
/// Members whose values are one of a closed list, by the type and the C# name of the member: the words come from where
/// they are decided. What people may write in several ways is no such list.
/// </summary>
static class ClosedLists
{
    /// <summary>What the framework refuses with, beside our own kinds.</summary>
    static readonly int[] FrameworkStatuses = [405, 412, 415, 431, 500];

    static readonly IReadOnlyList<string> States = [.. Enum.GetValues<RecordState>().Select(s => s.ToWire())];

    static readonly IReadOnlyList<string> Withdrawals =
    [
        .. Enum.GetValues<RevocationReason>().Where(reason => reason.Rule().RecordGrace is not null)
            .Select(reason => reason.ToWire()),
    ];

    static readonly Dictionary<(Type, string), IReadOnlyList<string>> Members = new()
    {
        [(typeof(SubmittedView), nameof(SubmittedView.Outcome))] = Words(SubmitOutcome.Refused),
        [(typeof(SubmittedView), nameof(SubmittedView.State))] = States,
        [(typeof(SubmittedItemView), nameof(SubmittedItemView.Outcome))] = Words<SubmitOutcome>(),
        [(typeof(RecordView), nameof(RecordView.State))] = States,
        [(typeof(RecordView), nameof(RecordView.Held))] = Words(HoldReason.None),
        [(typeof(WorklistItemView), nameof(WorklistItemView.State))] = States,
        [(typeof(WorklistItemView), nameof(WorklistItemView.ErrorGroup))] =
            [.. Enum.GetValues<ErrorGroup>().Select(group => group.ToWire()), WorklistItemView.Course],
        [(typeof(CourseQuestionView), nameof(CourseQuestionView.Owner))] = Words<QuestionOwner>(),
        [(typeof(ImportView), nameof(ImportView.State))] = Words<ImportState>(),
        [(typeof(AttestedItemView), nameof(AttestedItemView.Fault))] = Words<AttestationFault>(),
        [(typeof(JwkBody), nameof(JwkBody.Kty))] = ["EC"],
        [(typeof(JwkBody), nameof(JwkBody.Crv))] = ["P-256"],
        [(typeof(ApprovalView), nameof(ApprovalView.State))] = Words<ApprovalState>(),
        [(typeof(BulkBody), nameof(BulkBody.Reason))] = [.. RevocationReasons.All],
        [(typeof(BulkActView), nameof(BulkActView.Reason))] = [.. RevocationReasons.All],
        [(typeof(RevokeBody), nameof(RevokeBody.Reason))] = [.. RevocationReasons.All],
        [(typeof(WithdrawBody), nameof(WithdrawBody.Reason))] = Withdrawals,
        [(typeof(CertificateView), nameof(CertificateView.State))] = Words<CertificateState>(),
        [(typeof(CertificateView), nameof(CertificateView.Cause))] = Words<SuccessionCause>(),
        [(typeof(CertificateDetailView), nameof(CertificateDetailView.State))] = Words<CertificateState>(),
        [(typeof(CertificateDetailView), nameof(CertificateDetailView.Cause))] = Words<SuccessionCause>(),
        [(typeof(HeldRecordView), nameof(HeldRecordView.Reason))] = Words(HoldReason.None),
        [(typeof(HoldView), nameof(HoldView.State))] = Words<HoldState>(),
        [(typeof(HoldView), nameof(HoldView.Reviewer))] = Words<HoldReviewer>(),
        [(typeof(HoldCauseView), nameof(HoldCauseView.Code))] =
            [.. Enum.GetValues<HoldCause>().Select(cause => cause.ToWire())],
        [(typeof(CameOfView), nameof(CameOfView.State))] = Words<CertificateState>(),
        [(typeof(WaitingView), nameof(WaitingView.Who))] = Words<NextStep>(),
        [(typeof(ReportBody), nameof(ReportBody.Kind))] = Words<ReportKind>(),
        [(typeof(DeskReportBody), nameof(DeskReportBody.Kind))] = Words<ReportKind>(),
        [(typeof(FiledReportView), nameof(FiledReportView.Kind))] = Words<ReportKind>(),
        [(typeof(FiledReportView), nameof(FiledReportView.State))] = Words<ReportState>(),
        [(typeof(ReportView), nameof(ReportView.Kind))] = Words<ReportKind>(),
        [(typeof(ReportView), nameof(ReportView.State))] = Words<ReportState>(),
        [(typeof(RefuseBody), nameof(RefuseBody.Reason))] = [.. RefusalReasons.All.Select(reason => reason.Code)],
        [(typeof(PolicyView), nameof(PolicyView.Kind))] = [.. PolicyKinds.All.Select(kind => kind.Name)],
        [(typeof(PolicyVersionView), nameof(PolicyVersionView.Origin))] = Words<PolicyOrigin>(),
        [(typeof(VerdictView), nameof(VerdictView.Verdict))] =
            [.. Enum.GetValues<Verdict>().Select(verdict => verdict.ToWire())],
        [(typeof(HealthView), nameof(HealthView.Status))] = ["live", "ready"],
        [(typeof(FaultView), nameof(FaultView.Code))] =
        [
            .. Enum.GetValues<FaultCode>().Select(code => code.ToWire()),
            .. Enum.GetValues<RequestFaultCode>().Select(code => code.ToWire()),
        ],
        [(typeof(Problem), nameof(Problem.Code))] =
        [
            .. Words<RejectionKind>(), .. FrameworkStatuses.Select(
                status => ReasonPhrases.GetReasonPhrase(status).Replace(' ', '-').ToLowerInvariant()),
        ],
    };

    static readonly Dictionary<(string Path, string Name), IReadOnlyList<string>> Parameters = new()
    {
        [("v1/worklist", "error_group")] =
            [.. Enum.GetValues<ErrorGroup>().Select(group => group.ToWire()), WorklistItemView.Course],
        [("v1/progress", "by")] = Words<AreaKind>(),
    };

    /// <summary>Null: anything.</summary>
    public static IReadOnlyList<string>? Of(Type type, string member) => Members.GetValueOrDefault((type, member));

    /// <summary>Null: anything.</summary>
    public static IReadOnlyList<string>? OfParameter(string path, string name) =>
        Parameters.GetValueOrDefault((path, name));

    public static List<JsonNode> ToEnum(this IEnumerable<string> words, bool isNullable) =>
        [.. words.Select(word => (JsonNode)word), .. isNullable ? [(JsonNode)null!] : Array.Empty<JsonNode>()];

    static IReadOnlyList<string> Words<T>(params T[] without)
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Except(without).Select(value => Kebab.Of(value.ToString()))];
}
