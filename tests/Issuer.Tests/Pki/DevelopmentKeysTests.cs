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
