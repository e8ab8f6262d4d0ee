using System.Text.Json;

namespace Issuer.Server.Features.Gateway;

/// <summary>How the gateway answered one request.</summary>
/// <param name="Status">Of HTTP; 0: it did not answer, and <paramref name="Trouble"/> says why.</param>
/// <param name="Etag">Without quotes; null: none.</param>
sealed record GatewayAnswer(int Status, ReadOnlyMemory<byte> Body, string? Etag = null, string? Trouble = null)
{
    public static GatewayAnswer None(string trouble) => new(0, default, null, trouble);

    /// <summary>The server's name for a batch.</summary>
    public string? BatchId => Guid.TryParseExact(Etag, "D", out var id) ? id.ToString("D") : null;

    /// <summary>
    /// For logs and the operator: the status and, of the error's body, nothing but its code, if it is one (0x002).
    /// </summary>
    public string Why => Trouble ?? (CodeOf(Body) is { } code ? $"answered {Status} ({code})" : $"answered {Status}");

    static string? CodeOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var error = JsonDocument.Parse(body);
            return error.RootElement.ValueKind == JsonValueKind.Object
                && error.RootElement.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                && code.GetString() is { Length: <= 8 } text && text.All(char.IsAsciiLetterOrDigit) ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
