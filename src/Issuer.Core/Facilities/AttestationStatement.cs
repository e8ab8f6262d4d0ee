using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Issuer.Core.Certificates;
using Issuer.Core.Records;

namespace Issuer.Core.Facilities;

/// <summary>A dose of the same person that a statement relies on.</summary>
public sealed record ReliedDose(long RecordId, long Version, byte[] Digest);

/// <summary>
/// What a facility signs (design.md section 5): this record, the digests of the person's earlier doses, the policy and
/// a nonce of the server. A change to any of them makes another statement, and so voids the old signature.
/// </summary>
public sealed record AttestationStatement(
    StoredRecord Dose, IReadOnlyList<ReliedDose> Earlier, AttestationPolicy Policy)
{
    /// <summary>UTF-8 JSON without white space, members in this order: the one form that is signed.</summary>
    /// <param name="nonceKey">
    /// The nonce is a MAC over the rest, so that nothing need be kept for it and nobody can sign ahead of being asked.
    /// </param>
    public byte[] Canonical(ReadOnlySpan<byte> nonceKey)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("type", "issuer-attestation");
        json.WriteNumber("record", Dose.Id);
        json.WriteNumber("version", Dose.Version);
        WriteContent(json, Dose.Record);
        json.WriteStartArray("earlier");
        foreach (var dose in Earlier)
        {
            json.WriteStartObject();
            json.WriteNumber("record", dose.RecordId);
            json.WriteNumber("version", dose.Version);
            json.WriteBase64String("digest", dose.Digest);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("policy", Kebab.Of(Policy.ToString()));
        json.Flush();
        json.WriteBase64String("nonce", HMACSHA256.HashData(nonceKey, buffer.WrittenSpan).AsSpan(0, 16));
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The record that a signed statement speaks of, or null when it is none of ours.</summary>
    public static (long RecordId, long Version)? Subject(ReadOnlyMemory<byte> canonical)
    {
        try
        {
            using var json = JsonDocument.Parse(canonical, new JsonDocumentOptions { MaxDepth = 8 });
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("record", out var record) && record.TryGetInt64(out var id)
                && root.TryGetProperty("version", out var v) && v.TryGetInt64(out var version)
                ? (id, version)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static void WriteContent(Utf8JsonWriter json, VaccinationRecord record)
    {
        json.WriteStartObject("content");
        foreach (var (name, text) in record.Texts())
        {
            json.WriteString(name, text);
        }
        json.WriteEndObject();
    }
}
