using System.Security.Claims;
using Issuer.Core.Certificates;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Certificates;

/// <summary>A dose of the holder's, and whether it counts for a certificate already.</summary>
/// <param name="Signed">The facility has signed for it.</param>
/// <param name="UnderReview">It does not count until somebody has looked.</param>
sealed record MyDoseView(
    DateOnly VaccinatedOn, string Product, string? Lot, int? DoseNumber, string Facility, bool Signed, bool UnderReview)
{
    public static MyDoseView Of(DoseOnRecord dose)
    {
        var shown = DoseView.Of(dose.Record);
        return new MyDoseView(
            shown.VaccinatedOn, shown.Product, shown.Lot, shown.DoseNumber, shown.Facility, dose.IsSignedFor,
            dose.IsHeld);
    }
}

/// <summary>A facility that gave the holder's code to somebody at its counter.</summary>
sealed record HandedOutView(string Facility, DateTimeOffset At)
{
    public static HandedOutView Of(HandedOut handed) => new(handed.Facility, handed.At);
}

/// <summary>All that is known of the holder, and what is missing.</summary>
/// <param name="Known">False: no dose is known under the document of the token.</param>
/// <param name="Waiting">Empty: nothing is missing.</param>
/// <param name="Dependants">The same of each child that the token lists, in its order.</param>
sealed record MeView(
    bool Known, IReadOnlyList<CertificateView> Certificates, IReadOnlyList<MyDoseView> Doses,
    IReadOnlyList<WaitingView> Waiting, IReadOnlyList<HandedOutView> HandedOut,
    IReadOnlyList<DependantView> Dependants);

/// <summary>What a login is told of a child.</summary>
/// <param name="Dependant">Its place in the token's <c>dependants</c>, from 1.</param>
/// <param name="Name">As its last dose has it; null: no dose of a child is known under this document.</param>
sealed record DependantView(
    int Dependant, string? Name, bool Known, IReadOnlyList<CertificateView> Certificates,
    IReadOnlyList<MyDoseView> Doses, IReadOnlyList<WaitingView> Waiting, IReadOnlyList<HandedOutView> HandedOut)
{
    public static DependantView Of(HolderStanding child, int place, PathIds ids, DateTimeOffset now) => new(
        place, child.Doses is [.., { Record: var last }] ? $"{last.FamilyName} {last.GivenName}".Trim() : null,
        child.IsKnown, [.. child.Certificates.Select(c => CertificateView.Of(c, ids, now, place))],
        [.. child.Doses.Select(MyDoseView.Of)], WaitingView.ListOf(child.Waiting),
        [.. child.HandedOut.Select(HandedOutView.Of)]);
}

/// <summary><c>/v1/me</c>: what is known of a holder, what is missing, who must act and until when.</summary>
static class MeEndpoint
{
    public static void MapMe(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/me", FindAsync).WithTags("Holder").ForHolder()
            .WithSummary("The holder's certificates and doses, and why anything is missing; the same of their children")
            .WithDescription("waiting names each reason in both languages, whose step is next and until when. Never "
                + "what a registry says; of a record typed under the holder's number that does not match, facility "
                + "and day only. dependants has the children under 16 whom the token lists.")
            .Produces<MeView>().Produces(StatusCodes.Status304NotModified);

    static async Task<IResult> FindAsync(
        HttpContext http, ClaimsPrincipal user, Why why, NationalClock clock, PathIds ids, CancellationToken cancel)
    {
        var family = Caller.FamilyOf(user);
        var standing = await why.OfHolderAsync(family.Own, cancel);
        var now = clock.Now;
        var children = new List<DependantView>();
        foreach (var (place, document) in family.Dependants.Index())
        {
            children.Add(DependantView.Of(await why.OfDependantAsync(document, cancel), place + 1, ids, now));
        }
        return Conditional.Json(http, new MeView(
            standing.IsKnown, [.. standing.Certificates.Select(c => CertificateView.Of(c, ids, now))],
            [.. standing.Doses.Select(MyDoseView.Of)], WaitingView.ListOf(standing.Waiting),
            [.. standing.HandedOut.Select(HandedOutView.Of)], children));
    }
}
