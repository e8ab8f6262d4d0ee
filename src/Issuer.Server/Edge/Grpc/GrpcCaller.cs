using System.Security.Claims;
using Grpc.Core;

namespace Issuer.Server.Edge.Grpc;

/// <summary>What every method asks of its call, and of a message's fields: empty means not given.</summary>
static class GrpcCaller
{
    public static ClaimsPrincipal User(this ServerCallContext call) => call.GetHttpContext().User;

    public static string? OrNull(this string text) => text.Length == 0 ? null : text;

    /// <summary>0: the usual number.</summary>
    public static int? OrNull(this int limit) => limit == 0 ? null : limit;
}
