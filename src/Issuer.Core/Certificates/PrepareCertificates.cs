using System.Security.Cryptography;
using System.Text;
using Issuer.Core.Pki;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>A DSC as both sides see it: the key's name for the signer, the verifier's view for the checks.</summary>
public sealed record SigningDsc(OwnDsc Own, Dsc Verifier);

/// <summary>Everything a preparation needs besides the decision.</summary>
public sealed record PreparationContext(
    CertificationPolicy Policy, ValidityPolicy Validity, RegenerationMoments Moments, SigningPolicy Signing,
    IReadOnlyList<SigningDsc> Dscs, DateTimeOffset Now)
{
    /// <summary>
    /// Until then certificates may end with the DSC when none outlives them; null: two people did not allow it.
    /// </summary>
    public DateTimeOffset? ShortenedUntil { get; init; }

    public bool AllowsShortened => ShortenedUntil > Now;
}

/// <summary>
/// Step 6: chooses the DSC, mints the UVCI, sets iat and exp, builds the exact bytes to be signed and lints them. Pure:
/// time, slot and random bytes come in.
/// </summary>
public static class PrepareCertificates
{
    /// <summary>
    /// What the certificate would say, without identifier and times: equal content needs no successor.
    /// </summary>
    public static byte[] ContentDigest(DueSubject subject, Entitlement entitlement, CertificationPolicy policy)
    {
        var identity = subject.Identity;
        return DigestOf(identity.FamilyName, identity.GivenName, identity.DateOfBirth.ToString(),
            entitlement.Product.Code, entitlement.DoseNumber, entitlement.SeriesDoses,
            entitlement.LastDose.VaccinatedOn, policy.Issuer);
    }

    /// <summary>Whether a certificate says what the digest was made of.</summary>
    internal static bool Says(Dcc dcc, VaccinationEntry entry, ReadOnlySpan<byte> contentDigest)
    {
        // Of a single name nobody can tell any more which of the two it was decided as.
        return Of(dcc.Name.FamilyName ?? "", dcc.Name.GivenName ?? "").AsSpan().SequenceEqual(contentDigest)
            || (dcc.Name.GivenName is null
                && Of("", dcc.Name.FamilyName ?? "").AsSpan().SequenceEqual(contentDigest));

        byte[] Of(string familyName, string givenName) => DigestOf(
            familyName, givenName, dcc.DateOfBirth, entry.Product, entry.DoseNumber, entry.SeriesDoses, entry.Date,
            entry.Issuer);
    }

    /// <summary>Why a new decision leads to a successor; null: it has no predecessor.</summary>
    public static SuccessionCause? CauseOf(LineageHead? lineage, Entitlement entitlement) => lineage switch
    {
        { Current: not null, Merged: true } => SuccessionCause.Merged,
        { Current: not null, DoseNumber: { } before } when entitlement.DoseNumber > before => SuccessionCause.NewDose,
        // Fewer doses by a correction are a correction.
        { Current: not null, DoseNumber: { } before, Revocation.Reason: RevocationReason.RecordWithdrawn }
            when entitlement.DoseNumber < before => SuccessionCause.DoseWithdrawn,
        { Current: not null } => SuccessionCause.Corrected,
        _ => null,
    };

    /// <param name="cause">Why it follows its predecessor; null when it has none.</param>
    /// <returns>The prepared certificate, or what the lint found.</returns>
    public static (PreparedCertificate? Prepared, IReadOnlyList<string> LintFaults) Prepare(
        DueSubject subject, Entitlement entitlement, SuccessionCause? cause, SigningDsc dsc, DateTimeOffset expiresAt,
        Slot slot, byte[] random, PreparationContext context)
    {
        var policy = context.Policy;
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(context.Now.ToUnixTimeSeconds());
        var uvci = Uvci.Mint(slot, random, policy.Country);
        var cwt = new Cwt(policy.Country, issuedAt, expiresAt, ContentOf(subject, entitlement, uvci, policy));
        var toBeSigned = CoseSign1.ToBeSigned(dsc.Own.Algorithm, dsc.Own.Kid, CwtWriter.Write(cwt));
        var faults = HcertLint.Faults(toBeSigned, cwt, dsc.Verifier);
        if (faults.Count > 0)
        {
            return (null, faults);
        }
        return (
            new PreparedCertificate(
                slot, random, subject, cause, dsc, cwt, toBeSigned, ContentDigest(subject, entitlement, policy)),
            []);
    }

    static byte[] DigestOf(
        string familyName, string givenName, string dateOfBirth, string product, int doseNumber, int seriesDoses,
        DateOnly vaccinatedOn, string issuer)
    {
        var content = string.Join('\u001f', familyName, givenName, dateOfBirth, product, doseNumber, seriesDoses,
            vaccinatedOn.DayNumber, issuer);
        return SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 16).ToArray();
    }

    static Dcc ContentOf(DueSubject subject, Entitlement entitlement, Uvci uvci, CertificationPolicy policy) =>
        new(Dcc.CurrentVersion, NameOf(subject.Identity.FamilyName, subject.Identity.GivenName),
            subject.Identity.DateOfBirth.ToString(),
            new VaccinationEntry
            {
                Disease = policy.Disease,
                Country = policy.Country,
                Issuer = policy.Issuer,
                CertificateIdentifier = uvci.ToString(),
                Prophylaxis = entitlement.Product.Prophylaxis,
                Product = entitlement.Product.Code,
                Holder = entitlement.Product.Holder,
                DoseNumber = entitlement.DoseNumber,
                SeriesDoses = entitlement.SeriesDoses,
                Date = entitlement.LastDose.VaccinatedOn,
            });

    /// <summary>A single name, or one that nobody split, is the family name: <c>fnt</c> is the required one.</summary>
    static PersonName NameOf(string familyName, string givenName) => (familyName.Length, givenName.Length) switch
    {
        ( > 0, > 0) => new PersonName(
            familyName, givenName, StandardisedName.Of(familyName), StandardisedName.Of(givenName)),
        (0, _) => new PersonName(givenName, null, StandardisedName.Of(givenName), null),
        _ => new PersonName(familyName, null, StandardisedName.Of(familyName), null),
    };
}
