using Issuer.Core;

namespace Issuer.Server.Edge.Grpc;

/// <summary>The status codes of gRPC that are given here (grpc/doc/statuscodes.md).</summary>
enum GrpcStatus
{
    Ok = 0,
    Cancelled = 1,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    NotFound = 5,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Aborted = 10,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// <summary>What only the protocol itself refuses; everything else is a <see cref="Rejection"/>.</summary>
sealed class GrpcRefusal(GrpcStatus status, string why) : Exception(why)
{
    public GrpcStatus Status => status;
}
