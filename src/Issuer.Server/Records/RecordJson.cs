using System.Text.Json;
using Issuer.Core.Records;
using Issuer.Server.Http;

namespace Issuer.Server.Records;

/// <summary>A record as a JSON object: the members are the CSV columns. Only described in OpenAPI, never bound.</summary>
/// <param name="Facility">The token's when it is left out.</param>
/// <param name="DoseNumber">A number, or one in a string.</param>
/// <param name="Corrects">The version that this corrects.</param>
sealed record RecordBody(
    string Reference, string? Facility, string? FamilyName, string? GivenName, string? FullName, string Sex,
    string DateOfBirth, string? IdentityType, string? IdentityNumber, string? Nationality, string Product, string? Lot,
    int? DoseNumber, string? DoseKind, string VaccinatedOn, int? Corrects);

/// <summary>
/// Reads such an object. What cannot be read goes into the row's faults, so that it is told with everything else that
/// is wrong.
/// </summary>
static class RecordJson
{
    /// <summary>Identity numbers are not among them: a JSON number has lost its leading zeros.</summary>
    static readonly HashSet<string> Numbers = ["dose_number", "corrects"];

    static readonly HashSet<string> Known = KnownNames();

    public static RecordRow Read(JsonElement json)
    {
        var faults = new List<Fault>();
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new RecordRow { ReadingFaults = [new Fault("", FaultCode.BadType)] };
        }
        var members = JsonMembers.Of(json, Known, faults);
        return RecordFields.RowOf(name => members.TryGetValue(name, out var value) ? TextOf(name, value, faults) : null)
            with
        { ReadingFaults = faults };
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
                faults.Add(new Fault(name, FaultCode.BadType));
                return null;
        }
    }

    static HashSet<string> KnownNames()
    {
        var names = new HashSet<string>();
        RecordFields.RowOf(name =>
        {
            names.Add(name);
            return null;
        });
        return names;
    }
}
