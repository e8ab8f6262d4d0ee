using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Progress;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Identity;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Progress;

/// <summary><c>/v1/progress</c>: counts, never a person.</summary>
static class ProgressEndpoints
{
    public static void MapProgress(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/progress", ReadAsync).WithTags("Progress")
        .For(Roles.FacilityClerk, Roles.FacilitySignatory, Roles.Commune, Roles.Province, Roles.MinistryOperator,
            Roles.MinistrySecurity, Roles.Auditor)
        .WithSummary("How far the caller's facility, commune, province or the country has come")
        .WithDescription(
            "day (yyyy-mm-dd) looks back; by (province, commune or facility) tells the parts apart; facility, "
            + "commune and province narrow. With Accept: text/csv a row for each part.")
        .Produces<ProgressView>().AlsoProducesCsv()
        .Produces(StatusCodes.Status304NotModified).Refuses(400);

    static async Task<IResult> ReadAsync(
        HttpContext http, ClaimsPrincipal user, NationalClock clock, IProgressStore progressStore, string? day,
        string? by, string? facility,
        string? commune, string? province, CancellationToken cancel)
    {
        var faults = new List<Fault>();
        var (asOf, kind) = (DayOf(day, clock.Today, faults), KindOf(by, faults));
        Query.ThrowIf(faults);
        var wanted = new WorklistScope(facility, commune, province is null ? null : Provinces.CodesOf(province));
        var view = ProgressView.Of(
            asOf, await progressStore.LastPassAsync(asOf, cancel), kind,
            await progressStore.AsOfAsync(asOf, Caller.AreaOf(user), wanted, cancel));
        http.Response.Headers.Vary = "Accept";
        if (!http.Request.Headers.Accept.ToString().Contains(WorklistCsv.ContentType, StringComparison.Ordinal))
        {
            return Conditional.Json(http, view);
        }
        var csv = view.Csv();
        return Conditional.Bytes(
            http, csv, $"{WorklistCsv.ContentType}; charset=utf-8", Conditional.EtagOf(csv), Conditional.Private);
    }

    public static AreaKind? KindOf(string? by, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(by))
        {
            return null;
        }
        foreach (var kind in Enum.GetValues<AreaKind>().Where(kind => Kebab.Of(kind.ToString()) == by))
        {
            return kind;
        }
        faults.Add(new Fault(
            "by", RequestFaultCode.NotListed,
            Expected.OneOf(Enum.GetValues<AreaKind>().Select(kind => Kebab.Of(kind.ToString())))));
        return null;
    }

    /// <summary>Today when none is named; what has not come yet cannot be counted.</summary>
    public static DateOnly DayOf(string? day, DateOnly today, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(day))
        {
            return today;
        }
        var read = PartialDate.TryParse(day, out var date) ? date.Complete : null;
        if (read is null || read > today)
        {
            faults.Add(new Fault("day", read is null ? FaultCode.BadDate : FaultCode.FutureDate));
        }
        return read ?? today;
    }
}
