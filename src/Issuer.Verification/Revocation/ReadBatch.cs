using System.Text.Json;
using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>
/// Reads a batch back, ours or another's, to the last byte as <see cref="RevocationBatch"/> writes it.
/// </summary>
public static class ReadBatch
{
    /// <summary>A thousand hashes are 36 KB.</summary>
    const int Longest = 64 * 1024;

    /// <summary>Null for anything that we would not have written. Never throws.</summary>
    public static RevocationBatch? From(ReadOnlyMemory<byte> json, bool isSuspension)
    {
        if (json.Length > Longest)
        {
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            var batch = Read(document.RootElement, isSuspension);
            return batch is not null && batch.Json.Span.SequenceEqual(json.Span) ? batch : null;
        }
        // All that a JSON document of foreign bytes throws when it holds other things than are asked for.
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or ArgumentException)
        {
            return null;
        }
    }

    static RevocationBatch? Read(JsonElement batch, bool isSuspension) =>
        Kid.TryParse(batch.GetProperty("kid").GetString(), out var kid)
            ? new RevocationBatch(
                batch.GetProperty("country").GetString()!, kid, batch.GetProperty("expires").GetDateTimeOffset(),
                isSuspension,
                batch.GetProperty("entries").EnumerateArray()
                    .Select(entry => new RevocationHash(entry.GetProperty("hash").GetBytesFromBase64())))
            : null;
}
