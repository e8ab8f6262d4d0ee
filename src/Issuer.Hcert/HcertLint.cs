using System.Globalization;

namespace Issuer.Hcert;

/// <summary>
/// What must hold of the exact bytes before they are signed: the strict half of "tolerant reader, strict writer".
/// The bytes are read back by the reader for foreign codes, so nothing of the writer is taken on trust.
/// </summary>
public static class HcertLint
{
    const int MaxText = 80;

    // Places where the calendar day is a day ahead of UTC: a dose of today must not look like one of tomorrow.
    static readonly TimeSpan FurthestZone = TimeSpan.FromHours(14);

    /// <summary>All faults of a Sig_structure, given what it is meant to say and who is to sign it.</summary>
    /// <param name="toBeSigned">As <see cref="CoseSign1.ToBeSigned"/> makes it.</param>
    /// <param name="intended">The claims it was made from.</param>
    /// <param name="dsc">The DSC whose key will sign.</param>
    /// <returns>Empty when it may be signed.</returns>
    public static IReadOnlyList<string> Faults(ReadOnlySpan<byte> toBeSigned, Cwt intended, Dsc dsc)
    {
        // The reader knows whole certificates only: a signature of zeros, of the right length, stands in.
        byte[] cose;
        try
        {
            cose = CoseSign1.Assemble(toBeSigned, new byte[CoseSign1.Es256SignatureLength]);
        }
        catch (ArgumentException)
        {
            return ["not a Sig_structure"];
        }
        return HcertReader.TryReadCose(cose, out var hcert, out var fault)
            ? Faults(hcert, intended, dsc)
            : [$"{fault.Layer}: {fault.Text}"];
    }

    /// <summary>The same of a certificate that has been read back.</summary>
    internal static List<string> Faults(DecodedHcert hcert, Cwt intended, Dsc dsc)
    {
        var faults = new List<string>();
        CheckIntent(faults, hcert, intended);
        CheckDsc(faults, hcert, dsc);
        faults.AddRange(DccSchema.Faults(hcert));
        CheckTexts(faults, intended.Dcc);
        if (hcert.Dcc.Entry is VaccinationEntry entry)
        {
            CheckVaccination(faults, entry, hcert);
        }
        else
        {
            faults.Add("v: only vaccinations are issued");
        }
        return faults;
    }

    static void CheckIntent(List<string> faults, DecodedHcert hcert, Cwt intended)
    {
        Require(faults, hcert.Issuer == intended.Issuer, "iss: not what was intended");
        Require(faults, hcert.IssuedAt == intended.IssuedAt, "iat: not what was intended, or not a whole second");
        Require(faults, hcert.ExpiresAt == intended.ExpiresAt, "exp: not what was intended, or not a whole second");
        Require(faults, hcert.Dcc == intended.Dcc, "dcc: not what was intended");
        // The reader forgives; the same bytes again prove that nothing was there for it to forgive.
        Require(
            faults,
            intended is { Issuer: not null, Dcc.Entry: VaccinationEntry }
                && CwtWriter.Write(intended).AsSpan().SequenceEqual(hcert.Message.Payload),
            "payload: not the bytes that the writer makes of what was intended");
        Require(faults, hcert.IssuedAt < hcert.ExpiresAt, "exp: not after iat");
        Require(
            faults,
            hcert.Issuer is { Length: 2 } issuer && issuer.All(char.IsAsciiLetterUpper),
            "iss: not an alpha-2 country");
    }

    static void CheckDsc(List<string> faults, DecodedHcert hcert, Dsc dsc)
    {
        var headers = hcert.Message;
        Require(
            faults,
            headers.Protected.Pairs.Length == 2 && headers.Unprotected.Pairs.IsEmpty,
            "header: more or less than alg and kid");
        Require(faults, hcert.Kid == dsc.Kid, "kid: not the DSC's");
        Require(faults, hcert.Algorithm == dsc.Algorithm, "alg: not that of the DSC's key");
        Require(faults, !dsc.HasWeakKey, "DSC: its RSA key is below 2048 bits");
        Require(faults, dsc.Allows(hcert.Dcc.Entry), "DSC: may not sign this kind of entry");
        Require(faults, dsc.Country is null || dsc.Country == hcert.Issuer, "DSC: of another country than iss");
        Require(faults, hcert.IssuedAt >= dsc.NotBefore, "iat: before the DSC's validity");
        Require(faults, hcert.ExpiresAt <= dsc.NotAfter, "exp: after the DSC's validity");
    }

    static void CheckTexts(List<string> faults, Dcc dcc)
    {
        var (name, entry) = (dcc.Name, dcc.Entry);
        ReadOnlySpan<(string Path, string? Text)> texts =
        [
            ("nam.fn", name.FamilyName), ("nam.gn", name.GivenName), ("is", entry.Issuer),
        ];
        foreach (var (path, text) in texts)
        {
            Require(faults, text is null || IsClean(text), $"{path}: empty, not NFC, or in need of cleaning");
        }
        Require(faults, dcc.Version == Dcc.CurrentVersion, "ver: not the version written here");
        Require(
            faults,
            !string.IsNullOrEmpty(name.StandardisedFamilyName) || !string.IsNullOrEmpty(name.StandardisedGivenName),
            "nam: no standardised name at all");
        Require(faults, Uvci.TryParse(entry.CertificateIdentifier, out _), "ci: not one of this issuer's, or misspelt");
    }

    static void CheckVaccination(List<string> faults, VaccinationEntry entry, DecodedHcert hcert)
    {
        Require(faults, entry.Disease == DccEntry.Covid19, "v.tg: not in the value set");
        if (hcert.IssuedAt is { } issuedAt)
        {
            var latest = DateOnly.FromDateTime(issuedAt.UtcDateTime + FurthestZone);
            Require(faults, entry.Date <= latest, "v.dt: after the day of issue");
            faults.AddRange(ValueSets.TripleFaults(
                entry.Product, entry.Holder, entry.Prophylaxis, DateOnly.FromDateTime(issuedAt.UtcDateTime)));
        }
        // Dates as text compare like dates, and a birth date known in part is never after the dose it precedes.
        var date = entry.Date.ToString("O", CultureInfo.InvariantCulture);
        Require(faults, string.CompareOrdinal(hcert.Dcc.DateOfBirth, date) <= 0, "dob: after the vaccination");
    }

    static bool IsClean(string text) => text.Length > 0 && text.Length <= MaxText && text.Trim() == text
        && CanonicalText.IsNfc(text) && !text.Any(char.IsControl);

    static void Require(List<string> faults, bool condition, string fault)
    {
        if (!condition)
        {
            faults.Add(fault);
        }
    }
}
