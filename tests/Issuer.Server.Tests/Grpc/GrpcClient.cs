using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;
using V1 = Issuer.Server.Edge.Grpc.V1;

namespace Issuer.Server.Tests.Grpc;

/// <summary>How a call ended: the status, what it said, and the bytes of the answer's messages.</summary>
sealed record GrpcEnding(StatusCode Status, string Message, byte[] FaultBytes, IReadOnlyList<byte[]> Replies)
{
    /// <summary>The faults as <c>field:code</c>.</summary>
    public IReadOnlyList<string> Faults =>
        [.. V1.Faults.Parser.ParseFrom(FaultBytes).Faults_.Select(f => $"{f.Field}:{f.Code}")];

    /// <summary>The only message.</summary>
    public T Read<T>(MessageParser<T> parser)
        where T : IMessage<T> => Assert.Single(ReadAll(parser));

    public IReadOnlyList<T> ReadAll<T>(MessageParser<T> parser)
        where T : IMessage<T>
    {
        Assert.True(Status == StatusCode.OK, $"{Status}: {Message}");
        return [.. Replies.Select(parser.ParseFrom)];
    }
}

/// <summary>gRPC by hand over HttpClient, so that frames can also be sent that no real client sends.</summary>
sealed class GrpcClient(Uri address, string? token) : IDisposable
{
    readonly HttpClient client = new() { BaseAddress = address };

    public Task<GrpcEnding> CallAsync(string method, params IEnumerable<IMessage> messages) =>
        SendAsync(method, [.. messages.SelectMany(m => FrameOf(m.ToByteArray()))]);

    public Task<GrpcEnding> SendAsync(
        string method, byte[] body, string? timeout = null, string contentType = "application/grpc") =>
        SendAsync(method, new ByteArrayContent(body), timeout, contentType);

    public async Task<GrpcEnding> SendAsync(
        string method, HttpContent body, string? timeout = null, string contentType = "application/grpc")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (timeout is not null)
        {
            request.Headers.Add("grpc-timeout", timeout);
        }
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        // A call that ends in its headers has no body; past a deadline the stream is reset right behind them.
        var answer = response.Headers.Contains("grpc-status") ? [] : await response.Content.ReadAsByteArrayAsync();
        string Said(string name) =>
            (response.Headers.TryGetValues(name, out var values) || response.TrailingHeaders.TryGetValues(
                name, out values))
                ? values.Single() : "";
        return new GrpcEnding(
            (StatusCode)int.Parse(Said("grpc-status"), CultureInfo.InvariantCulture),
            Uri.UnescapeDataString(Said("grpc-message")), Convert.FromBase64String(Said("issuer-faults-bin")),
            MessagesOf(answer));
    }

    static List<byte[]> MessagesOf(byte[] answer)
    {
        var messages = new List<byte[]>();
        for (var at = 0; at < answer.Length;)
        {
            Assert.Equal(0, answer[at]);
            var end = at + 5 + BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(at + 1));
            messages.Add(answer[(at + 5)..end]);
            at = end;
        }
        return messages;
    }

    public static byte[] FrameOf(byte[] message, byte compressed = 0)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = compressed;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public void Dispose() => client.Dispose();
}

/// <summary>Sends what it has and then nothing, without ending.</summary>
sealed class PausingContent(byte[] body) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, default);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(body, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        // Cancelled when the service ends the call; that is no failure of sending.
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
