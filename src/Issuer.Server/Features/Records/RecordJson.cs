using System.Text.Json;
using Issuer.Core.Records;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Records;

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
            return new RecordRow { ReadingFaults = [new Fault("", RequestFaultCode.BadType, Expected.JsonObject)] };
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
                    name, RequestFaultCode.BadType, Numbers.Contains(name) ? Expected.Number : Expected.Text));
                return null;
        }
    }
}
