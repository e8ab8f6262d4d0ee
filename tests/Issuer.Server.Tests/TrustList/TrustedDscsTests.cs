using Issuer.Hcert;
using Issuer.Server.Features.Publication;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Storage.Pki;
using Issuer.Verification;

namespace Issuer.Server.Tests.TrustList;

/// <summary>What <c>verify --trust</c> believes, from the service and from the exported folder.</summary>
public sealed class TrustedDscsTests(RunningService service) : IClassFixture<RunningService>
{
    [Theory]
    [InlineData("/v1/trust-list", "/v1/trust-list/anchor")]
    [InlineData("/v1/trust-list/list.jws", "/v1/trust-list/anchor")]
    [InlineData("/.well-known/did.json", "/v1/trust-list/anchor")]
    [InlineData("/.well-known/did.json", "/trust-anchor/did.json")]
    public async Task Every_form_is_believed_from_the_service(string list, string anchor)
    {
        await service.RoundAsync();
        using var client = service.Client();
        var trusted = await LoadAsync($"{client.BaseAddress}{list[1..]}", $"{client.BaseAddress}{anchor[1..]}");
        Assert.All(await KidsAsync(), kid => Assert.Single(trusted.With(kid)));
    }

    [Theory]
    [InlineData("trust-list/eu.json")]
    [InlineData("trust-list/list.jws")]
    [InlineData(".well-known/did.json")]
    public async Task Every_form_is_believed_from_an_exported_folder_which_is_the_services_own(string list)
    {
        var folder = Directory.CreateTempSubdirectory("issuer-www-").FullName;
        await service.Get<PublishRound>().RunAsync(isForced: true, folder, default);
        var trusted = await LoadAsync(Path.Combine(folder, list), Path.Combine(folder, "trust-list/anchor.pem"));
        Assert.All(await KidsAsync(), kid => Assert.Single(trusted.With(kid)));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var own = Path.Combine(service.Published, Path.GetRelativePath(folder, file));
            Assert.Equal(await File.ReadAllBytesAsync(own), await File.ReadAllBytesAsync(file));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_list_rolled_back_is_refused()
    {
        await service.RoundAsync();
        using var client = service.Client();
        await Assert.ThrowsAsync<RefusedException>(() => LoadTrustedDscs.FromAsync(
            $"{client.BaseAddress}v1/trust-list/list.jws", $"{client.BaseAddress}v1/trust-list/anchor",
            service.Now, newestSeen: long.MaxValue, default));
    }

    Task<TrustedDscs> LoadAsync(string list, string anchor) =>
        LoadTrustedDscs.FromAsync(list, anchor, service.Now, newestSeen: null, default);

    async Task<IEnumerable<Kid>> KidsAsync() =>
        (await service.Get<PkiStore>().DscsAsync(default)).Select(dsc => dsc.Kid);
}
