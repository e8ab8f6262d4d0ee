using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Issuer.Benchmarks;

/// <summary>What a load saw.</summary>
/// <param name="PerSecond">Answers, all of the expected status.</param>
/// <param name="P99Milliseconds">Of the time from when a request was due, not from when it could be sent.</param>
sealed record LoadFigures(double PerSecond, double P50Milliseconds, double P99Milliseconds);

/// <summary>
/// HTTP/1.1 over kept connections, as little work as a client can do: it shares the cores with what it measures.
/// </summary>
/// <param name="requests">Whole requests, sent again and again; each connection has its own.</param>
sealed class LoadClient(IPEndPoint server, IReadOnlyList<byte[]> requests, int expectedStatus, int connections)
{
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>As fast as the answers come.</summary>
    public Task<LoadFigures> FullAsync(TimeSpan time, CancellationToken cancel) => RunAsync(null, time, cancel);

    /// <summary>At a fixed rate over all connections.</summary>
    public Task<LoadFigures> PacedAsync(double perSecond, TimeSpan time, CancellationToken cancel) =>
        RunAsync(connections / perSecond, time, cancel);

    async Task<LoadFigures> RunAsync(double? secondsBetween, TimeSpan time, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(
            n => Task.Run(() => ConnectAsync(n, secondsBetween, watch, WarmUp + time, cancel), cancel)));
        var latencies = all.SelectMany(one => one).Order().ToArray();
        return new LoadFigures(
            Math.Round(latencies.Length / time.TotalSeconds), At(latencies, 0.5), At(latencies, 0.99));
    }

    async Task<List<float>> ConnectAsync(
        int number, double? secondsBetween, Stopwatch watch, TimeSpan end, CancellationToken cancel)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancel);
        var buffer = new byte[64 * 1024];
        var latencies = new List<float>();
        // Each connection has requests of its own, so that none is sent again before all have been.
        var next = number % requests.Count;
        var due = watch.Elapsed + TimeSpan.FromSeconds((secondsBetween ?? 0) * number / connections);
        while (watch.Elapsed < end)
        {
            if (secondsBetween is not null)
            {
                var wait = due - watch.Elapsed;
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, cancel);
                }
            }
            else
            {
                due = watch.Elapsed;
            }
            await socket.SendAsync(requests[next], cancel);
            await ReceiveAsync(socket, buffer, cancel);
            if (due > WarmUp)
            {
                latencies.Add((float)(watch.Elapsed - due).TotalMilliseconds);
            }
            due += TimeSpan.FromSeconds(secondsBetween ?? 0);
            next = (next + connections) % requests.Count;
        }
        return latencies;
    }

    /// <summary>One whole answer, which must have a length.</summary>
    async Task ReceiveAsync(Socket socket, byte[] buffer, CancellationToken cancel)
    {
        var (received, expected) = (0, -1);
        while (expected < 0 || received < expected)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(received), cancel);
            received += read > 0 ? read : throw new IOException("The service closed the connection.");
            expected = expected < 0 ? LengthOf(buffer.AsSpan(0, received)) : expected;
        }
    }

    int LengthOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return -1;
        }
        if (!Utf8Parser.TryParse(answer[9..12], out int status, out _) || status != expectedStatus)
        {
            throw new IOException($"The service answered {status}, not {expectedStatus}.");
        }
        var field = answer[..head].IndexOf("\r\nContent-Length: "u8);
        return head + 4 + (field >= 0 && Utf8Parser.TryParse(answer[(field + 18)..], out int body, out _) ? body : 0);
    }

    static double At(float[] sorted, double share) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[(int)(share * (sorted.Length - 1))], 2);
}
