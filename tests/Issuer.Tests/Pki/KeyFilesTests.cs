using Issuer.Core.Pki;
using Issuer.Storage.Pki;

namespace Issuer.Tests.Pki;

public sealed class KeyFilesTests : IDisposable
{
    readonly Folder folder = new();
    readonly KeyFiles files;

    public KeyFilesTests() => files = new KeyFiles(Path.Combine(folder.Path, "keys"), development: false);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa2048)]
    public void A_key_is_read_back_and_only_its_owner_may(KeyKind kind)
    {
        using var key = SigningKey.Create(kind);
        files.AddKey("dsc-1", key);
        using var again = files.ReadKey("dsc-1");
        Assert.Equal(key.ToPkcs8(), again.ToPkcs8());
        Assert.True(files.HasKey("dsc-1"));
        if (!OperatingSystem.IsWindows())
        {
            var path = Path.Combine(folder.Path, "keys", "dsc-1.key");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_certificate_is_read_back_and_listed()
    {
        using var ceremony = new Ceremony();
        files.AddCertificate("csca-1", ceremony.Csca.Der.Span);
        files.AddCertificate("csca-1", ceremony.Csca.Der.Span);
        files.AddCertificate("dsc-1", ceremony.OwnDsc().Der.Span);
        Assert.Equal(ceremony.Csca.Der.ToArray(), files.ReadCertificate("csca-1"));
        Assert.Equal(["csca-1"], files.CertificateNames("csca-"));
        Assert.Equal(["csca-1", "dsc-1"], files.CertificateNames());
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path, "*.tmp", SearchOption.AllDirectories), _ => true);
    }

    [Fact]
    public void A_key_is_never_overwritten()
    {
        using var key = SigningKey.Create(KeyKind.P256);
        using var other = SigningKey.Create(KeyKind.P256);
        files.AddKey("dsc-1", key);
        files.AddKey("dsc-1", key);
        Assert.Throws<KeyRefusedException>(() => files.AddKey("dsc-1", other));
        using var again = files.ReadKey("dsc-1");
        Assert.Equal(key.ToPkcs8(), again.ToPkcs8());
    }

    [Theory]
    [InlineData("../dsc")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("dsc\n")]
    public void A_name_does_not_leave_the_folder(string name) =>
        Assert.Throws<KeyRefusedException>(() => files.ReadKey(name));

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----")]
    public void A_broken_key_file_is_named(string content)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "keys"));
        File.WriteAllText(Path.Combine(folder.Path, "keys", "broken.key"), content);
        Assert.Contains("broken", Assert.Throws<KeyRefusedException>(() => files.ReadKey("broken")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_certificate_is_named()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "keys"));
        File.WriteAllText(Path.Combine(folder.Path, "keys", "anchor.pem"), "no certificate");
        var refused = Assert.Throws<KeyRefusedException>(() => files.ReadCertificate("anchor"));
        Assert.Contains("anchor.pem", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_key_is_named() => Assert.Contains("dsc-9.key",
        Assert.Throws<KeyRefusedException>(() => files.ReadKey("dsc-9")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa2048)]
    public void A_DSC_and_its_key_travel_in_PKCS12(KeyKind kind)
    {
        using var ceremony = new Ceremony();
        using var key = SigningKey.Create(kind);
        var dsc = ceremony.Dsc(key);
        var file = Pkcs12File.Write(dsc, key, "mật khẩu");
        var (der, again) = Pkcs12File.Read(file, "mật khẩu");
        using (again)
        {
            Assert.Equal(dsc, der);
            Assert.Equal(key.ToPkcs8(), again.ToPkcs8());
        }
        Assert.Throws<KeyRefusedException>(() => Pkcs12File.Read(file, "wrong"));
        Assert.Throws<KeyRefusedException>(() => Pkcs12File.Read([1, 2, 3], "mật khẩu"));
    }

    [Fact]
    public void PKCS12_does_not_join_a_DSC_with_another_key()
    {
        using var ceremony = new Ceremony();
        using var key = SigningKey.Create(KeyKind.P256);
        Assert.Throws<ArgumentException>(() => Pkcs12File.Write(ceremony.OwnDsc().Der.Span, key, "password"));
    }

    [Fact]
    public void OpenSSL_reads_our_PKCS12()
    {
        using var ceremony = new Ceremony();
        using var key = SigningKey.Create(KeyKind.P256);
        var file = folder.File("dsc.p12", Pkcs12File.Write(ceremony.Dsc(key), key, "password"));
        var printed = OpenSsl.Run("pkcs12", "-in", file, "-passin", "pass:password", "-noenc");
        Assert.Contains("BEGIN PRIVATE KEY", printed, StringComparison.Ordinal);
        Assert.Contains("BEGIN CERTIFICATE", printed, StringComparison.Ordinal);
    }
}
