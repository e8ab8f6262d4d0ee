using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Verification;
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
/// <param name="Lists">How old the lists are that it rests on.</param>
sealed record VerdictView(
    string Verdict, string Detail, bool CanBeHadAnew, IReadOnlyList<string> Warnings, IReadOnlyList<ListAgeView> Lists)
{
    public static VerdictView Of(VerdictNow judged) => new(
        judged.Judgement.Verdict.ToWire(), judged.Judgement.Detail, judged.Lists.CanBeHadAnew(judged.Judgement),
        judged.Warnings, judged.Ages);
}

/// <summary>
/// <c>POST /v1/verify</c>: judged by the published lists, as any verifier would, and by what was revoked here since; it
/// stores nothing.
/// </summary>
static class VerifyEndpoints
{
    static readonly HashSet<string> Members = ["hc1", "at"];

    public static void MapVerify(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/verify", AnswerAsync)
            .WithTags("Verification").ForAnybody()
            .WithSummary("A verdict and its reason, by the published lists and what was revoked since; nothing is "
                + "stored")
            .Accepts<VerifyRequest>("application/json")
            .Produces<VerdictView>().Refuses(400, 413, 415, 429, 503);
    }

    static async Task<IResult> AnswerAsync(HttpRequest request, VerifyNow verify, CancellationToken cancel)
    {
        var (hc1, at) = await ReadAsync(request, cancel);
        return await verify.JudgeAsync(hc1, at, cancel) is { } judged
            ? TypedResults.Ok(VerdictView.Of(judged))
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
