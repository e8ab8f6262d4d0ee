using System.Diagnostics;
using System.Security.Cryptography;
using Issuer.Core.Pki;
using Issuer.Core.Publication;
using Issuer.Hcert;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;
using Issuer.Verification.Publication;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Tests.Publication;

/// <summary>The anchor is replaced: by plan, or because it is lost.</summary>
public sealed class AnchorRollTests : TwoCertified
{
    /// <summary>The key stays (in Development it is the shipped one), the certificate is another.</summary>
    void RollAnchor(int daysOld = 1, int years = TrustAnchor.DefaultYears)
    {
        using var made = TrustAnchor.SelfSigned(
            "VN", "Another Anchor", DevelopmentKeys.Read(DevelopmentKeys.Anchor),
            service.Now.AddDays(-daysOld), years);
        Write(made);
    }

    void Write(TrustAnchor anchor) => File.WriteAllText(
        Path.Combine(service.Get<DataFolder>().Path, "keys", "anchor.pem"),
        PemEncoding.WriteString("CERTIFICATE", anchor.Der.Span));

    [Fact]
    public async Task Everything_is_signed_by_the_new_anchor_and_what_was_revoked_stays_revoked()
    {
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        await RevokeAsync(id);
        var before = await PublishAsync();
        Assert.Empty(before.Warnings);
        var oldAnchor = Anchor();
        RollAnchor();
        // Between rounds, too: a publication is one anchor's, whole.
        await service.RoundAsync();

        var rolled = (await service.Get<IPublicationStore>().LatestAsync(default))!;
        Assert.Equal(before.Sequence + 1, rolled.Sequence);
        var bundle = await anybody.GetByteArrayAsync("/v1/bundle.bin");
        var anchor = await anybody.GetByteArrayAsync("/v1/trust-list/anchor");
        Assert.NotEqual(oldAnchor, anchor);
        var lists = ReadBundle.From(bundle, anchor, "bundle", service.Now);
        Assert.Equal(Verdict.Revoked, lists.Verify(hc1, service.Now).Verdict);
        Assert.Null(Bundle.Read(bundle, oldAnchor, service.Now).Reading.Manifest);
        Assert.Equal("revoked", await VerdictAsync(hc1));

        var folder = service.Published;
        var trusted = await LoadTrustedDscs.FromAsync(Path.Combine(folder, TrustListFiles.EuPath),
            Path.Combine(folder, TrustListFiles.AnchorPath), service.Now, null, default);
        Assert.NotEmpty(trusted.With(lists.Verify(hc1, service.Now).Hcert!.Kid!.Value));
        // Those of the old anchor would be believed by nobody.
        Assert.Single(await service.Get<IPublicationStore>().PathsAsync(default), path =>
            path.StartsWith("revocation/compact/delta-", StringComparison.Ordinal)
            && path.EndsWith(CompactListPaths.EnvelopeEnd, StringComparison.Ordinal));
        await CheckBatchesAsync();
    }

    async Task CheckBatchesAsync()
    {
        var anchor = Path.Combine(service.Published, TrustListFiles.AnchorPath);
        var batches = (await service.Get<IPublicationStore>().PathsAsync(default)).Where(BuildBatches.IsJson).ToList();
        Assert.NotEmpty(batches);
        foreach (var json in batches.Select(path => Path.Combine(service.Published, path)))
        {
            using var openssl = Process.Start("openssl",
                ["cms", "-verify", "-binary", "-inform", "DER", "-in", Path.ChangeExtension(json, ".cms"),
                 "-content", json, "-certfile", anchor, "-nointern", "-noverify", "-out", "/dev/null"]);
            await openssl.WaitForExitAsync();
            Assert.Equal(0, openssl.ExitCode);
        }
    }

    [Fact]
    public async Task A_publisher_tells_that_the_anchor_is_another_and_that_it_is_about_to_end()
    {
        await PublishAsync();
        RollAnchor();
        Assert.Contains(
            "this anchor is not the one", Assert.Single((await PublishAsync()).Warnings), StringComparison.Ordinal);
        Assert.Empty((await PublishAsync()).Warnings);
        RollAnchor(daysOld: 350, years: 1);
        await PublishAsync();
        Assert.Contains("ends at", Assert.Single((await PublishAsync()).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_without_its_key_is_told_and_what_is_out_there_stays()
    {
        var before = await PublishAsync();
        using (var key = SigningKey.Create(KeyKind.P256))
        using (var other = TrustAnchor.SelfSigned("VN", "Another", key, service.Now))
        {
            Write(other);
        }
        var refused = await Assert.ThrowsAsync<KeyRefusedException>(() => PublishAsync());
        Assert.Contains("anchor.pem", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before.Sequence, (await service.Get<IPublicationStore>().LatestAsync(default))!.Sequence);
    }

    [Fact]
    public async Task A_revocation_that_vanished_is_noticed_over_the_change_of_anchors()
    {
        await RevokeAsync((await CertificateAsync(Person.Hoa)).Id);
        await PublishAsync();
        await SqlAsync("delete from revocation");
        RollAnchor();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => PublishAsync());
        Assert.Contains("unexplained-removal", refused.Message, StringComparison.Ordinal);
    }
}
