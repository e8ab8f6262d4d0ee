using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Issuer.Core.Pki;

namespace Issuer.Storage.Pki;

/// <summary>
/// A directory of keys (<c>NAME.key</c>: PKCS#8 in PEM, unencrypted, for the owner's eyes only) and of CSCAs and DSCs
/// (<c>NAME.pem</c>). What is written is durable when the call returns, and is never overwritten: a lost key is a lost
/// DSC. Whoever can read the directory can sign; production keeps it out of the web process (design.md 4.7).
/// </summary>
/// <param name="directory">Made when something is first written.</param>
/// <param name="development">Whether keys of <c>keys-dev</c>, and keys that no ceremony made, may be used.</param>
public sealed partial class KeyFiles(string directory, bool development)
{
    public const string AnchorName = "anchor";

    const string PrivateKeyLabel = "PRIVATE KEY";

    /// <summary>The line above a key that a program in Development made for itself.</summary>
    const string MadeInDevelopment = "Made in Development, without a ceremony\n";

    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode Everyone = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Adding the same key again does nothing.</summary>
    /// <exception cref="KeyRefusedException">Another key has that name, or a development key.</exception>
    public void AddKey(string name, SigningKey key)
    {
        if (!development && DevelopmentKeys.IsOne(key.PublicKey.ExportSubjectPublicKeyInfo()))
        {
            throw EverybodyHas(name);
        }
        Create(name, key, "");
    }

    /// <summary>Adds a key that no ceremony made: its file says so, and it is refused outside Development.</summary>
    /// <exception cref="KeyRefusedException">Another key has that name, or this is not Development.</exception>
    public void AddDevelopmentKey(string name, SigningKey key)
    {
        if (!development)
        {
            throw MadeElsewhere(name);
        }
        Create(name, key, MadeInDevelopment);
    }

    void Create(string name, SigningKey key, string above)
    {
        var pkcs8 = key.ToPkcs8();
        var pem = Encoding.ASCII.GetBytes($"{above}{PemEncoding.WriteString(PrivateKeyLabel, pkcs8)}\n");
        Create(PathOf(name, ".key"), pem, OwnerOnly);
        CryptographicOperations.ZeroMemory(pem);
        CryptographicOperations.ZeroMemory(pkcs8);
    }

    /// <summary>Adding the same certificate again does nothing.</summary>
    /// <exception cref="KeyRefusedException">Another certificate has that name.</exception>
    public void AddCertificate(string name, ReadOnlySpan<byte> der) => Create(
        PathOf(name, ".pem"), Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", der) + "\n"), Everyone);

    /// <summary>The caller disposes it.</summary>
    /// <exception cref="KeyRefusedException">No such key, no PKCS#8 in PEM, or a development key.</exception>
    public SigningKey ReadKey(string name)
    {
        var pem = Read(PathOf(name, ".key"));
        if (!development && pem.AsSpan().StartsWith(Encoding.ASCII.GetBytes(MadeInDevelopment)))
        {
            throw MadeElsewhere(name);
        }
        var key = ParseKey(pem, name);
        if (!development && DevelopmentKeys.IsOne(key.PublicKey.ExportSubjectPublicKeyInfo()))
        {
            key.Dispose();
            throw EverybodyHas(name);
        }
        return key;
    }

    /// <summary>The DER of a CSCA, DSC or trust anchor.</summary>
    /// <exception cref="KeyRefusedException">No such certificate, or none that can be read.</exception>
    public byte[] ReadCertificate(string name)
    {
        var path = PathOf(name, ".pem");
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(Read(path));
            return certificate.RawData;
        }
        catch (CryptographicException e)
        {
            throw new KeyRefusedException($"{path} is not a certificate: {e.Message}", e);
        }
    }

    /// <summary>The trust anchor, of its certificate and its key, which it owns from now on.</summary>
    /// <exception cref="KeyRefusedException">No such certificate, or it is another key's.</exception>
    public TrustAnchor ReadAnchor(SigningKey key)
    {
        try
        {
            return new TrustAnchor(ReadCertificate(AnchorName), key);
        }
        catch (ArgumentException e)
        {
            key.Dispose();
            throw new KeyRefusedException(
                $"The key is not that of {AnchorName}.pem: an anchor is replaced with both.", e);
        }
    }

    /// <summary>Names of all certificates that begin with <paramref name="prefix"/>, in ordinal order.</summary>
    public IReadOnlyList<string> CertificateNames(string prefix = "") => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, $"{prefix}*.pem")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)]
        : [];

    public bool HasKey(string name) => File.Exists(PathOf(name, ".key"));

    internal static SigningKey ParseKey(byte[] pem, string name)
    {
        try
        {
            var text = Encoding.UTF8.GetString(pem);
            var fields = PemEncoding.Find(text);
            if (text[fields.Label] != PrivateKeyLabel)
            {
                throw new KeyRefusedException($"The key {name} is not unencrypted PKCS#8 in PEM.");
            }
            return SigningKey.FromPkcs8(Convert.FromBase64String(text[fields.Base64Data]));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new KeyRefusedException($"The key {name} cannot be read: {e.Message}", e);
        }
    }

    static KeyRefusedException EverybodyHas(string name) =>
        new($"{name} is a development key, which everybody has: refused here.");

    static KeyRefusedException MadeElsewhere(string name) =>
        new($"{name} is a key that was made in Development, without a ceremony: refused here.");

    void Create(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }
        if (!DurableFile.TryCreate(path, content, mode) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            throw new KeyRefusedException($"{path} exists with other content and is not overwritten.");
        }
    }

    internal static byte[] Read(string path) =>
        File.Exists(path) ? File.ReadAllBytes(path) : throw new KeyRefusedException($"There is no {path}.");

    /// <summary>Names come from the command line and the store; none leads out of the directory.</summary>
    string PathOf(string name, string extension) => GoodName().IsMatch(name)
        ? Path.Combine(Path.GetFullPath(directory), name + extension)
        : throw new KeyRefusedException("A key's name is 1 to 100 of A–Z, a–z, 0–9, '-', '_' and '.', no dot first.");

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex GoodName();
}
