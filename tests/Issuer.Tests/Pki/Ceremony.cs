using System.Diagnostics;
using Issuer.Core.Pki;

namespace Issuer.Tests.Pki;

/// <summary>A CSCA, its DSCs and the anchor that signs the lists of them, made for one test.</summary>
sealed class Ceremony : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public Ceremony(KeyKind kind = KeyKind.P256)
    {
        CscaKey = SigningKey.Create(kind);
        Csca = CreateCsca.SelfSigned(Named("CSCA Vietnam 1"), CscaKey, Now);
    }

    public SigningKey CscaKey { get; }

    public Csca Csca { get; }

    public TrustAnchor Anchor { get; } = NewAnchor();

    public static TrustAnchor NewAnchor(KeyKind kind = KeyKind.P256) =>
        TrustAnchor.SelfSigned("VN", "Bộ Y tế", SigningKey.Create(kind), Now);

    public static X509Name Named(string commonName) => new("VN", "Bộ Y tế", commonName);

    public byte[] Dsc(SigningKey key, DateTimeOffset? from = null, DateTimeOffset? to = null, string name = "DSC 1")
    {
        var outcome = IssueDsc.From(
            RequestDsc.For(Named(name), key), Csca, CscaKey, from ?? Now, to ?? Now.AddYears(2), []);
        Assert.Null(outcome.Rejection);
        return outcome.Value!;
    }

    public OwnDsc OwnDsc(
        DateTimeOffset? from = null, DateTimeOffset? to = null, string? facility = null, bool withdrawn = false)
    {
        using var key = SigningKey.Create(KeyKind.P256);
        return new OwnDsc(Dsc(key, from, to), "dsc", facility, withdrawn);
    }

    public void Dispose()
    {
        Anchor.Dispose();
        Csca.Dispose();
        CscaKey.Dispose();
    }
}

/// <summary>A foreign eye on what we make.</summary>
static class OpenSsl
{
    public static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }
}

/// <summary>A folder that goes with the test.</summary>
sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("issuer-").FullName;

    public string File(string name, ReadOnlySpan<byte> content)
    {
        var path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
