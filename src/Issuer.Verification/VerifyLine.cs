using System.Text.Json;

namespace Issuer.Verification;

/// <summary>One line of <c>verify --batch</c>.</summary>
/// <param name="Id">Goes back as it came, whatever JSON it is; readable until this is disposed.</param>
/// <param name="BadMember">What is not of its type; null when all are.</param>
sealed record VerifyLine(
    JsonDocument Json, JsonElement? Id, string Hc1, string? Dsc, DateTimeOffset? At, string? BadMember) : IDisposable
{
    static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 8 };

    /// <summary>What scanners and copying add; a space inside is Base45 and stays.</summary>
    static readonly char[] WhiteSpace = ['\r', '\n', '\t'];

    /// <summary>Null when it is no object that can be read.</summary>
    public static VerifyLine? TryParse(ReadOnlyMemory<char> text)
    {
        JsonDocument? json = null;
        try
        {
            json = JsonDocument.Parse(text, Bounds);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return Of(json);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
        }
        json?.Dispose();
        return null;
    }

    public void Dispose() => Json.Dispose();

    static VerifyLine Of(JsonDocument json)
    {
        string? bad = null;
        var hc1 = TextOf(json.RootElement, "hc1", ref bad);
        var dsc = TextOf(json.RootElement, "dsc", ref bad);
        var at = TextOf(json.RootElement, "at", ref bad);
        var instant = at is null ? null : Instants.ParseOrUtc(at, _ => bad = "at");
        var id = json.RootElement.TryGetProperty("id", out var element) ? element : (JsonElement?)null;
        if (element.ValueKind is JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object)
        {
            // Half a surrogate pair in it cannot go back: it must fail here, with its line, and not the whole batch.
            JsonSerializer.SerializeToUtf8Bytes(element, PublishedJson.Plain.JsonElement);
        }
        return new VerifyLine(
            json, id, hc1?.Trim(WhiteSpace) ?? "", dsc, instant, bad ?? (hc1 is null ? "hc1" : null));
    }

    static string? TextOf(JsonElement root, string name, ref string? bad)
    {
        if (!root.TryGetProperty(name, out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString();
        }
        bad = name;
        return null;
    }
}
