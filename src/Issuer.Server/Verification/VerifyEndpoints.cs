using System.Globalization;
using Issuer.Core;
using Issuer.Core.Publication;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Server.Hosting;
using Issuer.Server.Http;
using Issuer.Server.Publication;

namespace Issuer.Server.Verification;

/// <summary>What to judge.</summary>
/// <param name="Hc1">The text of the QR.</param>
/// <param name="At">RFC 3339; null: now.</param>
sealed record VerifyRequest(string Hc1, string? At = null);

/// <summary>A verdict. Nothing of what was asked is kept.</summary>
/// <param name="Verdict"><c>valid</c>, or the first reason why not.</param>
/// <param name="CanBeHadAnew">It only expired and is ours: its holder's app has a newer one, or gets one.</param>
/// <param name="Warnings">That the lists it rests on are stale, say.</param>
sealed record VerdictView(string Verdict, string Detail, bool CanBeHadAnew, IReadOnlyList<string> Warnings)
{
    public static VerdictView Of(Hcert.Verification judged, VerificationLists lists, DateTimeOffset now) => new(
        judged.Verdict.ToWire(), judged.Detail, lists.CanBeHadAnew(judged), lists.WarningsAt(now));
}

/// <summary>
/// <c>POST /v1/verify</c>: judged by the published lists alone, as any verifier would; it stores nothing.
/// </summary>
static class VerifyEndpoints
{
    public static void MapVerify(this IEndpointRouteBuilder routes)
    {
        var lists = new PublishedLists(routes.ServiceProvider.GetRequiredService<Workplace>());
        routes.MapPost("/v1/verify", (VerifyRequest request, Workplace place) => Verify(request, lists, place.Now))
            .WithTags("Verification").AllowAnonymous()
            .WithSummary("A verdict and why, by the lists that are published; nothing is stored")
            .Produces<VerdictView>().Refuses(400, 413, 503);
    }

    static IResult Verify(VerifyRequest? request, PublishedLists published, DateTimeOffset now)
    {
        // Of a body without it, null.
        if (request?.Hc1 is not { } hc1)
        {
            return Problem.Of(new Rejection(
                RejectionKind.Malformed, "the body is refused", [new Fault("hc1", FaultCode.Missing)]));
        }
        var at = now;
        if (request.At is { } text && !DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at))
        {
            return Problem.Of(new Rejection(
                RejectionKind.Malformed, "the body is refused", [new Fault("at", FaultCode.BadInstant)]));
        }
        return published.Read(now) is { } lists
            ? TypedResults.Ok(VerdictView.Of(lists.Verify(hc1.Trim('\r', '\n', '\t'), at), lists, now))
            : Problem.Of(ServedFile.NothingYet);
    }
}

/// <summary>The bundle that lies in the service's own folder, read anew when another is published.</summary>
sealed class PublishedLists(Workplace place)
{
    readonly ServedFile bundle = ServedFile.Of(place, Bundle.Path, "application/octet-stream");

    volatile Known? current;

    /// <summary>Null when nothing has been published yet.</summary>
    public VerificationLists? Read(DateTimeOffset now)
    {
        if (bundle.Read() is not { } content)
        {
            return null;
        }
        if (current is { } known && known.Etag == content.Etag)
        {
            return known.Lists;
        }
        using var anchor = place.TrustAnchor();
        var lists = VerificationLists.OfBundle(content.Bytes, anchor.Der.ToArray(), "the bundle in place", now);
        current = new Known(content.Etag, lists);
        return lists;
    }

    sealed record Known(string Etag, VerificationLists Lists);
}
