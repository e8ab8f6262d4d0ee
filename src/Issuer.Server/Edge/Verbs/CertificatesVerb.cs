using System.CommandLine;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features.Certificates;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer certificates</c>: everything issued, as NDJSON.</summary>
static class CertificatesVerb
{
    public static Command Create() => new Command("certificates", "Print every certificate as NDJSON")
        .OnStore(Roles.MinistrySecurity, writes: false, async (CertificateLines lines, CancellationToken cancel) =>
        {
            await using var output = new StreamWriter(Console.OpenStandardOutput());
            await lines.WriteAsync(output, null, cancel);
            return Verb.Done;
        });
}
