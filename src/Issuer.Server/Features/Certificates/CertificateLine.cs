using System.Text.Json.Serialization;
using Issuer.Core;
using Issuer.Core.Certificates;

namespace Issuer.Server.Features.Certificates;

/// <summary>A certificate as a line of NDJSON; the property names are the contract's.</summary>
sealed record CertificateLine(
    [property: JsonPropertyName("uvci")] string Uvci,
    [property: JsonPropertyName("hc1")] string Hc1,
    [property: JsonPropertyName("kid")] string Kid,
    [property: JsonPropertyName("iat")] long IssuedAt,
    [property: JsonPropertyName("exp")] long ExpiresAt,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("lineage")] string Lineage,
    [property: JsonPropertyName("predecessor")] string? Predecessor,
    [property: JsonPropertyName("cause")] string? Cause)
{
    /// <param name="predecessor">The UVCI of the predecessor, which the row names by slot only.</param>
    public static CertificateLine Of(IssuedCertificate certificate, string? predecessor, DateTimeOffset now) => new(
        certificate.Uvci, certificate.ToHc1(), certificate.Kid, certificate.IssuedAt.ToUnixTimeSeconds(),
        certificate.ExpiresAt.ToUnixTimeSeconds(), Kebab.Of(certificate.StateAt(now).ToString()),
        certificate.LineageId.ToString(System.Globalization.CultureInfo.InvariantCulture), predecessor,
        certificate.Cause is { } cause ? Kebab.Of(cause.ToString()) : null);
}
