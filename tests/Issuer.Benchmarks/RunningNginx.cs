using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Issuer.Benchmarks;

/// <summary>
/// nginx over a folder by the configuration that is handed out, on a free port, until it is disposed of.
/// </summary>
sealed class RunningNginx : IDisposable
{
    const string SampleFolder = "/srv/issuer";
    const string SampleListen = "listen 8080";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly string directory = Directory.CreateTempSubdirectory("issuer-nginx-").FullName;
    readonly Process process;

    RunningNginx(string sample, string folder)
    {
        Address = FreePort();
        var configuration = Path.Combine(directory, "nginx.conf");
        File.WriteAllText(configuration,
            $$"""
            user root; daemon off; worker_processes auto; pid {{directory}}/pid; error_log {{directory}}/error.log;
            events {}
            http {
            # A proxy keeps its connections; the usual 1,000 requests would measure connecting.
            access_log off; keepalive_requests 1000000000;
            client_body_temp_path {{directory}}/b; proxy_temp_path {{directory}}/p; fastcgi_temp_path {{directory}}/f;
            uwsgi_temp_path {{directory}}/u; scgi_temp_path {{directory}}/s;
            {{File.ReadAllText(sample).Replace(SampleFolder, folder, StringComparison.Ordinal)
                .Replace(SampleListen, $"listen {Address}", StringComparison.Ordinal)}}
            }
            """);
        process = Process.Start(new ProcessStartInfo("nginx", ["-c", configuration, "-e", $"{directory}/error.log"]))!;
    }

    public IPEndPoint Address { get; }

    public static async Task<RunningNginx> StartAsync(string sample, string folder, CancellationToken cancel)
    {
        var server = new RunningNginx(sample, folder);
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(50, cancel))
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(server.Address, cancel);
                return server;
            }
            catch (SocketException) when (watch.Elapsed < Patience && !server.process.HasExited)
            {
                // Not there yet.
            }
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    static IPEndPoint FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return (IPEndPoint)probe.LocalEndpoint;
    }
}
