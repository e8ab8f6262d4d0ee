using System.CommandLine;

namespace Issuer.Server.Verbs;

/// <summary>All verbs, in the order of the work.</summary>
static class RootVerb
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Issuer: vaccination records in, verified QR certificates out")
        {
            DemoVerb.Create(), SampleVerb.Create(), ImportVerb.Create(), JobVerbs.Match(), WorklistVerb.Create(),
            JobVerbs.Attest(), JobVerbs.Issue(), JobVerbs.Regenerate(), JobVerbs.Publish(), GatewayVerb.Create(),
            CertificatesVerb.Create(),
            RevokeVerb.Create(), RevocationsVerb.Create(),
            ApprovalVerbs.List(), ApprovalVerbs.Approve(), ProgressVerb.Create(), DecodeVerb.Create(),
            VerifyVerb.Create(), TokenVerb.Create(), CscaVerbs.Csca(), CscaVerbs.Anchor(), DscVerbs.Create(),
            AuditVerb.Create(), BenchVerb.Create(), ServeVerb.Create(),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }
            await Console.Error.WriteLineAsync(parsed.CommandResult.Command is RootCommand
                ? "Try: issuer --help"
                : $"Try: issuer {parsed.CommandResult.Command.Name} --help");
            return Verb.WrongUsage;
        }
        // The service answers what it has begun before it ends.
        return await parsed.InvokeAsync(
            new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }
}
