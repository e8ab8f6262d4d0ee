using System.CommandLine;

namespace Issuer.Server.Edge.Verbs;

/// <summary>All verbs, in the order of the work.</summary>
static class RootVerb
{
    public static RootCommand Create() =>
        new("Issuer: vaccination records in, verified QR certificates out")
        {
            DemoVerb.Create(), SampleVerb.Create(), ImportVerb.Create(), JobVerbs.Match(), WorklistVerb.Create(),
            JobVerbs.Attest(), JobVerbs.Issue(), JobVerbs.Regenerate(), JobVerbs.Publish(), GatewayVerb.Create(),
            CertificatesVerb.Create(),
            RevokeVerb.Create(), RevocationsVerb.Create(),
            ApprovalVerbs.List(), ApprovalVerbs.Approve(), PolicyVerb.Create(), AuthorityVerb.Create(),
            HoldsVerb.Create(), ProgressVerb.Create(), DecodeVerb.Create(),
            VerifyVerb.Create(), TokenVerb.Create(), CscaVerbs.Csca(), CscaVerbs.Anchor(), DscVerbs.Create(),
            AuditVerb.Create(), MigrateVerb.Create(), ServeVerb.Create(),
        };

    public static Task<int> RunAsync(string[] arguments) => RunAsync(Create(), arguments);

    public static async Task<int> RunAsync(Command verbs, string[] arguments)
    {
        var parsed = verbs.Parse(arguments);
        if (Usage.FaultsOf(parsed) is { Count: > 0 } faults)
        {
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync(fault);
            }
            await Console.Error.WriteLineAsync($"Try: {Usage.PathOf(parsed)} --help");
            return Verb.WrongUsage;
        }
        // The service answers what it has begun before it ends.
        return await parsed.InvokeAsync(
            new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }
}
