using System.Globalization;

namespace Issuer.Server.Edge.Rest.Description;

/// <summary>
/// What a generated client calls each operation. Once it was published a name stays: programs are written with it.
/// </summary>
static class OperationIds
{
    static readonly char[] Separators = ['/', '-', '.', '{', '}', '_'];

    static readonly Dictionary<string, string> Names = new()
    {
        ["POST /v1/records"] = "submitRecords",
        ["GET /v1/records"] = "listRecords",
        ["GET /v1/records/{id}"] = "getRecord",
        ["PUT /v1/records/{id}"] = "correctRecord",
        ["POST /v1/records/{id}/withdraw"] = "withdrawRecord",
        ["POST /v1/records/{id}/confirm"] = "confirmDose",
        ["POST /v1/records/{id}/accept-suggestion"] = "acceptSuggestion",
        ["POST /v1/records/import"] = "importRecords",
        ["GET /v1/imports/{id}"] = "getImport",
        ["GET /v1/imports/{id}/faults"] = "listImportFaults",
        ["GET /v1/records/to-attest"] = "listStatements",
        ["POST /v1/attestations"] = "attest",
        ["PUT /v1/facilities/{code}/attestation-key"] = "registerAttestationKey",
        ["GET /v1/worklist"] = "listWorklist",
        ["GET /v1/worklist/course"] = "listCourseQuestions",
        ["POST /v1/worklist/answers"] = "answerWorklist",
        ["GET /v1/duplicates"] = "listDuplicates",
        ["POST /v1/duplicates/{id}/merge"] = "mergeDuplicate",
        ["POST /v1/duplicates/{id}/undo"] = "undoDuplicate",
        ["GET /v1/holds"] = "listHolds",
        ["POST /v1/holds/release"] = "askToReleaseHolds",
        ["GET /v1/subjects/proposals"] = "listSubjectProposals",
        ["POST /v1/subjects/merge"] = "askToMergeSubjects",
        ["POST /v1/subjects/undo-merge"] = "askToUndoMerge",
        ["POST /v1/facilities/exempt-cap"] = "askToRaiseExemptCap",
        ["POST /v1/policy/allow-shortened"] = "askToAllowShortened",
        ["GET /v1/policies"] = "listPolicies",
        ["POST /v1/policies/import"] = "askToImportPolicy",
        ["GET /v1/approvals"] = "listApprovals",
        ["POST /v1/approvals/{id}/approve"] = "approve",
        ["POST /v1/approvals/{id}/reject"] = "reject",
        ["POST /v1/certificates/hand-out"] = "handOutCertificate",
        ["POST /v1/certificates/{id}/revoke"] = "revokeCertificate",
        ["POST /v1/certificates/{id}/undo-revocation"] = "askToUndoRevocation",
        ["POST /v1/revocations"] = "askToRevoke",
        ["GET /v1/revocations"] = "listRevocationActs",
        ["POST /v1/dscs/withdraw"] = "askToWithdrawDsc",
        ["GET /v1/me"] = "getMe",
        ["GET /v1/me/certificates"] = "listMyCertificates",
        ["GET /v1/me/certificates/{id}"] = "getMyCertificate",
        ["GET /v1/me/certificates/{id}/qr.png"] = "getMyQrPng",
        ["GET /v1/me/certificates/{id}/qr.svg"] = "getMyQrSvg",
        ["POST /v1/me/certificates/{id}/report-leak"] = "reportLeak",
        ["GET /v1/records/{id}/certificate"] = "getCertificateOfRecord",
        ["GET /v1/records/{id}/certificate/qr.png"] = "getQrPngOfRecord",
        ["POST /v1/me/reports"] = "fileReport",
        ["GET /v1/me/reports"] = "listMyReports",
        ["GET /v1/me/reports/{id}"] = "getMyReport",
        ["GET /v1/reports"] = "listReports",
        ["POST /v1/reports"] = "fileReportAtDesk",
        ["POST /v1/reports/look-up"] = "lookUpPerson",
        ["GET /v1/reports/refusal-reasons"] = "listRefusalReasons",
        ["POST /v1/reports/{id}/accept"] = "acceptReport",
        ["POST /v1/reports/{id}/refuse"] = "refuseReport",
        ["GET /v1/progress"] = "getProgress",
        ["POST /v1/verify"] = "verify",
        ["GET /v1/trust-list"] = "getTrustList",
        ["GET /v1/trust-list/anchor"] = "getTrustAnchor",
        ["GET /v1/trust-list/list.jws"] = "getTrustListStatement",
        ["GET /v1/trust-list/certificates.pem"] = "getTrustListPem",
        ["GET /v1/trust-list/list-{digest}.json"] = "getTrustListContent",
        ["GET /v1/trust-list/foreign-{digest}.json"] = "getForeignTrustListContent",
        ["GET /.well-known/jwks.json"] = "getJwks",
        ["GET /.well-known/did.json"] = "getDid",
        ["GET /trust-anchor/did.json"] = "getAnchorDid",
        ["GET /signercertificateUpdate"] = "getNextSignerCertificate",
        ["POST /signercertificateUpdate"] = "getSignerCertificatesByKid",
        ["GET /signercertificateStatus"] = "listSignerKids",
        ["GET /signercertificateStatus/delta"] = "listSignerKidChanges",
        ["GET /v1/manifest.jws"] = "getManifest",
        ["GET /v1/bundle.bin"] = "getBundle",
        ["GET /v1/value-sets.json"] = "getValueSets",
        ["GET /v1/revocation/{path}"] = "getRevocationFile",
        ["GET /lists"] = "listRevocationLists",
        ["GET /lists/{kid}/partitions"] = "listPartitions",
        ["GET /lists/{kid}/partitions/{id}"] = "getPartition",
        ["POST /lists/{kid}/partitions/{id}/slices"] = "getSlicesOfChunks",
        ["GET /lists/{kid}/partitions/{id}/chunks/{cid}/slices"] = "getSlicesOfChunk",
        ["POST /lists/{kid}/partitions/{id}/chunks/{cid}/slices"] = "getSlicesOfChunkById",
        ["GET /lists/{kid}/partitions/{id}/chunks/{cid}/slices/{sid}"] = "getSlice",
        ["GET /metrics"] = "getMetrics",
        ["GET /healthz/live"] = "getLiveness",
        ["GET /healthz/ready"] = "getReadiness",
    };

    /// <summary>One that has no name here yet is called by its method and path.</summary>
    public static string Of(string method, string path) =>
        Names.GetValueOrDefault($"{method} {path}") ?? method.ToLowerInvariant() + string.Concat(
            path.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Where(word => word != "v1")
                .Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));
}
