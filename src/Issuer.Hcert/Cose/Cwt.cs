using System.Formats.Cbor;
using System.Globalization;

namespace Issuer.Hcert;

/// <summary>
/// The claims set of a certificate (RFC 8392; hcert_spec.md 3.3). Valid at t when iat ≤ t &lt; exp. Times are written
/// as whole seconds, so a fraction is lost.
/// </summary>
/// <param name="Issuer">Claim 1, ISO 3166-1 alpha-2; may be null in what others write.</param>
/// <param name="IssuedAt">Claim 6.</param>
/// <param name="ExpiresAt">Claim 4.</param>
/// <param name="Dcc">Claim -260, key 1.</param>
public sealed record Cwt(string? Issuer, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, Dcc Dcc);

/// <summary>The numbers of the claims (hcert_spec.md 3.3).</summary>
static class CwtClaim
{
    public const int Issuer = 1;
    public const int ExpiresAt = 4;
    public const int IssuedAt = 6;
    public const int Hcert = -260;
    public const int EuDccV1 = 1;
}

/// <summary>Writes the claims of a vaccination: definite lengths, integer times, no nulls, no empty fields.</summary>
public static class CwtWriter
{
    /// <summary>The CBOR bytes, the payload of a COSE_Sign1. The same claims give the same bytes.</summary>
    /// <exception cref="ArgumentException">No issuer, or the entry is not a vaccination.</exception>
    public static byte[] Write(Cwt cwt)
    {
        var cbor = new CborWriter(CborConformanceMode.Strict, initialCapacity: 512);
        cbor.WriteStartMap(4);
        cbor.WriteInt32(CwtClaim.Issuer);
        cbor.WriteTextString(cwt.Issuer ?? throw new ArgumentException("An issuer is needed.", nameof(cwt)));
        cbor.WriteInt32(CwtClaim.ExpiresAt);
        cbor.WriteInt64(cwt.ExpiresAt.ToUnixTimeSeconds());
        cbor.WriteInt32(CwtClaim.IssuedAt);
        cbor.WriteInt64(cwt.IssuedAt.ToUnixTimeSeconds());
        cbor.WriteInt32(CwtClaim.Hcert);
        cbor.WriteStartMap(1);
        cbor.WriteInt32(CwtClaim.EuDccV1);
        WriteDcc(cbor, cwt.Dcc);
        cbor.WriteEndMap();
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    static void WriteDcc(CborWriter cbor, Dcc dcc)
    {
        if (dcc.Entry is not VaccinationEntry entry)
        {
            throw new ArgumentException("Only vaccinations are written.", nameof(dcc));
        }
        cbor.WriteStartMap(4);
        cbor.WriteTextString("v");
        cbor.WriteStartArray(1);
        WriteVaccination(cbor, entry);
        cbor.WriteEndArray();
        WriteText(cbor, "dob", dcc.DateOfBirth);
        cbor.WriteTextString("nam");
        WriteName(cbor, dcc.Name);
        WriteText(cbor, "ver", dcc.Version);
        cbor.WriteEndMap();
    }

    static void WriteVaccination(CborWriter cbor, VaccinationEntry entry)
    {
        cbor.WriteStartMap(10);
        WriteText(cbor, "ci", entry.CertificateIdentifier);
        WriteText(cbor, "co", entry.Country);
        WriteNumber(cbor, "dn", entry.DoseNumber);
        WriteText(cbor, "dt", entry.Date.ToString("O", CultureInfo.InvariantCulture));
        WriteText(cbor, "is", entry.Issuer);
        WriteText(cbor, "ma", entry.Holder);
        WriteText(cbor, "mp", entry.Product);
        WriteNumber(cbor, "sd", entry.SeriesDoses);
        WriteText(cbor, "tg", entry.Disease);
        WriteText(cbor, "vp", entry.Prophylaxis);
        cbor.WriteEndMap();
    }

    static void WriteName(CborWriter cbor, PersonName name)
    {
        ReadOnlySpan<(string Key, string? Text)> parts =
        [
            ("fn", name.FamilyName),
            ("gn", name.GivenName),
            ("fnt", name.StandardisedFamilyName),
            ("gnt", name.StandardisedGivenName),
        ];
        var count = 0;
        foreach (var part in parts)
        {
            count += part.Text is null ? 0 : 1;
        }
        cbor.WriteStartMap(count);
        foreach (var (key, text) in parts)
        {
            if (text is not null)
            {
                WriteText(cbor, key, text);
            }
        }
        cbor.WriteEndMap();
    }

    static void WriteText(CborWriter cbor, string key, string text)
    {
        cbor.WriteTextString(key);
        cbor.WriteTextString(text);
    }

    static void WriteNumber(CborWriter cbor, string key, int number)
    {
        cbor.WriteTextString(key);
        cbor.WriteInt32(number);
    }
}
