using Issuer.Core.Pki;
using Issuer.Storage.Pki;

namespace Issuer.Tests.Pki;

public class DevelopmentKeysTests
{
    [Fact]
    public void Every_key_in_the_folder_is_known_and_no_other()
    {
        var names = Directory.EnumerateFiles(DevelopmentKeys.Folder(), "*.key")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order().ToList();
        Assert.Equal(["anchor", "csca", "dsc", "token"], names);
        foreach (var name in names)
        {
            using var key = DevelopmentKeys.Read(name);
            Assert.True(DevelopmentKeys.IsOne(key.PublicKey.ExportSubjectPublicKeyInfo()));
        }
        using var fresh = SigningKey.Create(KeyKind.P256);
        Assert.False(DevelopmentKeys.IsOne(fresh.PublicKey.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void A_store_s_own_key_goes_before_everybody_s()
    {
        using var folder = new Folder();
        var files = new KeyFiles(folder.Path, development: true);
        using var everybodys = DevelopmentKeys.Of(files, DevelopmentKeys.Anchor);
        Assert.True(DevelopmentKeys.IsOne(everybodys.PublicKey.ExportSubjectPublicKeyInfo()));
        Assert.False(files.HasKey(KeyFiles.AnchorName));
        using var made = SigningKey.Create(KeyKind.P256);
        files.AddKey(KeyFiles.AnchorName, made);
        using var own = DevelopmentKeys.Of(files, DevelopmentKeys.Anchor);
        using var anchors = DevelopmentKeys.OfAnchor(files);
        Assert.Equal(made.ToPkcs8(), own.ToPkcs8());
        Assert.Equal(made.ToPkcs8(), anchors.ToPkcs8());
    }

    [Fact]
    public void Without_a_checkout_a_key_is_made_once_and_kept_and_refused_outside_Development()
    {
        using var folder = new Folder();
        Assert.Null(DevelopmentKeys.FindFolder(folder.Path));
        var files = new KeyFiles(folder.Path, development: true);
        using var made = DevelopmentKeys.Of(files, DevelopmentKeys.Token, folder: null);
        using var again = DevelopmentKeys.Of(files, DevelopmentKeys.Token, folder: null);
        Assert.Equal(made.ToPkcs8(), again.ToPkcs8());
        Assert.False(DevelopmentKeys.IsOne(made.PublicKey.ExportSubjectPublicKeyInfo()));
        var production = new KeyFiles(folder.Path, development: false);
        Assert.Throws<KeyRefusedException>(() => production.ReadKey(DevelopmentKeys.Token));
        Assert.Throws<KeyRefusedException>(() => production.AddDevelopmentKey("another", made));
    }

    [Fact]
    public void Outside_Development_a_development_key_is_refused_under_any_name()
    {
        using var folder = new Folder();
        using var key = DevelopmentKeys.Read(DevelopmentKeys.Dsc);
        new KeyFiles(folder.Path, development: true).AddKey("innocent", key);
        using (var read = new KeyFiles(folder.Path, development: true).ReadKey("innocent"))
        {
            Assert.Equal(key.ToPkcs8(), read.ToPkcs8());
        }
        var production = new KeyFiles(folder.Path, development: false);
        Assert.Throws<KeyRefusedException>(() => production.ReadKey("innocent"));
        Assert.Throws<KeyRefusedException>(() => production.AddKey("another", key));
    }
}
