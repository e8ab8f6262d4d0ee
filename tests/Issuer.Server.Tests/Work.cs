using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Issuer.Core.Facilities;

namespace Issuer.Server.Tests;

/// <summary>What facilities and holders do over HTTP, in the words of the tests.</summary>
static class Work
{
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> answer, HttpStatusCode expected)
    {
        using var response = await answer;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    public static Task<JsonElement> SubmitAsync(
        this HttpClient clerk, object body, HttpStatusCode expected = HttpStatusCode.Created) =>
        clerk.PostAsJsonAsync("/v1/records", body).JsonAsync(expected);

    /// <summary>The faults as <c>field:code</c>.</summary>
    public static IReadOnlyList<string> Faults(this JsonElement problem) =>
    [
        .. problem.GetProperty("faults").EnumerateArray()
            .Select(f => $"{f.GetProperty("field").GetString()}:{f.GetProperty("code").GetString()}"),
    ];

    /// <summary>Payloads that wait, by record id.</summary>
    public static async Task<Dictionary<string, byte[]>> StatementsAsync(this HttpClient signatory) =>
        (await signatory.GetAsync("/v1/records/to-attest").JsonAsync(HttpStatusCode.OK))
            .GetProperty("statements").EnumerateArray().ToDictionary(
                s => s.GetProperty("record_id").GetString()!,
                s => System.Buffers.Text.Base64Url.DecodeFromChars(s.GetProperty("statement").GetString()));

    /// <summary>The faults, null where a signature was kept.</summary>
    public static async Task<IReadOnlyList<string?>> AttestAsync(
        this HttpClient signatory, ECDsa key, params IEnumerable<byte[]> statements)
    {
        var answer = await signatory.PostAsJsonAsync(
            "/v1/attestations", new { signatures = statements.Select(s => CompactJws.Sign(s, key)) })
            .JsonAsync(HttpStatusCode.OK);
        return [.. answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("fault").GetString())];
    }

    /// <summary>
    /// The whole way for one person: two doses, matched, attested by the last one's facility, issued.
    /// </summary>
    /// <returns>The id of the last dose's record.</returns>
    public static async Task<string> CertifyAsync(this RunningService service, Person person)
    {
        using var clerk = service.Clerk();
        using var signatory = service.Signatory();
        await clerk.SubmitAsync(person.Dose($"{person.Number}-1", 1, "2026-08-01"));
        var last = await clerk.SubmitAsync(person.Dose($"{person.Number}-2", 2, "2026-09-01"));
        await service.RoundAsync();
        var statements = await signatory.StatementsAsync();
        var results = await signatory.AttestAsync(
            service.Keys[RunningService.Facility], statements[last.GetProperty("id").GetString()!]);
        Assert.Equal([null], results);
        await service.RoundAsync();
        return last.GetProperty("id").GetString()!;
    }

    /// <summary>One dose more than they were certified with.</summary>
    public static async Task BoostAsync(this RunningService service, Person person)
    {
        using var clerk = service.Clerk();
        using var signatory = service.Signatory();
        var dose = person.Dose($"{person.Number}-3", 3, "2026-12-01");
        dose["dose_kind"] = "booster";
        await clerk.SubmitAsync(dose);
        await service.RoundAsync();
        await signatory.AttestAsync(
            service.Keys[RunningService.Facility], (await signatory.StatementsAsync()).Values);
        await service.RoundAsync();
    }

    public static async Task<IReadOnlyList<JsonElement>> CertificatesAsync(this HttpClient holder) =>
        [.. (await holder.GetAsync("/v1/me/certificates").JsonAsync(HttpStatusCode.OK))
            .GetProperty("certificates").EnumerateArray()];

    /// <summary>What somebody who was certified by <see cref="CertifyAsync"/> shows at a counter.</summary>
    public static object HandOut(Person person) => new
    {
        identity_number = person.Number, date_of_birth = person.Born, last_vaccinated_on = "2026-09-01",
    };
}
