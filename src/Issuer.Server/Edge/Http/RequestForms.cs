using Issuer.Core.Records;
using Microsoft.Net.Http.Headers;

namespace Issuer.Server.Edge.Http;

/// <summary>
/// What no endpoint takes, refused once for all of them: a compressed body, text in other letters than UTF-8, and
/// control characters in the query, which no value has and one of our stores cannot even be asked for.
/// </summary>
static class RequestForms
{
    const string NoCoding = "identity";

    static readonly string[] Charsets = ["utf-8", "us-ascii"];

    public static void UseRequestForms(this IApplicationBuilder app) => app.Use((context, next) =>
        Refusal(context) is { } refusal ? refusal.ExecuteAsync(context) : next(context));

    static IResult? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } coding
            && !coding.Equals(NoCoding, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.AcceptEncoding = NoCoding;
            return Problem.Of(
                StatusCodes.Status415UnsupportedMediaType,
                "The body must be sent as it is, without Content-Encoding (nội dung gửi lên không được nén).");
        }
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue
            && !Charsets.Contains(HeaderUtilities.RemoveQuotes(type.Charset).Value, StringComparer.OrdinalIgnoreCase))
        {
            if (!type.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase))
            {
                return Problem.Of(
                    StatusCodes.Status415UnsupportedMediaType,
                    "The letters of the body must be UTF-8 (nội dung gửi lên phải dùng bảng mã UTF-8).");
            }
            // RFC 8259, section 11: JSON is UTF-8, and a charset beside it says nothing.
            request.ContentType = type.MediaType.Value;
        }
        var faults = request.QueryString.HasValue
            ? request.Query.Where(pair => pair.Value.Any(value => value?.Any(char.IsControl) == true))
                .Select(pair => new Fault(pair.Key, FaultCode.ControlCharacter)).ToList()
            : [];
        return faults.Count > 0 ? Problem.Of(Query.Refusal(faults)) : null;
    }
}
