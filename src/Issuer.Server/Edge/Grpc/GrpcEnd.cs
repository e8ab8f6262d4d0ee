using System.Globalization;
using System.Text;
using Google.Protobuf;
using Issuer.Core;
using Issuer.Server.Grpc.V1;

namespace Issuer.Server.Edge.Grpc;

/// <summary>
/// How a call ends: a status, a message and the faults, as headers when nothing was sent yet, else as trailers.
/// </summary>
static class GrpcEnd
{
    public const string ContentType = "application/grpc";

    const string FaultsTrailer = "issuer-faults-bin";

    // Trailers count against the client's limit for headers, 8 KiB with most.
    const int MostFaults = 20;

    /// <summary>The one place where a refusal becomes a status.</summary>
    public static GrpcStatus StatusOf(RejectionKind kind) => kind switch
    {
        RejectionKind.Malformed or RejectionKind.Invalid => GrpcStatus.InvalidArgument,
        RejectionKind.Unauthenticated => GrpcStatus.Unauthenticated,
        RejectionKind.Forbidden => GrpcStatus.PermissionDenied,
        RejectionKind.NotFound or RejectionKind.Gone => GrpcStatus.NotFound,
        RejectionKind.Conflict => GrpcStatus.Aborted,
        RejectionKind.TooLarge => GrpcStatus.ResourceExhausted,
        RejectionKind.TooOften => GrpcStatus.ResourceExhausted,
        RejectionKind.Unavailable => GrpcStatus.Unavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static void End(this HttpResponse response, Rejection rejection)
    {
        if (rejection.Faults.Count > 0)
        {
            var faults = new Faults { Faults_ = { rejection.Faults.Take(MostFaults).Select(GrpcRecords.FaultOf) } };
            response.Put(FaultsTrailer, Convert.ToBase64String(faults.ToByteArray()));
        }
        response.End(StatusOf(rejection.Kind), rejection.Detail);
    }

    public static void End(this HttpResponse response, GrpcStatus status, string message = "")
    {
        response.Put("grpc-status", ((int)status).ToString(CultureInfo.InvariantCulture));
        if (message.Length > 0)
        {
            response.Put("grpc-message", Escape(message));
        }
    }

    static void Put(this HttpResponse response, string name, string value)
    {
        if (response.HasStarted)
        {
            response.AppendTrailer(name, value);
            return;
        }
        response.ContentType = ContentType;
        response.Headers[name] = value;
    }

    /// <summary>Percent-encoded UTF-8, as the protocol wants it of everything but plain ASCII.</summary>
    static string Escape(string message)
    {
        var text = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(message))
        {
            _ = octet is >= 0x20 and <= 0x7E and not (byte)'%'
                ? text.Append((char)octet)
                : text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        return text.ToString();
    }
}
