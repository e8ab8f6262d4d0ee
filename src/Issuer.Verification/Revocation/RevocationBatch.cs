using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>A certificate to refuse, as the gateway's formats name it.</summary>
/// <param name="Kid">Of the DSC that signed it.</param>
/// <param name="Hash">Over its signature: of ES256 over r only.</param>
/// <param name="Expires">When the certificate expires.</param>
/// <param name="IsSuspension">May come back: kept apart, so that lifting it touches no revocation.</param>
public sealed record RevocationEntry(Kid Kid, RevocationHash Hash, DateTimeOffset Expires, bool IsSuspension);

/// <summary>
/// A batch as the EU gateway takes it (dgc-gateway, RevocationBatchDto; eu-dcc.md 2.1): at most 1,000 hashes over
/// signatures, one DSC, one expiry. It never changes, and its name is its content's.
/// </summary>
public sealed class RevocationBatch
{
    public const int MostHashes = 1000;

    /// <summary>Of the JSON, so that its buffer need not grow: a country has thousands of batches.</summary>
    const int EntryLength = 36;

    const int FrameLength = 8 * 1024;

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public RevocationBatch(
        string country, Kid kid, DateTimeOffset expires, bool isSuspension, IEnumerable<RevocationHash> hashes)
    {
        (Country, Kid, Expires, IsSuspension) = (country, kid, expires, isSuspension);
        Hashes = [.. hashes.Distinct().Order(RevocationHash.ByBytes)];
        ArgumentOutOfRangeException.ThrowIfZero(Hashes.Count, nameof(hashes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Hashes.Count, MostHashes, nameof(hashes));
        Json = Write();
        Id = Sha256Digest.Of(Json.Span);
    }

    public string Country { get; }

    public Kid Kid { get; }

    public DateTimeOffset Expires { get; }

    /// <summary>Ours to know; the gateway has no field for it.</summary>
    public bool IsSuspension { get; }

    /// <summary>Ascending.</summary>
    public IReadOnlyList<RevocationHash> Hashes { get; }

    /// <summary>
    /// The same hashes give the same bytes, whichever instance makes them: what is signed and uploaded.
    /// </summary>
    public ReadOnlyMemory<byte> Json { get; }

    public Sha256Digest Id { get; }

    /// <summary>
    /// The Sunday, 00:00 UTC, on or after a certificate's expiry. Never before it: the gateway drops a batch that has
    /// expired, and weeks keep batches few.
    /// </summary>
    public static DateTimeOffset ExpiryOf(DateTimeOffset certificateExpires)
    {
        var day = new DateTimeOffset(certificateExpires.UtcDateTime.Date, TimeSpan.Zero);
        var midnight = day == certificateExpires ? day : day.AddDays(1);
        return midnight.AddDays((7 - (int)midnight.DayOfWeek) % 7);
    }

    byte[] Write()
    {
        var bytes = new ArrayBufferWriter<byte>(FrameLength + (Hashes.Count * EntryLength));
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("country", Country);
            json.WriteString(
                "expires", Expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("kid", Kid.ToString());
            json.WriteString("hashType", "SIGNATURE");
            json.WriteStartArray("entries");
            foreach (var hash in Hashes)
            {
                json.WriteStartObject();
                json.WriteBase64String("hash", hash.ToBytes());
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
