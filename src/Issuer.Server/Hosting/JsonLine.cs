using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Issuer.Server.Hosting;

/// <summary>JSON for files and terminals: one line, Vietnamese left as it is, closed lists in kebab case.</summary>
static class JsonLine
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>JSON of several lines in one.</summary>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Options);
    }

    public static string Of(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);
}
