using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Records;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Records;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Rest.Feedback;

// Never bound: they describe in OpenAPI what ReportJson reads.
/// <summary>What is missing or wrong, as the citizen says.</summary>
/// <param name="Kind">
/// <c>dose-missing</c>, <c>wrong-name</c>, <c>wrong-birth-date</c>, <c>wrong-sex</c>, <c>wrong-number</c>,
/// <c>wrong-product</c>, <c>wrong-lot</c>, <c>wrong-date</c>, <c>wrong-dose-number</c>, <c>not-mine</c>,
/// <c>duplicate</c> or <c>other</c>.
/// </param>
/// <param name="Facility">The code of the one that gave the dose.</param>
/// <param name="FullName">As it should be.</param>
/// <param name="VaccinatedOn">Needed for a missing dose.</param>
/// <param name="Evidence">The number of a slip or paper certificate. This or the text is needed.</param>
sealed record ReportBody(
    string Kind, string Facility, string FullName, string DateOfBirth, string? VaccinatedOn = null,
    string? Product = null, string? Lot = null, string? Evidence = null, string? Text = null);

/// <summary>The same for somebody at the telephone.</summary>
/// <param name="IdentityNumber">The person's own.</param>
/// <param name="RecordedNumber">The wrong one that the record sits under, if the slip shows it.</param>
sealed record DeskReportBody(
    string Kind, string Facility, string FullName, string DateOfBirth, string IdentityNumber,
    string? RecordedNumber = null, string? VaccinatedOn = null, string? Product = null, string? Lot = null,
    string? Evidence = null, string? Text = null);

/// <summary>What the desk asks about; all of it must agree.</summary>
/// <param name="IdentityNumber">
/// As the record has it, or <c>KOR:M12345678</c>: country and passport. Left out: the record has none, and facility and
/// day take its place.
/// </param>
sealed record LookUpBody(
    string DateOfBirth, string FullName, string? IdentityNumber = null, string? Facility = null,
    string? VaccinatedOn = null);

/// <summary>Yes, with what makes it right; all of it may be left out.</summary>
/// <param name="Record">The missing dose, or the correction, as for <c>POST /v1/records</c>.</param>
/// <param name="RecordId">Instead: the facility's record that has been put right.</param>
sealed record AcceptBody(RecordBody? Record = null, string? RecordId = null, string? Note = null);

/// <summary>No.</summary>
/// <param name="Reason">A code of <c>GET /v1/reports/refusal-reasons</c>.</param>
sealed record RefuseBody(string Reason, string? Note = null);

/// <summary>What was sent, with what could not be read of it.</summary>
sealed class ReportJson
{
    const int LongestNote = 500;

    static readonly string[] Claim =
    [
        "kind", "facility", "full_name", "date_of_birth", "vaccinated_on", "product", "lot", "evidence", "text",
    ];

    readonly IReadOnlyDictionary<string, JsonElement> members;
    readonly List<Fault> faults = [];

    ReportJson(JsonElement json, IReadOnlySet<string> known) => members = JsonMembers.Of(json, known, faults);

    /// <summary>Throws, with every fault, when <paramref name="read"/> found one.</summary>
    public static async Task<T> ReadAsync<T>(
        HttpRequest request, IReadOnlySet<string> known, Func<ReportJson, List<Fault>, T?> read,
        CancellationToken cancel)
        where T : class
    {
        using var body = await RequestBody.JsonAsync(request, cancel);
        if (body.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new RefusedException(new Rejection(RejectionKind.Malformed, RequestBody.NoObject));
        }
        var json = new ReportJson(body.RootElement, known);
        var value = read(json, json.faults);
        return value is not null && json.faults.Count == 0
            ? value
            : throw new RefusedException(new Rejection(RejectionKind.Invalid, "the body is refused", json.faults));
    }

    public static HashSet<string> ClaimAnd(params IEnumerable<string> more) => [.. Claim, .. more];

    /// <summary>Null when there are faults.</summary>
    public ReportClaim? ReadClaim(CheckContext context)
    {
        var row = new ReportRow
        {
            Kind = Text("kind"), Facility = Text("facility"), FullName = Text("full_name"),
            DateOfBirth = Text("date_of_birth"), VaccinatedOn = Text("vaccinated_on"), Product = Text("product"),
            Lot = Text("lot"), Evidence = Text("evidence"), Words = Text("text"), ReadingFaults = [.. faults],
        };
        var (claim, found) = CheckReport.Check(row, context);
        faults.Clear();
        faults.AddRange(found);
        return claim;
    }

    /// <summary>Empty when it is not there.</summary>
    public string Note()
    {
        var note = (Text("note") ?? "").Trim();
        if (note.Length > LongestNote || !Vocabulary.IsPlainText(note))
        {
            faults.Add(note.Length > LongestNote
                ? new Fault("note", FaultCode.TooLong, Expected.AtMost(LongestNote))
                : new Fault("note", FaultCode.ControlCharacter));
        }
        return note;
    }

    public RecordRow? Record() =>
        members.TryGetValue("record", out var value) && value.ValueKind != JsonValueKind.Null
            ? RecordJson.Read(value)
            : null;

    public long? Id(string name, OpaqueId ids)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (ids.TryRead(text, out var id))
        {
            return id;
        }
        faults.Add(new Fault(name, RequestFaultCode.OutOfRange, Expected.Id));
        return null;
    }

    public string? Text(string name)
    {
        if (!members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.String)
        {
            return JsonMembers.TextOf(name, value, faults);
        }
        faults.Add(new Fault(name, RequestFaultCode.BadType, Expected.Text));
        return null;
    }
}
