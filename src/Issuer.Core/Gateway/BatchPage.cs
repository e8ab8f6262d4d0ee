using System.Globalization;
using System.Text.Json;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Gateway;

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
