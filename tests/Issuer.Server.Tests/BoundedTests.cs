using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Issuer.Server.Hosting;

namespace Issuer.Server.Tests;

/// <summary>What a verifier fetches comes from anybody: slow, endless, broken, and elsewhere.</summary>
public sealed class BoundedTests : IDisposable
{
    /// <summary>For what never comes whole; all else is refused for what it is, however long that takes.</summary>
    static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("issuer-bounded-");

    public BoundedTests() => listener.Start();

    public void Dispose()
    {
        listener.Stop();
        directory.Delete(recursive: true);
    }

    string Address => $"http://{listener.LocalEndpoint}/list";

    /// <summary>Says this to the first who comes, then a byte now and then.</summary>
    async Task ServeAsync(string text)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[4]);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n")));
        while (true)
        {
            await Task.Delay(100);
            await stream.WriteAsync("x"u8.ToArray());
        }
    }

    static async Task<string> RefusalAsync(string source, TimeSpan? patience = null) =>
        (await Assert.ThrowsAsync<RefusedException>(
            () => Bounded.FetchAsync(source, default, 1000, patience ?? Eventually.Longest).EndsAsync())).Message;

    [Fact]
    public async Task A_server_that_drips_is_left_in_time()
    {
        _ = ServeAsync("HTTP/1.1 200 OK\nContent-Length: 900\n\n");
        Assert.Contains("in time", await RefusalAsync(Address, Short), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_in_time()
    {
        _ = ServeAsync("");
        Assert.Contains(Address, await RefusalAsync(Address, Short), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_sends_too_much_is_refused()
    {
        _ = ServeAsync($"HTTP/1.1 200 OK\nContent-Length: 5000\n\n{new string('x', 2000)}");
        Assert.Contains("longer than", await RefusalAsync(Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirection_to_a_file_is_refused()
    {
        _ = ServeAsync("HTTP/1.1 302 Found\nLocation: file:///etc/passwd\nContent-Length: 0\n\n");
        Assert.Contains(Address, await RefusalAsync(Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_that_nobody_writes_to_is_left_in_time()
    {
        var pipe = Path.Combine(directory.FullName, "pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }
        Assert.Contains("in time", await RefusalAsync(pipe, Short), StringComparison.Ordinal);
        // Lets the thread go that waits there.
        await File.WriteAllTextAsync(pipe, "");
    }
}
