using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Http;

/// <summary>
/// The <c>Idempotency-Key</c> of a request that creates (design.md 4.18). Within one caller and route the same request
/// under it is answered from what the first one made, another is refused.
/// </summary>
sealed record IdempotencyKey(string Text)
{
    public const string Header = "Idempotency-Key";
    const int Longest = 128;

    /// <summary>Null when there is none.</summary>
    public static IdempotencyKey? Of(HttpRequest request)
    {
        var sent = request.Headers[Header];
        if (sent.Count == 0)
        {
            return null;
        }
        return sent is [{ Length: > 0 and <= Longest } text] && text.All(c => c is > ' ' and <= '~')
            ? new IdempotencyKey(text)
            : throw new RefusedException(new Rejection(
                RejectionKind.Invalid, $"{Header} must be 1 to {Longest} printable characters without spaces",
                [new Fault(Header, RequestFaultCode.OutOfRange)]));
    }

    /// <param name="caller">Nobody else's request is this one.</param>
    /// <param name="digest">Of the body.</param>
    public RequestKey For(string caller, string route, byte[] digest) => new(caller, route, Text, digest);
}
