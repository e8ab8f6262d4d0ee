using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>
/// Step 8 for what an earlier round reserved: the only way from stored bytes to something that can be signed. The bytes
/// were out of our hands meanwhile, so they are linted again, and must say what the row beside them says: the
/// identifier of its slot, its content, its times.
/// </summary>
static class ResumeIntent
{
    /// <summary>Made by <see cref="Lint"/> alone.</summary>
    public sealed class Linted
    {
        Linted(StoredIntent stored, byte[] toBeSigned, SigningDsc dsc) =>
            (Stored, ToBeSigned, Dsc) = (stored, toBeSigned, dsc);

        public StoredIntent Stored { get; }

        /// <summary>A copy of our own, which nobody has changed since the lint.</summary>
        public ReadOnlyMemory<byte> ToBeSigned { get; }

        public SigningDsc Dsc { get; }

        /// <returns>The intent, or every reason not to sign it.</returns>
        public static (Linted? Intent, IReadOnlyList<string> Faults) Lint(StoredIntent stored, SigningDsc dsc)
        {
            var toBeSigned = stored.ToBeSigned.ToArray();
            var faults = FaultsOf(stored, toBeSigned, dsc);
            return faults.Count == 0 ? (new Linted(stored, toBeSigned, dsc), []) : (null, faults);
        }
    }

    static IReadOnlyList<string> FaultsOf(StoredIntent stored, byte[] toBeSigned, SigningDsc dsc)
    {
        if (Read(toBeSigned) is not { } cwt)
        {
            return ["the stored bytes cannot be read"];
        }
        if (HcertLint.Faults(toBeSigned, cwt, dsc.Verifier) is { Count: > 0 } broken)
        {
            return broken;
        }
        var entry = (VaccinationEntry)cwt.Dcc.Entry;
        var faults = new List<string>();
        if (stored.Kid != dsc.Own.Kid.ToString())
        {
            faults.Add("kid: not the stored one");
        }
        if (cwt.IssuedAt != stored.IssuedAt || cwt.ExpiresAt != stored.ExpiresAt)
        {
            faults.Add("iat, exp: not the stored ones");
        }
        if (stored.Random.Length != Uvci.RandomLength
            || entry.CertificateIdentifier != Uvci.Mint(stored.Slot, stored.Random, cwt.Issuer!).ToString())
        {
            faults.Add("ci: not that of the slot");
        }
        if (!PrepareCertificates.Says(cwt.Dcc, entry, stored.ContentDigest))
        {
            faults.Add("content: not what was decided");
        }
        return faults;
    }

    static Cwt? Read(byte[] toBeSigned)
    {
        try
        {
            // The reader takes whole certificates: a signature of zeros stands in, nothing here is verified.
            return HcertReader.TryReadCose(
                CoseSign1.Assemble(toBeSigned, new byte[CoseSign1.Es256SignatureLength]), out var hcert, out _)
                && hcert is { IssuedAt: { } issuedAt, ExpiresAt: { } expiresAt }
                ? new Cwt(hcert.Issuer, issuedAt, expiresAt, hcert.Dcc)
                : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
