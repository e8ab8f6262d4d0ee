using System.Net;
using System.Net.Http.Json;
using Dapper;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.Publication;
using Issuer.Verification.TrustLists;
using Microsoft.Data.Sqlite;

namespace Issuer.Server.Tests.Publication;

/// <summary>Two people certified by a service that publishes when a test says so.</summary>
public abstract class TwoCertified : OneCertified
{
    /// <summary>Published to beside the service's own folder.</summary>
    private protected readonly string copy = Directory.CreateTempSubdirectory("issuer-copy-").FullName;

    private protected HttpClient anybody = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        anybody = service.Client();
        await service.CertifyAsync(Person.Duc);
    }

    public override async Task DisposeAsync()
    {
        anybody.Dispose();
        await base.DisposeAsync();
        Directory.Delete(copy, recursive: true);
    }

    private protected Task<PublicationCounts> PublishAsync(IssuerServices? issuer = null) =>
        (issuer ?? service.Issuer).Get<PublishRound>().RunAsync(isForced: true, copy, default);

    private protected async Task<(string Id, string Hc1)> CertificateAsync(Person person)
    {
        using var citizen = service.Citizen(person.Number);
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString()!;
        var detail = await citizen.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK);
        return (id, detail.GetProperty("hc1").GetString()!);
    }

    private protected async Task RevokeAsync(string id, string reason = "fraud")
    {
        using var ministry = service.Client(service.Token(Roles.MinistrySecurity));
        await ministry.PostAsJsonAsync($"/v1/certificates/{id}/revoke", new { reason }).JsonAsync(HttpStatusCode.OK);
    }

    private protected async Task<string> VerdictAsync(string hc1) =>
        (await anybody.PostAsJsonAsync("/v1/verify", new { hc1 }).JsonAsync(HttpStatusCode.OK))
        .GetProperty("verdict").GetString()!;

    private protected byte[] Anchor() => File.ReadAllBytes(Path.Combine(copy, TrustListFiles.AnchorPath));

    private protected async Task<Manifest> ManifestAsync() => ReadManifest.From(
        await anybody.GetStringAsync("/v1/manifest.jws"), Manifest.PublicationType, Anchor(), service.Now)
        .Manifest!;

    /// <summary>What becomes of rows on a bad disk or in a bad copy: no foreign key stops that.</summary>
    private protected async Task SqlAsync(string sql)
    {
        var store = Path.Combine(service.Get<DataFolder>().Path, "issuer.db");
        await using var connection = new SqliteConnection($"Data Source={store};Foreign Keys=False;Pooling=False");
        await connection.ExecuteAsync(sql);
    }
}
