using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Issuer.Core;
using Issuer.Server.Features;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Issuer.Server.Tests.Settings;

/// <summary>
/// Settings come from <c>appsettings.json</c> and the environment alike, and docs/settings.md has them all.
/// </summary>
public sealed partial class SettingsTests : IDisposable
{
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("issuer-settings-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void The_page_has_every_setting_that_there_is_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "settings.md"));

        Assert.Equal(Known().Order(), Row().Matches(page).Select(row => row.Groups[1].Value).Order());
    }

    [Fact]
    public void Each_of_them_can_be_set_in_both_places()
    {
        foreach (var name in Known())
        {
            var (section, setting) = (name[..name.LastIndexOf("__", StringComparison.Ordinal)], name.Split("__")[^1]);
            var nested = name.Split("__").Reverse().Aggregate(
                "\"some value\"", (inside, part) => $$"""{ "{{part}}": {{inside}} }""");
            var json = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(nested)))
                .Build();
            var environment = Set((name.Replace("__", ":", StringComparison.Ordinal), "some value"));

            Assert.Equal("some value", ReadBack(json, section, setting));
            Assert.Equal("some value", ReadBack(environment, section, setting));
        }
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_the_names_of_the_settings_before_a_store_is_made()
    {
        var wrong = Set(
            ("TrustList:Host", "https://example.vn/"), ("Distribution:Point", "many"), ("Distribution:Vector", "-1"));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => OpenAsync(wrong));

        Assert.Equal(RejectionKind.Invalid, refused.Rejection.Kind);
        Assert.StartsWith("TrustList__Host is not a host name", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<RefusedException>(() => OpenAsync(wrong.Without("TrustList")));
        Assert.Equal(
            "Distribution__Point is not a number of hashes; Distribution__Vector is not a number of hashes",
            refused.Message);
        Assert.Empty(directory.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData("Auth:Autority", "https://id.example", "Auth__Autority is no setting (Auth__Authority?)")]
    [InlineData(
        "Auth:Authority", "http://id.example", "Auth__Authority is not an https address such as https://id.example")]
    [InlineData("Auth:Claims:rolls", "x", "Auth__Claims__rolls is no setting (Auth__Claims__roles?)")]
    [InlineData("Limits:AnonymousPerMinute", "-1", "Limits__AnonymousPerMinute is not a whole number")]
    [InlineData(
        "Limits:Proxies", "proxy1", "Limits__Proxies: 'proxy1' is no address and no network such as 10.0.0.0/8")]
    public async Task A_setting_that_would_do_nothing_is_refused_in_one_line(string name, string value, string why)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => OpenAsync(Set((name, value))));

        Assert.Equal(why, refused.Message);
        Assert.Empty(directory.EnumerateFileSystemInfos());
    }

    [Fact]
    public void An_environment_that_is_not_known_is_refused()
    {
        Assert.Equal(Environments.Development, Environments.Settle("development", null, forceDevelopment: false));
        var refused = Assert.Throws<RefusedException>(() => Environments.Settle("Staging", null, false));
        Assert.Equal("the environment is Development or Production, not Staging", refused.Message);
    }

    [Fact]
    public async Task What_is_set_to_nothing_is_not_set()
    {
        await using var issuer = await OpenAsync(Set(
            ("Gateway:Url", ""), ("Gateway:Shape", "nonsense"), ("Gateway:Domain", ""),
            ("ConnectionStrings:Issuer", "")));

        Assert.Null(issuer.Get<NamedGateway>().Options);
        Assert.Equal("DCC", issuer.Get<IOptions<GatewaySettings>>().Value.Domain);
        Assert.Null(issuer.Get<StoreSetup>().ConnectionString);
    }

    static IEnumerable<Type> All() => typeof(ISettings).Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(ISettings)));

    /// <summary>What can be set: a property that something is only told of is none.</summary>
    static IEnumerable<string> Known() =>
        from type in All()
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        select $"{SectionOf(type)}__{SettingsSource.NameOf(property)}";

    static string SectionOf(Type type) =>
        ((string)type.GetProperty(nameof(ISettings.Section), BindingFlags.Public | BindingFlags.Static)!
            .GetValue(null)!).Replace(":", "__", StringComparison.Ordinal);

    static object? ReadBack(IConfiguration configuration, string section, string setting)
    {
        var type = All().Single(one => SectionOf(one) == section);
        var read = typeof(SettingsSource).GetMethod(nameof(SettingsSource.Of))!.MakeGenericMethod(type)
            .Invoke(null, [configuration]);
        return type.GetProperties().Single(one => SettingsSource.NameOf(one) == setting).GetValue(read);
    }

    static IConfiguration Set(params (string Name, string Value)[] set) => new ConfigurationBuilder()
        .AddInMemoryCollection(set.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))).Build();

    Task<IssuerServices> OpenAsync(IConfiguration configuration) => IssuerServices.OpenAsync(
        new StoreSetup(directory.FullName, configuration, TimeProvider.System) { Environment = "Development" },
        default);

    static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Issuer.sln")))
        {
            at = at.Parent!;
        }
        return at.FullName;
    }

    [GeneratedRegex(@"^\| `(\w+__\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
