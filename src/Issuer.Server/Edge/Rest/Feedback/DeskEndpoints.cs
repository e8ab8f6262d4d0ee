using System.Security.Claims;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Certificates;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Feedback;

/// <summary>
/// The hotline desk: files for somebody whose record sits under a wrong number, asks whether there is one.
/// </summary>
static class DeskEndpoints
{
    static readonly HashSet<string> Members = ReportJson.ClaimAnd("identity_number", "recorded_number");
    static readonly HashSet<string> LookUpMembers =
        ["identity_number", "date_of_birth", "full_name", "facility", "vaccinated_on"];

    public static void MapDesk(this IEndpointRouteBuilder reports)
    {
        reports.MapPost("", FileAsync).For(Roles.Desk)
            .WithSummary("File a report for a citizen")
            .WithDescription("The answer is the same whether or not a record exists.")
            .Accepts<DeskReportBody>("application/json")
            .Produces<FiledReportView>(StatusCodes.Status201Created).Produces<FiledReportView>()
            .Refuses(400, 413, 415, 422, 429);
        reports.MapPost("/look-up", LookUpAsync).For(Roles.Desk)
            .WithSummary("Is there a record with this number, birth date and name, and why has it brought no "
                + "certificate?")
            .WithDescription("Of a record without a number facility and vaccinated_on take its place. Counted and "
                + "audited either way.")
            .Accepts<LookUpBody>("application/json")
            .Produces<LookUpView>().Refuses(400, 413, 415, 422, 429);
    }

    /// <summary>No document looks like it, so no citizen sees what a desk filed.</summary>
    public static string FilerOf(ClaimsPrincipal user) => $"desk:{Caller.SubjectOf(user)}";

    static async Task<IResult> FileAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, FileReports reports, RecentCheckContext context,
        PathIds ids,
        CancellationToken cancel)
    {
        var known = await context.GetAsync(cancel);
        var (claim, filer) = await ReportJson.ReadAsync(
            request, Members,
            (json, faults) =>
            {
                var claim = json.ReadClaim(known);
                var document = CheckReport.Document(json.Text("identity_number"), faults);
                var recorded = IdentityNumbers.AsTyped(json.Text("recorded_number"));
                return claim is null || document is null ? null : Tuple.Create(claim, new Filer(
                    FilerOf(user), document, recorded.Length > 0 ? recorded : DocumentKey.NumberOf(document),
                    reports.Policy.DeskReportsPerDay));
            },
            cancel);
        var filed = await reports.FileAsync(claim, filer, clock.Act(Caller.SubjectOf(user)), cancel);
        return HolderReportEndpoints.Answer(filed, "/v1/reports", ids, clock.Now);
    }

    static async Task<IResult> LookUpAsync(
        HttpRequest request, ClaimsPrincipal user, NationalClock clock, LookUpRecords lookUp, Why why,
        CancellationToken cancel)
    {
        var wanted = await ReportJson.ReadAsync(
            request, LookUpMembers,
            (json, faults) => CheckReport.LookUp(
                new LookUpRow(
                    json.Text("identity_number"), json.Text("date_of_birth"), json.Text("full_name"),
                    json.Text("facility"), json.Text("vaccinated_on")),
                clock.Today, faults),
            cancel);
        var answer = await lookUp.LookUpAsync(
            wanted, clock.Act(Caller.SubjectOf(user)), cancel);
        return answer.IsRefused(out var refused, out var found)
            ? Problem.Of(refused)
            : TypedResults.Ok(new LookUpView(found.Found, WaitingView.ListOf(await why.OfLookUpAsync(found, cancel))));
    }
}
