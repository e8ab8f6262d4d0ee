using System.Diagnostics;

namespace Issuer.Tests.Revocation;

/// <summary>A fact that runs a Python script of tests/foreign; needs python3-cbor2 and python3-cryptography.</summary>
sealed class ForeignReaderFactAttribute : FactAttribute
{
    static readonly string Python = Environment.GetEnvironmentVariable("ISSUER_PYTHON") ?? "/usr/bin/python3";

    static readonly bool IsThere = Run("-c", "import cbor2, cryptography").ExitCode == 0;

    public ForeignReaderFactAttribute() => Skip = IsThere || Environment.GetEnvironmentVariable("ISSUER_NO_SKIP") == "1"
        ? null
        : $"{Python} lacks cbor2 or cryptography: apt-get install python3-cbor2 python3-cryptography";

    public static string Script(string name)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Issuer.sln")))
        {
            at = at.Parent;
        }
        return Path.Combine(at!.FullName, "tests", "foreign", name);
    }

    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Python, arguments)
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, "", missing.Message);
        }
    }
}
