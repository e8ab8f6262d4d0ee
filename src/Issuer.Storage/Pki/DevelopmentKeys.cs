using System.Security.Cryptography;
using Issuer.Core.Pki;

namespace Issuer.Storage.Pki;

/// <summary>
/// The throw-away keys of <c>keys-dev/</c>, which everybody has. They are known by the fingerprints of their public
/// keys, so that a copy under another name is refused too.
/// </summary>
public static class DevelopmentKeys
{
    public const string Csca = "csca";
    public const string Dsc = "dsc";
    public const string Anchor = "anchor";
    public const string Token = "token";

    /// <summary>SHA-256 of each SubjectPublicKeyInfo, as <c>keys-dev/remake.sh</c> prints them.</summary>
    static readonly HashSet<string> Fingerprints =
    [
        "7af7765b331e63c1af0ea91dd668dc2bbe1292c6745d77c1cf974838fdff6076", // anchor
        "efdad39dc0b17cc59cd76617457a488e0ade897a8f8ff77b1efeaa4e8de76c28", // csca
        "f63f7c54d1a1b0eba19413ebd6fdaf0af4038752cde3cc869ce7dd3ef90b3a59", // dsc
        "479284df5e864a6c5daeba527c5c6700d45f217b757cfda64f180c6714bb005e", // token
    ];

    /// <summary>Whether a public key (SubjectPublicKeyInfo, DER) is one of them.</summary>
    public static bool IsOne(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        Fingerprints.Contains(Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo)));

    /// <summary>One of the four, for a program in Development. The caller disposes it.</summary>
    /// <exception cref="KeyRefusedException">No folder <c>keys-dev</c>, or another key in it.</exception>
    public static SigningKey Read(string name)
    {
        var key = KeyFiles.ParseKey(KeyFiles.Read(Path.Combine(Folder(), $"{name}.key")), name);
        return IsOne(key.PublicKey.ExportSubjectPublicKeyInfo())
            ? key
            : throw new KeyRefusedException($"keys-dev/{name}.key is not the development key that this program knows.");
    }

    /// <summary>Beside the program, or above it when it runs from its build folder.</summary>
    internal static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "keys-dev");
            if (File.Exists(Path.Combine(folder, $"{Dsc}.key")))
            {
                return folder;
            }
        }
        throw new KeyRefusedException($"There is no folder keys-dev at or above {AppContext.BaseDirectory}.");
    }
}
