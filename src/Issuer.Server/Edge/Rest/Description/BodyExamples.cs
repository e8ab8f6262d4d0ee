using System.Text.Json.Nodes;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Edge.Rest.Certificates;
using Issuer.Server.Edge.Rest.Facilities;
using Issuer.Server.Edge.Rest.Feedback;
using Issuer.Server.Edge.Rest.Holds;
using Issuer.Server.Edge.Rest.Identity;
using Issuer.Server.Edge.Rest.Policies;
using Issuer.Server.Edge.Rest.Records;
using Issuer.Server.Edge.Rest.Revocation;
using Issuer.Server.Edge.Rest.Verification;

namespace Issuer.Server.Edge.Rest.Description;

/// <summary>
/// One of everything that is sent, and a refusal. A test holds that each has its type's members and no others.
/// </summary>
static class BodyExamples
{
    static readonly Dictionary<Type, string> Texts = new()
    {
        [typeof(RecordBody)] =
            """
            {"reference":"visit-1","full_name":"Nguyễn Văn An","sex":"M","date_of_birth":"1980-01-01",
             "identity_type":"CCCD","identity_number":"001080000001","product":"Pfizer","lot":"FK0112","dose_number":1,
             "vaccinated_on":"2022-01-01"}
            """,
        [typeof(SignaturesBody)] = """{"signatures":["eyJhbGciOiJFUzI1NiJ9.eyJ2IjoxfQ.c2lnbmF0dXJl"]}""",
        [typeof(JwkBody)] =
            """
            {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
             "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
            """,
        [typeof(ReleaseHoldBody)] = """{"records":["0000000000000"],"reason":"the delivery notes were seen"}""",
        [typeof(EndHoldBody)] = """{"reason":"a mobile team from the province"}""",
        [typeof(BacklogBody)] =
            """
            {"facility":"01-0001","product":"EU/1/20/1528","from":"2021-07-01","to":"2021-09-30","expected":400,
             "reason":"on paper until now"}
            """,
        [typeof(CleaningListBody)] = """{"facility":"01-0001","days":30}""",
        [typeof(HandOutAllowanceBody)] =
            """{"facility":"01-0001","per_clerk_and_day":60,"until":"2027-01-20","reason":"before the holidays"}""",
        [typeof(ChangeAuthorityBody)] =
            """{"issuer":"https://id.example","audience":"issuer","reason":"another identity provider"}""",
        [typeof(ExemptCapBody)] = """{"facility":"01-0001","cap":500,"reason":"embassies nearby"}""",
        [typeof(MergeSubjectsBody)] =
            """{"keep":"0000000000000","merge":"0000000000001","reason":"one person, two numbers"}""",
        [typeof(UndoMergeBody)] = """{"merge":"0000000000000","reason":"they are brothers"}""",
        [typeof(AllowShortenedBody)] = """{"days":30,"reason":"the ceremony is late"}""",
        [typeof(ImportPolicyBody)] =
            """
            {"policy":{"kind":"exempt-cap","validFrom":"2027-01-01","least":9,"percent":5},"reason":"embassies nearby"}
            """,
        [typeof(DuplicateBody)] = """{"original":"0000000000000"}""",
        [typeof(HandOutBody)] =
            """{"identity_number":"001080000001","date_of_birth":"1980-01-01","last_vaccinated_on":"2022-01-01"}""",
        [typeof(RevokeBody)] = """{"reason":"other","note":"court order 12/2027"}""",
        [typeof(WithdrawBody)] = """{"reason":"duplicate"}""",
        [typeof(UndoBody)] = """{"reason":"the wrong certificate"}""",
        [typeof(BulkBody)] = """{"reason":"fraud","because":"invented doses","facility":"01-0001"}""",
        [typeof(WithdrawDscBody)] = """{"kid":"AQIDBAUGBwg=","reason":"the key was copied"}""",
        [typeof(ReportBody)] =
            """
            {"kind":"dose-missing","facility":"01-0001","full_name":"Nguyễn Văn An","date_of_birth":"1980-01-01",
             "vaccinated_on":"2022-01-01","product":"Pfizer","evidence":"slip 117"}
            """,
        [typeof(DeskReportBody)] =
            """
            {"kind":"wrong-number","facility":"01-0001","full_name":"Nguyễn Văn An","date_of_birth":"1980-01-01",
             "identity_number":"001080000001","recorded_number":"001080000010","evidence":"slip 117"}
            """,
        [typeof(LookUpBody)] =
            """{"identity_number":"001080000001","full_name":"Nguyễn Văn An","date_of_birth":"1980-01-01"}""",
        [typeof(AcceptBody)] = """{"note":"the name was put right"}""",
        [typeof(RefuseBody)] = """{"reason":"blurred"}""",
        [typeof(VerifyRequest)] = """{"hc1":"HC1:6BFOXN...","at":"2027-01-15T08:00:00Z"}""",
        [typeof(Problem)] =
            """
            {"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"the record is refused",
             "code":"invalid","faults":[{"field":"vaccinated_on","code":"future-date",
             "message_vi":"ngày tiêm ở trong tương lai","message_en":"is in the future"}]}
            """,
    };

    public static IEnumerable<Type> Types => Texts.Keys;

    /// <summary>Null: this type has none.</summary>
    public static JsonNode? Of(Type? type) =>
        type is not null && Texts.TryGetValue(type, out var text) ? JsonNode.Parse(text) : null;
}
