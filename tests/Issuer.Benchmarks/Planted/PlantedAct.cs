using System.Text.Json;
using Issuer.Core.Records;
using Issuer.Server.Features.Records;

namespace Issuer.Benchmarks.Planted;

/// <summary>One line of <c>acts.ndjson</c>: somebody did something.</summary>
/// <param name="Kind">
/// <c>enter</c>, <c>correct</c>, <c>sign</c>, <c>withdraw</c>, <c>walk-in</c>, <c>hand-out</c> or
/// <c>announce-backlog</c>.
/// </param>
/// <param name="Surge">The honest surge it belongs to; null: everyday work, or a thief's.</param>
/// <param name="References">Of the facility's records that it is about.</param>
/// <param name="Row">What was typed, of an entry or a correction.</param>
sealed record PlantedAct(
    DateTimeOffset At, string Kind, string By, string Facility, bool IsHonest, string? Surge,
    IReadOnlyList<string> References, RecordRow? Row, JsonElement Members)
{
    public static IEnumerable<PlantedAct> ReadAll(string file) => File.ReadLines(file).Select(Read);

    public string Text(string member) => Members.GetProperty(member).GetString()!;

    static PlantedAct Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var json = document.RootElement.Clone();
        var row = json.TryGetProperty("row", out var typed) ? RecordJson.Read(typed) : null;
        return new PlantedAct(
            json.GetProperty("at").GetDateTimeOffset(), json.GetProperty("act").GetString()!,
            json.GetProperty("by").GetString()!, json.GetProperty("facility").GetString()!,
            !json.TryGetProperty("honest", out var honest) || honest.GetBoolean(),
            json.TryGetProperty("surge", out var surge) ? surge.GetString() : null, ReferencesOf(json, row), row, json);
    }

    static IReadOnlyList<string> ReferencesOf(JsonElement json, RecordRow? row) =>
        json.TryGetProperty("references", out var many) ? [.. many.EnumerateArray().Select(one => one.GetString()!)]
        : json.TryGetProperty("reference", out var one) ? [one.GetString()!]
        : row?.Reference is { } typed ? [typed]
        : [];
}
