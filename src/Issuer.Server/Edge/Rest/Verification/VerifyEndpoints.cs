using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Rest.Verification;

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
    public static VerdictView Of(Judgement judged, VerificationLists lists, DateTimeOffset now) => new(
        judged.Verdict.ToWire(), judged.Detail, lists.CanBeHadAnew(judged), lists.WarningsAt(now));
}

/// <summary>
/// <c>POST /v1/verify</c>: judged by the published lists alone, as any verifier would; it stores nothing.
/// </summary>
static class VerifyEndpoints
{
    static readonly HashSet<string> Members = ["hc1", "at"];

    public static void MapVerify(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/verify", AnswerAsync)
            .WithTags("Verification").AllowAnonymous()
            .WithSummary("A verdict and its reason, by the published lists; nothing is stored")
            .Accepts<VerifyRequest>("application/json")
            .Produces<VerdictView>().Refuses(400, 413, 415, 503);
    }

    /// <summary>Null when nothing has been published yet.</summary>
    public static VerdictView? Judge(string hc1, DateTimeOffset? at, PublishedLists published, DateTimeOffset now) =>
        published.Read(now) is { } lists
            ? VerdictView.Of(lists.Verify(hc1.Trim('\r', '\n', '\t'), at ?? now), lists, now)
            : null;

    static async Task<IResult> AnswerAsync(
        HttpRequest request, NationalClock clock, PublishedLists published, CancellationToken cancel)
    {
        var (hc1, at) = await ReadAsync(request, cancel);
        return Judge(hc1, at, published, clock.Now) is { } view
            ? TypedResults.Ok(view)
            : Problem.Of(ServedFile.NothingYet);
    }

    /// <summary>
    /// A member that stands twice is refused: one reader would judge this, another that. Those that nobody here knows
    /// do no harm.
    /// </summary>
    static async Task<(string Hc1, DateTimeOffset? At)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        using var body = await RequestBody.JsonAsync(request, cancel);
        var faults = new List<Fault>();
        var members = body.RootElement.ValueKind == JsonValueKind.Object
            ? JsonMembers.Of(body.RootElement, Members, faults)
            : throw Refused("the body must be an object", []);
        faults.RemoveAll(fault => fault.Is(RequestFaultCode.UnknownMember));
        var hc1 = TextOf(members, "hc1", faults);
        if (hc1 is null && faults.Count == 0)
        {
            faults.Add(new Fault("hc1", FaultCode.Missing));
        }
        var at = TextOf(members, "at", faults) is { } text
            ? Instants.ParseOrUtc(text, _ => faults.Add(new Fault("at", RequestFaultCode.BadInstant)))
            : null;
        return faults.Count == 0 ? (hc1!, at) : throw Refused("the body is refused", faults);
    }

    static string? TextOf(IReadOnlyDictionary<string, JsonElement> members, string name, List<Fault> faults)
    {
        if (!members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.String)
        {
            return JsonMembers.TextOf(name, value, faults);
        }
        faults.Add(new Fault(name, RequestFaultCode.BadType, Expected.Text));
        return null;
    }

    static RefusedException Refused(string why, IReadOnlyList<Fault> faults) =>
        new(new Rejection(RejectionKind.Malformed, why, faults));
}

/// <summary>
/// The bundle that lies in the service's own folder, read anew when another is published. One that cannot be believed,
/// or is older, leaves the lists that were good.
/// </summary>
sealed class PublishedLists(DataFolder data, OwnAnchor ownAnchor)
{
    readonly ServedFile bundle = ServedFile.Of(data, Bundle.Path, "application/octet-stream");
    readonly Lock reading = new();

    volatile Known? current;

    /// <summary>Null when nothing good has been published yet.</summary>
    public VerificationLists? Read(DateTimeOffset now)
    {
        if (bundle.Read() is not { } content || current?.Etag == content.Etag)
        {
            return current?.Lists;
        }
        // Once for all who ask meanwhile: it costs as much as thousands of verdicts.
        lock (reading)
        {
            if (current?.Etag != content.Etag)
            {
                current = new Known(content.Etag, Open(content.Bytes, now) ?? current?.Lists);
            }
            return current?.Lists;
        }
    }

    VerificationLists? Open(byte[] content, DateTimeOffset now)
    {
        using var anchor = ownAnchor.Read();
        try
        {
            return ReadBundle.From(
                content, anchor.Der.ToArray(), "the bundle in place", now, current?.Lists?.Manifest?.Sequence);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    sealed record Known(string Etag, VerificationLists? Lists);
}
