using System.Net;
using System.Text;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features.Metrics;
using Issuer.Server.Features.Progress;

namespace Issuer.Server.Tests.Metrics;

/// <summary>What Prometheus reads after a piece of work, by name and label.</summary>
public sealed class ScrapeTests : OneCertified
{
    [Fact]
    public async Task Records_are_counted_by_what_became_of_them_over_every_protocol()
    {
        using var clerk = service.Clerk();
        var before = await ScrapeAsync();
        var dose = Person.Duc.Dose("one", 1, "2026-09-01");
        await clerk.SubmitAsync(dose);
        await clerk.SubmitAsync(dose, HttpStatusCode.OK);
        dose["sex"] = "X";
        await clerk.SubmitAsync(dose, HttpStatusCode.UnprocessableEntity);
        await clerk.SubmitAsync(new[] { Person.Duc.Dose("two", 1, "2026-09-01") }, HttpStatusCode.OK);
        var after = await ScrapeAsync();

        double Came(string outcome) =>
            Difference(before, after, $"issuer_records_submitted_total{{outcome=\"{outcome}\"}}");
        Assert.Equal((2, 1, 1, 0), (Came("accepted"), Came("unchanged"), Came("refused"), Came("corrected")));
    }

    [Fact]
    public async Task What_the_rounds_did_and_found_is_there()
    {
        using var clerk = service.Clerk();
        await clerk.SubmitAsync(Person.Duc.Dose("pending", 1, "2026-09-01"));
        var swapped = Person.Hoa.Dose("swapped", 4, "2026-12-20");
        swapped["date_of_birth"] = "1985-12-03";
        await clerk.SubmitAsync(swapped);
        await service.RoundAsync();
        await service.RoundAsync<CountJob>(CountJob.Every(TimeSpan.FromHours(1)));
        await service.RoundAsync<MeasureJob>(MeasureJob.Every(TimeSpan.FromHours(1)));
        var read = await ScrapeAsync();

        Assert.Equal(1, read["issuer_certificates_issued_total"]);
        Assert.Equal(3, read["issuer_records{state=\"matched\"}"]);
        Assert.Equal(1, read["issuer_records{state=\"mismatched\"}"]);
        Assert.Equal(0, read["issuer_records{state=\"pending\"}"]);
        Assert.InRange(read["issuer_oldest_waiting_seconds"], 0, 600);
        Assert.Equal(0, read["issuer_import_queue_files"]);
        var dsc = Assert.Single(
            read, metric => metric.Key.StartsWith("issuer_dsc_days_left{kid=", StringComparison.Ordinal));
        Assert.InRange(dsc.Value, 365, 3700);
        Assert.InRange(read["issuer_anchor_days_left"], 30, 36500);
        Assert.InRange(read["issuer_publication_sequence"], 1, 100);
        Assert.Equal(0, read["issuer_publication_refused"]);
        foreach (var job in new[] { "work", "publication", "measure", "progress" })
        {
            Assert.InRange(read[$"issuer_round_duration_seconds_count{{job=\"{job}\"}}"], 1, 100);
            Assert.InRange(read[$"issuer_round_age_seconds{{job=\"{job}\"}}"], 0, 600);
            Assert.Equal(0, read[$"issuer_round_failures_total{{job=\"{job}\"}}"]);
        }
    }

    [Fact]
    public async Task A_revoked_and_a_reissued_certificate_are_counted()
    {
        var before = await ScrapeAsync();
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString()!;
        await citizen.PostAsync($"/v1/me/certificates/{id}/report-leak", null).JsonAsync(HttpStatusCode.OK);
        var leaked = await ScrapeAsync();
        Assert.Equal(1, Difference(before, leaked, "issuer_certificates_revoked_total"));
        Assert.Equal(1, Difference(before, leaked, "issuer_certificates_regenerated_total"));

        var successor = (await citizen.CertificatesAsync()).Single(c => c.GetProperty("state").GetString() == "current")
            .GetProperty("id").GetString()!;
        using var ministry = service.Client(service.Token(Roles.MinistryOperator));
        using var body = new StringContent("""{"reason":"fraud"}""", Encoding.UTF8, "application/json");
        await ministry.PostAsync($"/v1/certificates/{successor}/revoke", body).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(1, Difference(leaked, await ScrapeAsync(), "issuer_certificates_revoked_total"));
    }

    [Fact]
    public async Task Requests_are_measured_by_route_and_no_id_is_in_any_label()
    {
        using var clerk = service.Clerk();
        var id = (await clerk.SubmitAsync(Person.Duc.Dose("labelled", 1, "2026-09-01"))).GetProperty("id").GetString()!;
        await clerk.GetAsync($"/v1/records/{id}").JsonAsync(HttpStatusCode.OK);
        using var anybody = service.Client();
        var text = await anybody.GetStringAsync("/metrics");
        Assert.Contains("http_route=\"/v1/records/{id}\"", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_", text, StringComparison.Ordinal);
        Assert.DoesNotContain(id, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Duc.Number, text, StringComparison.Ordinal);
    }

    static double Difference(
        IReadOnlyDictionary<string, double> before, IReadOnlyDictionary<string, double> after, string name) =>
        after[name] - before[name];

    async Task<IReadOnlyDictionary<string, double>> ScrapeAsync()
    {
        using var anybody = service.Client();
        return await anybody.MetricsAsync();
    }
}
