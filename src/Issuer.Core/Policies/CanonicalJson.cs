using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Issuer.Core.Policies;

/// <summary>
/// One way to write a JSON value that has been read as a policy: members in ordinal order, no blanks, whole numbers,
/// text unescaped where JSON lets it be.
/// </summary>
static class CanonicalJson
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonElement json)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            Write(writer, json);
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    static void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(writer, item);
                }
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteNumberValue(json.GetInt64());
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
