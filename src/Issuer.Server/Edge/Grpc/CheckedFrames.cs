using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;
using Issuer.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Issuer.Server.Edge.Grpc;

/// <summary>
/// Length-prefixed messages (gRPC over HTTP/2, "Length-Prefixed-Message") on their way to Grpc.AspNetCore: one byte
/// that says whether it is compressed, four of length, big-endian, then the message. Grpc.AspNetCore calls what is
/// broken INTERNAL or UNKNOWN; the sender shall learn that it is the sender's. Refused besides: compression, which is
/// not offered (a small message could become a large one), and what is too large, before it is read.
/// </summary>
/// <param name="isAlone">Exactly one message comes.</param>
/// <param name="largest">How long a message may be.</param>
sealed class CheckedFrames(PipeReader body, bool isAlone, int largest) : PipeReader, IRequestBodyPipeFeature
{
    const int PrefixLength = 5;

    ReadOnlySequence<byte> unconsumed;

    /// <summary>Where the next prefix begins, from the first byte that is not consumed.</summary>
    long next;

    long messages;

    public PipeReader Reader => this;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Checked(await body.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        var isRead = body.TryRead(out result);
        if (isRead)
        {
            Checked(result);
        }
        return isRead;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        next -= unconsumed.Slice(unconsumed.Start, consumed).Length;
        body.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => body.Complete(exception);

    ReadResult Checked(ReadResult result)
    {
        unconsumed = result.Buffer;
        if (!result.IsCanceled && FaultIn(result) is { } fault)
        {
            body.AdvanceTo(unconsumed.End);
            throw fault;
        }
        return result;
    }

    RpcException? FaultIn(ReadResult result)
    {
        while (unconsumed.Length - next >= PrefixLength)
        {
            if (PrefixFault(unconsumed.Slice(next, PrefixLength)) is { } fault)
            {
                return fault;
            }
        }
        return !result.IsCompleted ? null
            : unconsumed.Length != next ? GrpcStatus.Malformed("the stream ends in the middle of a message")
            : isAlone && messages == 0 ? GrpcStatus.Malformed("there is no message")
            : null;
    }

    RpcException? PrefixFault(ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        next += PrefixLength + (long)length;
        messages++;
        return prefix[0] != 0
            ? new RpcException(new Status(StatusCode.Unimplemented, "compressed messages are not taken"))
            : length > largest
            ? new Rejection(RejectionKind.TooLarge, $"a message is larger than {largest} bytes").ToRpc()
            : isAlone && messages > 1 ? GrpcStatus.Malformed("there is more than one message")
            : null;
    }
}
