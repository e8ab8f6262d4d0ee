using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Issuer.Hcert;
using Issuer.Verification.X509;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// A DID trust list as the WHO publishes it (standards/who-gdhcn-icvp.md A.6), version 1 or 2, believed under pinned
/// anchors only. A key is the certificate <c>x5c[0]</c> and nothing else: coordinates, kid and everything unknown are
/// not looked at, and references to other documents are not followed.
/// </summary>
public static class ReadDidTrustList
{
    /// <summary>Reads a list; never throws on what it is given.</summary>
    /// <param name="json">UTF-8, with or without a BOM.</param>
    /// <param name="anchor">
    /// The key of the document's proof (PEM, DER or DID document), or CSCAs in PEM, each of which vouches for its DSCs.
    /// </param>
    public static TrustListReading From(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> anchor)
    {
        using var pinned = DidAnchor.Read(anchor);
        if (pinned is null)
        {
            return Refused("The anchor is not a certificate, public key or DID document.");
        }
        if (json.Length > ReadTrustList.LongestFile)
        {
            return Refused($"The trust list is longer than {ReadTrustList.LongestFile} bytes.");
        }
        try
        {
            using var document = JsonDocument.Parse(
                ReadTrustList.WithoutBom(json), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("verificationMethod", out var methods)
                || methods.ValueKind != JsonValueKind.Array || methods.GetArrayLength() > ReadTrustList.MostItems)
            {
                return Refused($"The trust list is not a DID document of at most {ReadTrustList.MostItems} keys.");
            }
            return pinned.ProofKeys.Count > 0 && !pinned.ProofKeys.Any(key => DidProof.Verifies(root, key))
                ? Refused("The proof is not the anchor's.")
                : Read(methods, pinned, CreatedOf(root));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Refused("The trust list is not JSON.");
        }
    }

    static TrustListReading Read(JsonElement methods, DidAnchor pinned, DateTimeOffset? created)
    {
        List<byte[]> dscs = [];
        List<byte[]> cscas = [];
        List<DisbelievedItem> disbelieved = [];
        foreach (var (index, method) in methods.EnumerateArray().Index())
        {
            var (der, isCsca, why) = DidEntryCheck.Check(method, pinned);
            if (why is null)
            {
                (isCsca ? cscas : dscs).Add(der);
            }
            else
            {
                disbelieved.Add(new DisbelievedItem(index, why, DidEntryCheck.NameOf(method, der)));
            }
        }
        return new TrustListReading(dscs, cscas, disbelieved)
        {
            Listed = created is { } since ? dscs.Concat(cscas).ToDictionary(der => der, _ => since) : [],
        };
    }

    /// <summary>When the proof was made: all that a document says of its age.</summary>
    static DateTimeOffset? CreatedOf(JsonElement root) =>
        root.TryGetProperty("proof", out var proof) && proof.ValueKind == JsonValueKind.Object
        && proof.TryGetProperty("created", out var created) && created.ValueKind == JsonValueKind.String
            ? TrustListItem.TimeOf(created.GetString()) : null;

    static TrustListReading Refused(string why) => new([], [], [], why);
}

/// <summary>Whether one key of a DID document is believed.</summary>
static class DidEntryCheck
{
    const int LongestBase64 = 32 * 1024;
    const int LongestName = 200;

    /// <summary>Whose key it is, as far as there is a certificate, and what it calls itself, for people.</summary>
    public static string? NameOf(JsonElement method, byte[] der)
    {
        if (der.Length == 0)
        {
            return NameOf(method);
        }
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        var key = TrustListItem.NameOf(SubjectNames.CountryOf(certificate.SubjectName), Kid.OfDsc(der).ToString());
        return NameOf(method) is { } name ? $"{key}, {name}" : key;
    }

    static string? NameOf(JsonElement method) => method.ValueKind switch
    {
        JsonValueKind.String => Bounded(method.GetString()!),
        JsonValueKind.Object => Text(method, "id") is { } id ? Bounded(id) : null,
        _ => null,
    };

    /// <summary>The DER of the key's certificate and its kind, or the reason why not.</summary>
    public static (byte[] Der, bool IsCsca, string? Why) Check(JsonElement method, DidAnchor pinned)
    {
        if (method.ValueKind == JsonValueKind.String)
        {
            return No("a reference: it is not followed");
        }
        if (method.ValueKind != JsonValueKind.Object || Text(method, "type") != "JsonWebKey2020")
        {
            return No("not a JsonWebKey2020");
        }
        if (CodeOf(method, "domain") is { } domain && domain is not "#DCC")
        {
            return No($"of the domain {Bounded(domain)}");
        }
        if (FirstOfChain(method) is not { } der)
        {
            return No("without a readable x5c[0]");
        }
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            var isCa = CertificateUse.IsCa(certificate);
            var why = certificate.RawDataMemory.Span.SequenceEqual(der)
                ? WhyNot(CodeOf(method, "keyusage"), isCa) ?? NotVouchedFor(certificate, isCa, pinned)
                : "x5c[0] is not plain DER";
            return (der, isCa, why);
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return No("x5c[0] is not an X.509 certificate");
        }
    }

    static string? WhyNot(string? usage, bool isCa) => usage switch
    {
        "#DSC" => isCa ? "a DSC that is a CA" : null,
        "#CSCA" or "#SCA" => isCa ? null : "a CSCA that is not a CA",
        null => null, // version 1 does not say
        _ => $"of the key usage {Bounded(usage)}",
    };

    /// <summary>
    /// Under a proof the document vouches; otherwise a DSC's signature by a pinned CSCA does, which speaks for its own
    /// country and no other.
    /// </summary>
    static string? NotVouchedFor(X509Certificate2 certificate, bool isCa, DidAnchor pinned)
    {
        if (pinned.ProofKeys.Count > 0)
        {
            return null;
        }
        if (isCa)
        {
            return pinned.Cscas.Any(csca => csca.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))
                ? null : "a CSCA that is not pinned";
        }
        var issuers = pinned.Cscas.Where(csca => IssuerSignature.Holds(certificate, csca)).ToList();
        return issuers.Count == 0 ? "not signed by a pinned CSCA"
            : issuers.Any(csca => IsOfOneCountry(csca, certificate)) ? null
            : "signed by a pinned CSCA of another country";
    }

    static bool IsOfOneCountry(X509Certificate2 csca, X509Certificate2 dsc) =>
        SubjectNames.CountryOf(csca.SubjectName) is { } country && country == SubjectNames.CountryOf(dsc.SubjectName);

    static byte[]? FirstOfChain(JsonElement method) =>
        method.TryGetProperty("publicKeyJwk", out var jwk) && jwk.ValueKind == JsonValueKind.Object
        && jwk.TryGetProperty("x5c", out var chain) && chain.ValueKind == JsonValueKind.Array
        && chain.GetArrayLength() > 0
        && chain[0].ValueKind == JsonValueKind.String && chain[0].GetString() is { Length: <= LongestBase64 } text
        && Base64.IsValid(text) ? Convert.FromBase64String(text) : null;

    static string? CodeOf(JsonElement method, string member) =>
        method.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Object
            ? Text(value, "code") ?? "?" : null;

    static string? Text(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Foreign text that goes to somebody's terminal.</summary>
    static string Bounded(string text) =>
        string.Concat(text.Take(LongestName).Select(c => c is > '\u001F' and < '\u007F' ? c : '?'));

    static (byte[] Der, bool IsCsca, string? Why) No(string why) => ([], false, why);
}
