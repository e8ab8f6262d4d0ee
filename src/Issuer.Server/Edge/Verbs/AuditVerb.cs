using System.CommandLine;
using Issuer.Core;
using Issuer.Server.Edge.Access;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer audit verify</c>: looks for what must never be.</summary>
static class AuditVerb
{
    public static Command Create() => new("audit", "Check the store: its invariants must hold") { Verify() };

    static Command Verify() => new Command("verify", "Run every invariant; exit 1 when one is broken")
        .OnStore(Roles.Auditor, writes: false, async (
            NationalClock clock, Invariants invariants, Screen screen, CancellationToken cancel) =>
        {
            var broken = await invariants.ViolationsAsync(clock.Now, cancel);
            screen.Finish(
                new { invariants = Invariants.All.Count, broken },
                [("invariants", Invariants.All.Count), .. broken.Select(pair => (pair.Key, (object?)pair.Value))]);
            RefusedException.ThrowIf(broken.Count == 0
                ? null
                : new Rejection(
                    RejectionKind.Invalid, $"{broken.Count} of {Invariants.All.Count} invariants are broken"));
            return Verb.Done;
        });
}
