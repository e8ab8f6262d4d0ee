using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;
using Issuer.Core;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Grpc;

/// <summary>
/// Length-prefixed messages (gRPC over HTTP/2, "Length-Prefixed-Message"): one byte that says whether it is compressed,
/// four of length, big-endian, then the message. Refused: compression, which is not offered, and what is too large,
/// before it is read.
/// </summary>
static class GrpcFrames
{
    /// <summary>A record is a few hundred bytes.</summary>
    public const int LargestMessage = 64 * 1024;

    const int PrefixLength = 5;

    /// <returns>Null at the end of the stream.</returns>
    public static async ValueTask<T?> ReadAsync<T>(PipeReader body, MessageParser<T> parser, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        var prefix = await body.ReadAtLeastAsync(PrefixLength, cancel);
        if (prefix.Buffer.Length < PrefixLength)
        {
            return prefix.Buffer.IsEmpty
                ? null
                : throw Refusal(RejectionKind.Malformed, "the stream ends in the middle of a message");
        }
        var length = LengthOf(prefix.Buffer);
        body.AdvanceTo(prefix.Buffer.GetPosition(PrefixLength));
        if (length == 0)
        {
            return parser.ParseFrom(ReadOnlySequence<byte>.Empty);
        }
        var read = await body.ReadAtLeastAsync(length, cancel);
        if (read.Buffer.Length < length)
        {
            throw Refusal(RejectionKind.Malformed, "the stream ends in the middle of a message");
        }
        var message = Parse(parser, read.Buffer.Slice(0, length));
        body.AdvanceTo(read.Buffer.GetPosition(length));
        return message;
    }

    public static async Task WriteAsync(PipeWriter body, IMessage message, CancellationToken cancel)
    {
        var length = message.CalculateSize();
        var frame = body.GetMemory(PrefixLength + length)[..(PrefixLength + length)];
        frame.Span[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame.Span[1..], length);
        message.WriteTo(frame.Span[PrefixLength..]);
        body.Advance(frame.Length);
        await body.FlushAsync(cancel);
    }

    static int LengthOf(ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        if (prefix[0] != 0)
        {
            throw new GrpcRefusal(GrpcStatus.Unimplemented, "compressed messages are not taken");
        }
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        return length <= LargestMessage
            ? (int)length
            : throw Refusal(RejectionKind.TooLarge, $"a message is larger than {LargestMessage} bytes");
    }

    static T Parse<T>(MessageParser<T> parser, ReadOnlySequence<byte> bytes)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            throw Refusal(RejectionKind.Malformed, "a message cannot be read");
        }
    }

    static RefusedException Refusal(RejectionKind kind, string why) => new(new Rejection(kind, why));
}
