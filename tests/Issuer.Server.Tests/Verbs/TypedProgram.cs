using System.Diagnostics;

namespace Issuer.Server.Tests.Verbs;

/// <summary>The program as it is typed, in a process of its own.</summary>
static class TypedProgram
{
    public static async Task<(int Exit, string Output, string Error)> RunAsync(
        string environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "issuer.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment["DOTNET_ENVIRONMENT"] = environment;
        using var program = Process.Start(start)!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync().EndsAsync();
        return (program.ExitCode, await output, await error);
    }
}
