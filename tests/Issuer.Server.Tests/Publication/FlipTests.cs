using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Issuer.Benchmarks;
using Issuer.Core.Gateway;
using Issuer.Hcert;
using Issuer.Server.Features;
using Issuer.Server.Features.Pki;
using Issuer.Server.Hosting.Stores;
using Issuer.Server.Tests.Gateway;
using Issuer.Storage.Gateway;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Tests.Publication;

/// <summary>Whatever byte of a publication is changed on its way, a verifier does not go by it.</summary>
public sealed class FlipTests : IAsyncLifetime
{
    const int Flips = 100_000;
    const int Certificates = 60;
    const int RevokedOf = 4;

    readonly string directory = Directory.CreateTempSubdirectory("issuer-flips-").FullName;
    readonly SteppedClock clock = new(RunningService.Start);
    IssuerServices issuer = null!;
    byte[] anchor = null!;
    Dsc anchorKey = null!;
    Manifest manifest = null!;

    public async Task InitializeAsync()
    {
        issuer = await Opened.DevelopmentAsync(directory, clock);
        await issuer.Get<EnterStore>().RunAsync(default);
        await issuer.Get<ActiveDscs>().LoadAsync(default);
        await issuer.Get<GatewayStore>().ReplaceKeysAsync(
            KeySource.Gateway, [new Country("DE").Key()], issuer.Get<NationalClock>().Act("test"), default);
        await issuer.Get<GatewayStore>().AddBatchAsync(
            new ForeignBatch(
                "id", "DE", null, RevocationHashType.Uci, issuer.Get<NationalClock>().Now.AddDays(9),
                [RevocationHash.OfUvci("1")]),
            default);
        await BenchPublication.MakeAsync(issuer, Certificates, RevokedOf, default);
        anchor = Read(TrustListFiles.AnchorPath);
        using var own = issuer.Get<OwnAnchor>().Read();
        Assert.True(Dsc.TryParse(own.Der.Span, out var key, out _));
        anchorKey = key;
        manifest = ManifestOf(Read(Manifest.Path))!;
    }

    public async Task DisposeAsync()
    {
        await issuer.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void A_hundred_thousand_flipped_bytes_are_all_refused_by_signature_or_by_manifest()
    {
        string[] paths = [Manifest.Path, Bundle.Path, .. manifest.Files.Select(file => file.Path)];
        Assert.Contains(paths, path => path.EndsWith(".cms", StringComparison.Ordinal));
        Assert.Contains(paths, path => path.Contains("delta-", StringComparison.Ordinal));
        Assert.Contains(paths, TrustListFiles.IsForeign);
        Assert.Contains(paths, ForeignRevocations.IsFile);
        var files = Array.ConvertAll(paths, path => (Path: path, Content: Read(path)));
        Assert.All(files, file => Assert.True(IsBelieved(file.Path, file.Content), file.Path));
        var believed = new ConcurrentBag<string>();
        Parallel.For(0, Flips, number =>
        {
            var (path, content) = files[number % files.Length];
            var (at, flipped) = Flipped(content, number);
            if (IsBelieved(path, flipped))
            {
                believed.Add($"{path} at {at}: {content[at]:x2} to {flipped[at]:x2}");
            }
        });
        Assert.Empty(believed);
    }

    [Theory]
    [InlineData(".cose")]
    [InlineData(".body")]
    [InlineData(".jws")]
    [InlineData("batches/")]
    public void What_is_signed_by_itself_is_refused_without_the_manifest_too(string part)
    {
        foreach (var path in manifest.Files.Select(file => file.Path).Where(path =>
            path.Contains(part, StringComparison.Ordinal) && !path.EndsWith(".cms", StringComparison.Ordinal)))
        {
            var content = Read(path);
            Assert.True(IsVouchedFor(path, content), path);
            Parallel.For(
                0, 500, number => Assert.False(IsVouchedFor(path, Flipped(content, number * 7).Content), path));
        }
    }

    [Fact]
    public void Foreign_DSCs_are_believed_as_the_statement_names_them_and_not_otherwise()
    {
        var statement = ReadSignedList.Statement(
            Encoding.Latin1.GetString(Read(TrustListFiles.StatementPath)), anchor)!;
        var list = Read(TrustListFiles.ForeignPath(statement.Foreign!));
        Assert.Single(ReadSignedList.Foreign(statement, list).Dscs);
        Parallel.For(0, 2_000, number =>
            Assert.NotNull(ReadSignedList.Foreign(statement, Flipped(list, number).Content).Refusal));
    }

    [Fact]
    public void Of_a_changed_trust_list_no_other_key_is_believed()
    {
        var list = Read(TrustListFiles.EuPath);
        var keys = KeysOf(list);
        Assert.NotEmpty(keys);
        Parallel.For(0, 2_000, number => Assert.Subset(keys, KeysOf(Flipped(list, number).Content)));
    }

    HashSet<string> KeysOf(byte[] list) =>
        [.. ReadTrustList.From(list, anchor).Dscs.Select(Convert.ToHexStringLower)];

    /// <summary>Every byte in turn, each time by another change.</summary>
    static (int At, byte[] Content) Flipped(byte[] content, int number)
    {
        var chance = RevocationSample.Mix((ulong)number);
        var at = (int)(chance % (ulong)content.Length);
        byte[] flipped = [.. content];
        flipped[at] ^= (byte)(1 + ((chance >> 32) % 255));
        return (at, flipped);
    }

    /// <summary>By the manifest, which is believed by its signature; the bundle by its own.</summary>
    bool IsBelieved(string path, byte[] content) => path switch
    {
        Manifest.Path => ManifestOf(content) is not null,
        Bundle.Path => Bundle.Read(content, anchor, issuer.Get<NationalClock>().Now).Reading.Manifest is not null,
        _ => manifest.Files.Single(file => file.Path == path).IsOf(content),
    };

    Manifest? ManifestOf(byte[] content) => ReadManifest.From(
        Encoding.Latin1.GetString(content), Manifest.PublicationType, anchor, issuer.Get<NationalClock>().Now).Manifest;

    bool IsVouchedFor(string path, byte[] content) => Path.GetExtension(path) switch
    {
        ".cose" => ReadCompactList.Claims(content, anchorKey) is not null,
        ".body" => IsCompact(Read(Path.ChangeExtension(path, ".cose")), content),
        ".jws" => ReadSignedList.Statement(Encoding.Latin1.GetString(content), anchor) is not null,
        _ => IsSigned(content, Read(Path.ChangeExtension(path, ".cms"))),
    };

    /// <summary>As the platform has it; the gateway's reader is stricter.</summary>
    bool IsSigned(byte[] batch, byte[] signature)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(anchor);
        var cms = new SignedCms(new ContentInfo(batch), detached: true);
        cms.Decode(signature);
        try
        {
            cms.CheckSignature(verifySignatureOnly: true);
            return cms.SignerInfos[0].Certificate!.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Of a delta too, whose base is not held: its body is looked at first.</summary>
    bool IsCompact(byte[] envelope, byte[] body) =>
        ReadCompactList.From(envelope, body, anchorKey).Fault is null or CompactListFault.OtherBase;

    byte[] Read(string path) => File.ReadAllBytes(Path.Combine(issuer.Get<DataFolder>().Published, path));
}
