using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Tests.Feedback;

/// <summary>Reports as an endpoint needs one: a new one each time, since an answer uses it up.</summary>
sealed class Reported(RunningService service)
{
    int reports;

    /// <summary>Puts the ids and bodies in place of their names.</summary>
    public async Task<string> FillAsync(string text) => text switch
    {
        "{new-report-body}" => Body(null),
        "{new-desk-report-body}" => Body(Person.Hoa.Number),
        // Yesterday, so that today's share is left.
        _ when text.Contains("{my-report}", StringComparison.Ordinal) =>
            text.Replace("{my-report}", await FileAsync(service.Now.AddDays(-1)), StringComparison.Ordinal),
        // A month ago, so that the province and the ministry may answer too.
        _ when text.Contains("{late-report}", StringComparison.Ordinal) =>
            text.Replace("{late-report}", await FileAsync(service.Now.AddDays(-30)), StringComparison.Ordinal),
        _ => text,
    };

    async Task<string> FileAsync(DateTimeOffset at)
    {
        var claim = new ReportClaim(
            ReportKind.DoseMissing, RunningService.Facility, "Nguyễn Thị Hòa", PartialDate.Parse(Person.Hoa.Born), "",
            $"L{Interlocked.Increment(ref reports)}", new DateOnly(2026, 3, 3), "GXN", "");
        var document = DocumentKey.OfNumber(Person.Hoa.Number);
        var filed = await service.Get<FileReports>().FileAsync(
            claim, new Filer(document, document, Person.Hoa.Number, 10_000), new Act("matrix", at), default);
        return PathIds.Of(service.Get<StoreSecret>()).Reports.Of(filed.Value!.Report.Id);
    }

    string Body(string? identityNumber)
    {
        var body = new Dictionary<string, object>
        {
            ["kind"] = "dose-missing", ["facility"] = RunningService.Facility, ["full_name"] = "Nguyễn Thị Hòa",
            ["date_of_birth"] = Person.Hoa.Born, ["vaccinated_on"] = "2026-03-03",
            ["evidence"] = $"GXN-{Interlocked.Increment(ref reports)}",
        };
        if (identityNumber is not null)
        {
            body["identity_number"] = identityNumber;
        }
        return JsonSerializer.Serialize(body);
    }
}
