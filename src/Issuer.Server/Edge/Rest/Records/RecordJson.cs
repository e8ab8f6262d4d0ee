using System.Text.Json;
using Issuer.Core.Records;
using Issuer.Server.Edge.Http;

namespace Issuer.Server.Edge.Rest.Records;

// Never bound: it describes in OpenAPI what RecordJson reads.
/// <summary>One dose as the facility entered it; the members are the CSV columns.</summary>
/// <param name="Reference">The facility's own, unique within it.</param>
/// <param name="Sex"><c>M</c>, <c>F</c>, <c>Nam</c> or <c>Nữ</c>.</param>
/// <param name="DateOfBirth"><c>yyyy-mm-dd</c>, <c>dd/mm/yyyy</c>, <c>yyyy-mm</c> or <c>yyyy</c>.</param>
/// <param name="Product">EU code, or the Vietnamese trade name.</param>
/// <param name="VaccinatedOn"><c>yyyy-mm-dd</c> or <c>dd/mm/yyyy</c>.</param>
/// <param name="Facility">The token's when it is left out.</param>
/// <param name="FullName">In Vietnamese order, instead of the two parts.</param>
/// <param name="IdentityType"><c>CCCD</c>, <c>CMND</c>, <c>PASSPORT</c> or <c>BIRTH</c>.</param>
/// <param name="IdentityNumber">A missing or malformed one is no fault: the record waits for its correction.</param>
/// <param name="Nationality">Three letters; <c>VNM</c> when left out.</param>
/// <param name="DoseKind"><c>primary</c>, <c>additional</c> or <c>booster</c>; told by policy when left out.</param>
/// <param name="Corrects">The version that this corrects.</param>
sealed record RecordBody(
    string Reference, string Sex, string DateOfBirth, string Product, string VaccinatedOn, string? Facility = null,
    string? FamilyName = null, string? GivenName = null, string? FullName = null, string? IdentityType = null,
    string? IdentityNumber = null, string? Nationality = null, string? Lot = null, int? DoseNumber = null,
    string? DoseKind = null, long? Corrects = null);

/// <summary>
/// Reads a record from a JSON object. What cannot be read goes into the row's faults, so that it is told with
/// everything else that is wrong.
/// </summary>
static class RecordJson
{
    /// <summary>Identity numbers are not among them: a JSON number has lost its leading zeros.</summary>
    static readonly HashSet<string> Numbers = ["dose_number", "corrects"];

    static readonly HashSet<string> Known = [.. RecordFields.Names];

    public static RecordRow Read(JsonElement json)
    {
        var faults = new List<Fault>();
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new RecordRow { ReadingFaults = [new Fault("", FaultCode.BadType, Expected.JsonObject)] };
        }
        var members = JsonMembers.Of(json, Known, faults);
        var row = RecordFields.RowOf(
            name => members.TryGetValue(name, out var value) ? TextOf(name, value, faults) : null);
        return row with { ReadingFaults = faults };
    }

    static string? TextOf(string name, JsonElement value, List<Fault> faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.Number when Numbers.Contains(name):
                return value.GetRawText();
            case JsonValueKind.String:
                return JsonMembers.TextOf(name, value, faults);
            default:
                faults.Add(new Fault(
                    name, FaultCode.BadType, Numbers.Contains(name) ? Expected.Number : Expected.Text));
                return null;
        }
    }
}
