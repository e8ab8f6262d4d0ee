using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Issuer.Hcert;

/// <summary>
/// Everything inside a code as JSON, unknown fields too, for people to look at. It says nothing of trust.
/// </summary>
public static class HcertJson
{
    static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What is inside a code that could be read.</summary>
    public static string Of(DecodedHcert hcert) => Of(HcertLayers.OfHcert(hcert));

    /// <summary>What is inside a code as far as it can be read; <c>fault</c> says where that ends.</summary>
    public static string Of(string hc1) => Of(HcertLayers.Read(hc1));

    static string Of(HcertLayers layers)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            if (layers.Message is { } message)
            {
                WriteHeaders(json, message);
            }
            if (layers.Claims is { } claims)
            {
                WriteClaims(json, claims);
            }
            if (layers.Dcc is { } dcc)
            {
                json.WritePropertyName("dcc");
                Write(json, dcc);
            }
            if (layers.Fault is { } fault)
            {
                json.WriteStartObject("fault");
                json.WriteString("layer", JsonNamingPolicy.CamelCase.ConvertName(fault.Layer.ToString()));
                json.WriteString("text", fault.Text);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    static void WriteHeaders(Utf8JsonWriter json, CoseSign1Message message)
    {
        json.WriteString("alg", message.Algorithm?.ToString());
        json.WriteString("kid", message.Kid?.ToString());
        json.WritePropertyName("protected");
        Write(json, message.Protected);
        json.WritePropertyName("unprotected");
        Write(json, message.Unprotected);
        json.WriteString("signature", Convert.ToHexStringLower(message.Signature));
    }

    // The three known claims by name, with the times as instants too; the rest under their numbers.
    static void WriteClaims(Utf8JsonWriter json, CborItem.Map claims)
    {
        foreach (var (key, value) in claims.Pairs)
        {
            switch (key)
            {
                case CborItem.Whole { Value: CwtClaim.Hcert }:
                    break;
                case CborItem.Whole { Value: CwtClaim.Issuer }:
                    json.WritePropertyName("iss");
                    Write(json, value);
                    break;
                case CborItem.Whole { Value: CwtClaim.IssuedAt }:
                    WriteTime(json, "iat", value);
                    break;
                case CborItem.Whole { Value: CwtClaim.ExpiresAt }:
                    WriteTime(json, "exp", value);
                    break;
                default:
                    json.WritePropertyName($"claim {NameOf(key)}");
                    Write(json, value);
                    break;
            }
        }
    }

    static void WriteTime(Utf8JsonWriter json, string name, CborItem value)
    {
        json.WritePropertyName(name);
        Write(json, value);
        if (HcertLayers.TryReadTime(value, out var time))
        {
            json.WriteString($"{name}Utc", time.UtcDateTime);
        }
    }

    static void Write(Utf8JsonWriter json, CborItem item)
    {
        switch (item)
        {
            case CborItem.Map map:
                json.WriteStartObject();
                foreach (var (key, value) in map.Pairs)
                {
                    json.WritePropertyName(NameOf(key));
                    Write(json, value);
                }
                json.WriteEndObject();
                break;
            case CborItem.List list:
                json.WriteStartArray();
                foreach (var element in list.Items)
                {
                    Write(json, element);
                }
                json.WriteEndArray();
                break;
            default:
                WriteScalar(json, item);
                break;
        }
    }

    static void WriteScalar(Utf8JsonWriter json, CborItem item)
    {
        switch (item)
        {
            case CborItem.Tagged tagged:
                Write(json, tagged.Content);
                break;
            case CborItem.Text text:
                json.WriteStringValue(text.Value);
                break;
            case CborItem.Bytes bytes:
                json.WriteBase64StringValue(bytes.Value);
                break;
            case CborItem.Whole whole:
                json.WriteNumberValue(whole.Value);
                break;
            case CborItem.Real real when double.IsFinite(real.Value):
                json.WriteNumberValue(real.Value);
                break;
            case CborItem.Bool boolean:
                json.WriteBooleanValue(boolean.Value);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    static string NameOf(CborItem key) => key switch
    {
        CborItem.Text text => text.Value,
        CborItem.Whole whole => FormattableString.Invariant($"{whole.Value}"),
        _ => "",
    };
}
