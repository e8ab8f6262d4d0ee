using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Records;
using Microsoft.AspNetCore.WebUtilities;

namespace Issuer.Server.Edge.Http;

/// <summary>One fault of one field; the code is stable, the messages are for people.</summary>
sealed record FaultView(string Field, string Code, string MessageVi, string MessageEn)
{
    public static FaultView Of(Fault fault) => new(fault.Field, fault.Code, fault.Vietnamese, fault.English);

    public static IReadOnlyList<FaultView> ListOf(IEnumerable<Fault> faults) => [.. faults.Select(Of)];
}

/// <summary>Problem details (RFC 9457) with every fault there is.</summary>
/// <param name="Code">The kind of refusal, a closed list.</param>
sealed record Problem(
    string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<FaultView> Faults)
{
    public const string ContentType = "application/problem+json";

    /// <summary>The one place where a refusal becomes a status.</summary>
    public static int StatusOf(RejectionKind kind) => kind switch
    {
        RejectionKind.Malformed => StatusCodes.Status400BadRequest,
        RejectionKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RejectionKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RejectionKind.Forbidden => StatusCodes.Status403Forbidden,
        RejectionKind.NotFound => StatusCodes.Status404NotFound,
        RejectionKind.Conflict => StatusCodes.Status409Conflict,
        RejectionKind.Gone => StatusCodes.Status410Gone,
        RejectionKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RejectionKind.TooOften => StatusCodes.Status429TooManyRequests,
        RejectionKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RejectionKind.NoRoom => StatusCodes.Status507InsufficientStorage,
    };

    public static IResult Of(Rejection rejection) => new Answer(new Problem(
        "about:blank", TitleOf(StatusOf(rejection.Kind)), StatusOf(rejection.Kind), rejection.Detail,
        Kebab.Of(rejection.Kind.ToString()), FaultView.ListOf(rejection.Faults)));

    /// <summary>What the framework refused by a status alone.</summary>
    public static IResult Of(int status) => Of(status, DetailOf(status));

    /// <summary>What was refused before any use case was asked.</summary>
    public static IResult Of(int status, string detail) => new Answer(new Problem(
        "about:blank", TitleOf(status), status, detail, CodeOf(status), []));

    static string TitleOf(int status) => ReasonPhrases.GetReasonPhrase(status);

    static string CodeOf(int status)
    {
        var kinds = Enum.GetValues<RejectionKind>().Where(kind => StatusOf(kind) == status).ToList();
        return kinds.Count == 1
            ? Kebab.Of(kinds[0].ToString())
            : TitleOf(status).Replace(' ', '-').ToLowerInvariant();
    }

    static string DetailOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "A parameter or the request itself cannot be read.",
        StatusCodes.Status401Unauthorized => "A valid bearer token is needed.",
        StatusCodes.Status403Forbidden => "This token may not do that.",
        StatusCodes.Status404NotFound => "There is nothing here for this caller.",
        StatusCodes.Status405MethodNotAllowed => "This path does not take this method.",
        StatusCodes.Status412PreconditionFailed => "If-Match names another version than the one that is here now.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        StatusCodes.Status429TooManyRequests => "Too often for now.",
        StatusCodes.Status415UnsupportedMediaType =>
            "This content type is not taken here: JSON wants Content-Type: application/json, a CSV file text/csv.",
        _ => "The request could not be answered.",
    };

    /// <summary>Somebody must make room first, which takes longer than a database that starts again.</summary>
    static string? RetryAfter(int status) => status switch
    {
        StatusCodes.Status503ServiceUnavailable => "10",
        StatusCodes.Status507InsufficientStorage => "60",
        _ => null,
    };

    sealed class Answer(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.StatusCode = problem.Status;
            context.Response.Headers.CacheControl = "no-store";
            if (RetryAfter(problem.Status) is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds;
            }
            return context.Response.WriteAsJsonAsync(
                problem, (JsonSerializerOptions?)null, ContentType, context.RequestAborted);
        }
    }
}
