using System.Text.Json;
using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>Another country's revocation batch (dgc-gateway, RevocationBatchDto).</summary>
/// <param name="Kid">Null: UNKNOWN_KID, any of the country's DSCs.</param>
public sealed record ForeignBatch(
    string Id, string Country, Kid? Kid, RevocationHashType HashType, DateTimeOffset Expires,
    IReadOnlyList<RevocationHash> Hashes)
{
    public const string UnknownKid = "UNKNOWN_KID";

    /// <summary>
    /// Null for what is not a batch of that country: reading is lenient in what it does not need and strict in the
    /// rest, since a batch half read would let revoked certificates pass. Never throws.
    /// </summary>
    /// <param name="json">The content of a CMS that was verified.</param>
    public static ForeignBatch? Read(string id, string country, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions
            {
                MaxDepth = 8, AllowDuplicateProperties = false,
            });
            var batch = document.RootElement;
            var kidText = batch.GetProperty("kid").GetString();
            Kid? kid = Hcert.Kid.TryParse(kidText, out var parsed) ? parsed : null;
            var entries = batch.GetProperty("entries");
            if (batch.GetProperty("country").GetString() != country || (kid is null && kidText != UnknownKid)
                || HashTypes.Parse(batch.GetProperty("hashType").GetString()) is not { } type
                || entries.GetArrayLength() is < 1 or > RevocationBatch.MostHashes)
            {
                return null;
            }
            return new ForeignBatch(id, country, kid, type, batch.GetProperty("expires").GetDateTimeOffset(),
                [.. entries.EnumerateArray()
                    .Select(entry => new RevocationHash(entry.GetProperty("hash").GetBytesFromBase64()))]);
        }
        // All that a JSON document of foreign bytes throws when it holds other things than are asked for.
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>The types of hashes as the gateway writes them.</summary>
public static class HashTypes
{
    /// <summary>Null for any other text.</summary>
    public static RevocationHashType? Parse(string? text) => text switch
    {
        "SIGNATURE" => RevocationHashType.Signature,
        "UCI" => RevocationHashType.Uci,
        "COUNTRYCODEUCI" => RevocationHashType.CountryCodeUci,
        _ => null,
    };

    public static string ToWire(this RevocationHashType type) => type.ToString().ToUpperInvariant();
}
