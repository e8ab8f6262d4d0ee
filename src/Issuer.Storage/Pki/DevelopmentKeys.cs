using System.Security.Cryptography;
using Issuer.Core.Pki;

namespace Issuer.Storage.Pki;

/// <summary>
/// The throw-away keys of <c>keys-dev/</c>, which everybody has. They are known by the fingerprints of their public
/// keys, so that a copy under another name is refused too. A program outside a checkout makes its own.
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

    /// <summary>
    /// One of the four as a store has it: its own, that of <c>keys-dev</c> in a checkout, else one that is made now
    /// and kept among the store's. The caller disposes it.
    /// </summary>
    public static SigningKey Of(KeyFiles files, string name) => Of(files, name, FindFolder(AppContext.BaseDirectory));

    /// <param name="files">Of a store in Development.</param>
    /// <param name="name">One of the four.</param>
    /// <param name="folder"><c>keys-dev</c>; null outside a checkout.</param>
    internal static SigningKey Of(KeyFiles files, string name, string? folder)
    {
        if (files.HasKey(name))
        {
            return files.ReadKey(name);
        }
        if (folder is not null)
        {
            return Read(name);
        }
        using var made = SigningKey.Create(KeyKind.P256);
        try
        {
            files.AddDevelopmentKey(name, made);
        }
        catch (KeyRefusedException) when (files.HasKey(name))
        {
            // Another program was first.
        }
        return files.ReadKey(name);
    }

    /// <summary>The key of the anchor that a store has: its own, else that of <c>keys-dev</c>.</summary>
    /// <exception cref="KeyRefusedException">Neither is there, or there is another key.</exception>
    public static SigningKey OfAnchor(KeyFiles files) =>
        files.HasKey(KeyFiles.AnchorName) ? files.ReadKey(KeyFiles.AnchorName) : Read(Anchor);

    /// <summary>Null outside a checkout.</summary>
    public static SigningKey? TryRead(string name) => FindFolder(AppContext.BaseDirectory) is null ? null : Read(name);

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
    internal static string Folder() => FindFolder(AppContext.BaseDirectory)
        ?? throw new KeyRefusedException($"There is no folder keys-dev at or above {AppContext.BaseDirectory}.");

    internal static string? FindFolder(string from)
    {
        for (var at = new DirectoryInfo(from); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "keys-dev");
            if (File.Exists(Path.Combine(folder, $"{Dsc}.key")))
            {
                return folder;
            }
        }
        return null;
    }
}
