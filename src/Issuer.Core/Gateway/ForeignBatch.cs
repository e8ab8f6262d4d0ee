using System.Globalization;
using System.Text.Json;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Core.Gateway;

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

/// <summary>One that is here, or was.</summary>
/// <param name="HasLeft">Its deletion was accepted: nothing of it is refused any more.</param>
public sealed record KnownBatch(ForeignBatch Batch, bool HasLeft);

/// <summary>One line of <c>GET /revocation-list</c>.</summary>
public sealed record BatchLine(string Id, string Country, DateTimeOffset Date, bool IsDeleted);

/// <summary>One answer of <c>GET /revocation-list</c>, ascending by date.</summary>
/// <param name="HasMore">Ask again from the last date on.</param>
public sealed record BatchPage(bool HasMore, IReadOnlyList<BatchLine> Lines)
{
    /// <summary>The gateway gives 1,000 at a time; its description says 10,000.</summary>
    const int MostLines = 10_000;

    public static BatchPage Empty { get; } = new(false, []);

    /// <summary>Null when it is no such page: one line that cannot be read and none is taken. Never throws.</summary>
    public static BatchPage? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions
            {
                MaxDepth = 8, AllowDuplicateProperties = false,
            });
            var page = document.RootElement;
            var lines = page.GetProperty("batches");
            if (lines.GetArrayLength() > MostLines)
            {
                return null;
            }
            var read = lines.EnumerateArray().Select(LineOf).ToList();
            return read.Contains(null)
                ? null
                : new BatchPage(
                    page.GetProperty("more").GetBoolean(), [.. read.OfType<BatchLine>().OrderBy(l => l.Date)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException)
        {
            return null;
        }
    }

    /// <summary>The id becomes part of a path and of logs: a UUID in lower case and nothing else.</summary>
    static BatchLine? LineOf(JsonElement line) =>
        Guid.TryParseExact(line.GetProperty("batchId").GetString(), "D", out var id)
        && line.GetProperty("country").GetString() is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] country
            ? new BatchLine(id.ToString("D", CultureInfo.InvariantCulture), country,
                line.GetProperty("date").GetDateTimeOffset().ToUniversalTime(),
                line.GetProperty("deleted").GetBoolean())
            : null;
}
