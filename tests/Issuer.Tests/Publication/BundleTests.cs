using System.Security.Cryptography;
using System.Text;
using Issuer.Core.Pki;
using Issuer.Verification.Publication;

namespace Issuer.Tests.Publication;

/// <summary>Manifests and bundles as an attacker, or a careless server, hands them out.</summary>
public sealed class BundleTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2022, 6, 30, 5, 0, 0, TimeSpan.Zero);

    readonly TrustAnchor anchor = TrustAnchor.SelfSigned("VN", "Bộ Y tế", SigningKey.Create(KeyKind.P256), Now);
    readonly PublishedFile[] files =
    [
        new("trust-list/list.json", "a list"u8.ToArray(), "application/json"),
        new("revocation/compact/full.bin", [0, 1, 2, 3], "application/octet-stream"),
        new("empty", [], "text/plain"),
    ];

    public void Dispose() => anchor.Dispose();

    Manifest ManifestOf(long sequence) => Manifest.Of(
        sequence, Now, TimeSpan.FromDays(1), null, files.Select(file => ManifestFile.Of(file.Path, file.Bytes)));

    byte[] Write(long sequence = 7) => Bundle.Write(ManifestOf(sequence), files, anchor);

    [Fact]
    public void What_went_into_a_bundle_comes_out()
    {
        var (reading, read) = Bundle.Read(Write(), anchor.Der.Span, Now);
        Assert.Equal(7, reading.Manifest?.Sequence);
        Assert.Empty(reading.Warnings);
        Assert.Equal(files.Length, read.Count);
        Assert.All(files, file => Assert.Equal(file.Bytes, read[file.Path].ToArray()));
    }

    [Fact]
    public void No_byte_of_a_bundle_can_be_changed_dropped_or_added()
    {
        var bundle = Write();
        for (var at = 0; at < bundle.Length; at++)
        {
            foreach (var flip in new byte[] { 0x01, 0x20, 0xff })
            {
                var changed = bundle.ToArray();
                changed[at] ^= flip;
                Assert.Null(Bundle.Read(changed, anchor.Der.Span, Now).Reading.Manifest);
            }
        }
        Assert.Null(Bundle.Read(bundle.AsMemory(..^1), anchor.Der.Span, Now).Reading.Manifest);
        Assert.Null(Bundle.Read(bundle.Append((byte)0).ToArray(), anchor.Der.Span, Now).Reading.Manifest);
    }

    [Fact]
    public void A_bundle_of_another_anchor_is_not_believed()
    {
        using var other = TrustAnchor.SelfSigned("VN", "Bộ Y tế", SigningKey.Create(KeyKind.P256), Now);
        Assert.Null(Bundle.Read(Write(), other.Der.Span, Now).Reading.Manifest);
    }

    [Fact]
    public void A_bundle_older_than_one_seen_before_is_refused_and_a_stale_one_is_told()
    {
        Assert.Contains("rolled back", Bundle.Read(Write(7), anchor.Der.Span, Now, newestSeen: 8).Reading.Refusal);
        Assert.NotNull(Bundle.Read(Write(7), anchor.Der.Span, Now, newestSeen: 7).Reading.Manifest);
        Assert.Contains("stale", Assert.Single(Bundle.Read(Write(), anchor.Der.Span, Now.AddDays(1)).Reading.Warnings));
        Assert.Empty(Bundle.Read(Write(), anchor.Der.Span, Now.AddDays(1).AddSeconds(-1)).Reading.Warnings);
    }

    [Fact]
    public void The_manifest_of_a_bundle_does_not_pass_for_that_of_a_publication()
    {
        var manifest = ManifestOf(1);
        var jws = manifest.Sign(Manifest.PublicationType, anchor);
        Assert.NotNull(ReadManifest.From(jws, Manifest.PublicationType, anchor.Der.Span, Now).Manifest);
        Assert.Null(ReadManifest.From(jws, Manifest.BundleType, anchor.Der.Span, Now).Manifest);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/absolute")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a/..")]
    [InlineData("C:\\x")]
    [InlineData("Upper")]
    [InlineData("")]
    public void A_path_that_could_leave_the_folder_makes_the_manifest_unsound(string path) =>
        Assert.Null(Parse(new ManifestFile(path, 1, new string('0', 64))));

    [Fact]
    public void A_manifest_names_each_path_once_in_order()
    {
        var (a, b) = (new ManifestFile("a", 1, new string('0', 64)), new ManifestFile("b", 1, new string('0', 64)));
        Assert.NotNull(Parse(a, b));
        Assert.Null(Parse(b, a));
        Assert.Null(Parse(a, a));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData(
        """{"version":1,"sequence":1,"issued":"2022-01-01T00:00:00Z","next":"2022-01-02T00:00:00Z","files":[null]}""")]
    [InlineData(
        """{"version":2,"sequence":1,"issued":"2022-01-01T00:00:00Z","next":"2022-01-02T00:00:00Z","files":[]}""")]
    public void Nonsense_is_no_manifest(string json) => Assert.Null(Manifest.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Arbitrary_bytes_are_no_bundle_and_do_no_harm()
    {
        foreach (var length in new[] { 0, 1, 100, 100_000 })
        {
            Assert.Null(Bundle.Read(RandomNumberGenerator.GetBytes(length), anchor.Der.Span, Now).Reading.Manifest);
        }
    }

    static Manifest? Parse(params ManifestFile[] named) =>
        Manifest.Parse(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            version = 1, sequence = 1, issued = "2022-01-01T00:00:00Z", next = "2022-01-02T00:00:00Z",
            files = named.Select(f => new { path = f.Path, size = f.Size, sha256 = f.Sha256 }),
        }));
}
