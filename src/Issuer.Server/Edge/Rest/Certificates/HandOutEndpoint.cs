using System.Security.Claims;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Certificates;

/// <summary>What somebody at the counter shows.</summary>
/// <param name="IdentityNumber">Twelve or nine digits, or <c>KOR:M12345678</c>: country and passport.</param>
/// <param name="DateOfBirth"><c>yyyy-mm-dd</c>, or as much of it as the document has.</param>
/// <param name="LastVaccinatedOn">The day of the last dose that is certified.</param>
sealed record HandOutBody(string IdentityNumber, string DateOfBirth, DateOnly LastVaccinatedOn);

/// <summary>The code that is given out.</summary>
/// <param name="QrSvg">To print, with its quiet zone.</param>
sealed record HandOutView(
    string Id, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string Uvci, string Hc1, string QrSvg);

/// <summary><c>/v1/certificates/hand-out</c>: the code of somebody who stands at a facility's counter.</summary>
static class HandOutEndpoint
{
    const string Number = "identity_number";
    const string Born = "date_of_birth";
    const string Last = "last_vaccinated_on";

    static readonly HashSet<string> Members = [Number, Born, Last];

    public static void MapHandOut(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/certificates/hand-out", RunAsync).For(Roles.FacilityClerk, Roles.FacilitySignatory)
            .WithTags("Records")
            .WithSummary("The current code of a person at the counter, by their document, birth date and last dose")
            .WithDescription("At any facility. 404 is the one answer to anything that does not belong together; wrong "
                + "tries are counted for each number, all tries for each clerk (429). The holder sees it in /v1/me.")
            .Accepts<HandOutBody>("application/json")
            .Produces<HandOutView>().Refuses(400, 404, 413, 415, 422, 429);

    static async Task<IResult> RunAsync(
        HttpRequest request, ClaimsPrincipal user, CounterHandOut counter, NationalClock clock, PathIds ids,
        CancellationToken cancel)
    {
        var facility = Caller.FacilityOf(user);
        var claim = await BodyFields.ReadAsync(request, Members, ReadClaim, cancel);
        var handed = await counter.RunAsync(facility, claim!, clock.Act(Caller.SubjectOf(user)), cancel);
        if (handed.IsRefused(out var why, out var certificate))
        {
            return Problem.Of(why);
        }
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        var hc1 = certificate.ToHc1();
        return TypedResults.Ok(new HandOutView(
            ids.Certificates.Of(certificate.Slot.Value), certificate.IssuedAt, certificate.ExpiresAt, certificate.Uvci,
            hc1, QrPicture.Svg(hc1)));
    }

    static HandOutClaim? ReadClaim(BodyFields fields) =>
        ClaimOf(fields.Text(Number), fields.Text(Born), fields.Text(Last), fields.Add);

    /// <param name="add">Takes every fault. Null is returned when there was one.</param>
    public static HandOutClaim? ClaimOf(string number, string dateOfBirth, string lastVaccinatedOn, Action<Fault> add)
    {
        var document = Caller.DocumentOf(number);
        if (document is null)
        {
            add(new Fault(Number, RequestFaultCode.BadNumber));
        }
        if (!PartialDate.TryParse(dateOfBirth, out var born))
        {
            add(new Fault(Born, FaultCode.BadDate));
        }
        if (!PartialDate.TryParse(lastVaccinatedOn, out var last) || last.Complete is null)
        {
            add(new Fault(Last, FaultCode.BadDate));
        }
        return document is null || born == default || last.Complete is not { } day
            ? null
            : new HandOutClaim(document, born, day);
    }
}
