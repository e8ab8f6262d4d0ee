using System.Net;
using System.Text;
using Issuer.Server.Features.Publication;
using Issuer.Server.Tests.Feedback;
using Issuer.Server.Tests.Gateway;
using Issuer.Storage.Gateway;
using Issuer.Storage.Pki;
using Issuer.Verification.Revocation;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Tests.Http;

/// <summary>A service with one person certified by one facility, another record waiting for its signature.</summary>
public sealed class Certified : IAsyncLifetime
{
    readonly Suspicious suspicious;
    readonly Reported reported;
    int records;

    public Certified() => (suspicious, reported) = (new Suspicious(Service), new Reported(Service));

    public RunningService Service { get; } = new();

    public string RecordId { get; private set; } = "";

    /// <summary>Stands behind the certificate.</summary>
    public string AttestedId { get; private set; } = "";

    /// <summary>Waits on the facility's worklist with a suggestion.</summary>
    public string SwappedId { get; private set; } = "";

    /// <summary>Asked about: too soon after the dose before.</summary>
    public string UnlikelyId { get; private set; } = "";

    /// <summary>Withdrawn again by whoever may.</summary>
    public string WithdrawnId { get; private set; } = "";

    /// <summary>Leaked, and followed by the certificate.</summary>
    public string RevokedId { get; private set; } = "";

    /// <summary>Asks for the service's own DSC to be withdrawn.</summary>
    public string DscBody { get; private set; } = "";

    public string CertificateId { get; private set; } = "";

    /// <summary>Names the list that is published.</summary>
    public string ListDigest { get; private set; } = "";

    public string ForeignDigest { get; private set; } = "";

    public string ImportId { get; private set; } = "";

    /// <summary>The ETag of the revocation lists.</summary>
    public System.Net.Http.Headers.EntityTagHeaderValue Lists { get; private set; } = null!;

    /// <summary>The one slice there is.</summary>
    (string Kid, string Chunk, string Sid) slice;

    /// <summary>The very content of <see cref="RecordId"/>: right, and changing nothing.</summary>
    public string Correction { get; } =
        System.Text.Json.JsonSerializer.Serialize(Person.Hoa.Dose("waits", 3, "2026-12-01"));

    public const string Csv = "reference,full_name,sex,date_of_birth,identity_number,product,vaccinated_on\n";

    public async Task InitializeAsync()
    {
        await Service.InitializeAsync();
        await Service.Issuer.Get<GatewayStore>().ReplaceKeysAsync(
            "file", [new Country("DE").Key()], Service.Act("test"), default);
        AttestedId = await Service.CertifyAsync(Person.Hoa);
        using var clerk = Service.Clerk();
        RecordId = (await clerk.SubmitAsync(Person.Hoa.Dose("waits", 3, "2026-12-01"))).GetProperty("id").GetString()!;
        var swapped = Person.Hoa.Dose("swapped", 4, "2026-12-20");
        swapped["date_of_birth"] = "1985-12-03";
        SwappedId = (await clerk.SubmitAsync(swapped)).GetProperty("id").GetString()!;
        var numberless = Person.Duc.Dose("numberless", 1, "2026-03-02");
        numberless["identity_number"] = "";
        await clerk.SubmitAsync(numberless);
        await clerk.SubmitAsync(Person.Duc.Dose("likely", 1, "2026-05-01"));
        UnlikelyId = (await clerk.SubmitAsync(Person.Duc.Dose("unlikely", 2, "2026-05-12"))).GetProperty("id")
            .GetString()!;
        WithdrawnId = (await clerk.SubmitAsync(Person.Duc.Dose("withdrawn", 1, "2026-03-01"))).GetProperty("id")
            .GetString()!;
        using var csv = new StringContent(Csv, Encoding.UTF8, "text/csv");
        ImportId = (await clerk.PostAsync("/v1/records/import", csv).JsonAsync(HttpStatusCode.Accepted))
            .GetProperty("id").GetString()!;
        await Service.RoundAsync();
        using var citizen = Service.Citizen(Person.Hoa.Number);
        CertificateId = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString()!;
        RevokedId = CertificateId;
        CertificateId = (await citizen.PostAsync($"/v1/me/certificates/{RevokedId}/report-leak", null)
            .JsonAsync(HttpStatusCode.OK)).GetProperty("successor").GetString()!;
        var dsc = (await Service.Issuer.Get<PkiStore>().DscsAsync(default))[0];
        DscBody = System.Text.Json.JsonSerializer.Serialize(new { kid = dsc.Kid.ToString(), reason = "drill" });
        await suspicious.PrepareAsync();
        var jws = await citizen.GetStringAsync("/v1/trust-list/list.jws");
        ListDigest = ListStatement.Unverified(jws)!.Content;
        ForeignDigest = ListStatement.Unverified(jws)!.Foreign!;
        await PublishRevokedAsync(citizen);
    }

    async Task PublishRevokedAsync(HttpClient citizen)
    {
        await Service.Issuer.Get<PublishRound>().RunAsync(isForced: true, null, default);
        using var lists = await citizen.GetAsync("/lists");
        Lists = lists.Headers.ETag!;
        var content = new PublishedDistribution(Service.Published).Read()!;
        var pack = content.Packs.Values.First(pack => pack.Kind == SliceKind.Bloom);
        var (chunk, slices) = pack.Partitions[0].Chunks.First();
        slice = (System.Buffers.Text.Base64Url.EncodeToString(pack.Kid.ToBytes()), chunk, slices[0].Id.ToString());
    }

    public Task DisposeAsync() => Service.DisposeAsync();

    /// <summary>A new one each time; the facility is named, so that another's clerk is refused.</summary>
    public string NewRecord()
    {
        var dose = Person.Duc.Dose($"matrix-{Interlocked.Increment(ref records)}", 1, "2026-09-01");
        dose["facility"] = RunningService.Facility;
        return System.Text.Json.JsonSerializer.Serialize(dose);
    }

    public async Task<string> FillAsync(string text) => await reported.FillAsync(await suspicious.FillAsync(
        text.Replace("{kid}", slice.Kid, StringComparison.Ordinal)
            .Replace("{cid}", slice.Chunk, StringComparison.Ordinal)
            .Replace("{sid}", slice.Sid, StringComparison.Ordinal)));

    /// <summary>With every claim there is, so that only the role decides.</summary>
    public string TokenOf(string role, bool own, TimeSpan? lifetime = null) => Service.TokenFor(
        lifetime ?? TimeSpan.FromHours(1), role, ("sub", "matrix"),
        ("facility", own ? RunningService.Facility : RunningService.OtherFacility),
        ("identity_number", own ? Person.Hoa.Number : Person.Duc.Number),
        ("province", "01"), ("commune", "00001"), ("act", new Dictionary<string, object> { ["sub"] = "app" }));
}
