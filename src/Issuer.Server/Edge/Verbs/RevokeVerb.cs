using System.CommandLine;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer revoke UVCI --reason R</c>: one certificate, with its lineage unless it was leaked.</summary>
static class RevokeVerb
{
    public static Command Create()
    {
        var uvci = new Argument<string>("UVCI") { Description = "As `certificates` prints it" };
        var reason = new Option<string>("--reason")
        {
            Description = string.Join(", ", RevocationReasons.All), HelpName = "R", Required = true,
        };
        reason.AcceptOnlyFromAmong([.. RevocationReasons.All]);
        var note = new Option<string?>("--note") { Description = "The reason, for `other`; no personal data" };
        var suspend = new Option<DateTimeOffset?>("--suspend-until")
        {
            Description = "Suspend only, until this instant (RFC 3339)", HelpName = "INSTANT",
            CustomParser = result => Instants.Parse(result.Tokens[0].Value, result.AddError),
        };
        return new Command("revoke", "Declare a certificate invalid") { uvci, reason, note, suspend }
            .OnStoreAs("revoke", async (
                ParseResult parsed, NationalClock clock, RevokeOne revoke, PathIds ids, Person person, Screen screen,
                CancellationToken cancel) =>
            {
                RequireMinistry(person);
                if (!Uvci.TryParse(parsed.GetRequiredValue(uvci), out var identifier))
                {
                    throw new RefusedException(
                        new Rejection(RejectionKind.Malformed, "this is not a UVCI of this issuer"));
                }
                RevocationReasons.TryRead(parsed.GetRequiredValue(reason), out var why);
                if (why.Rule().NeedsNote && string.IsNullOrWhiteSpace(parsed.GetValue(note)))
                {
                    throw new RefusedException(new Rejection(RejectionKind.Invalid, "the reason `other` needs --note"));
                }
                if (parsed.GetValue(suspend) <= clock.Now)
                {
                    throw new RefusedException(
                        new Rejection(RejectionKind.Invalid, "--suspend-until must be in the future"));
                }
                var request = new RevocationRequest(
                    identifier.Slot, why, parsed.GetValue(note), parsed.GetValue(suspend), identifier.ToString());
                if ((await revoke.RevokeAsync(request, person, cancel)).IsRefused(out var refused, out var done))
                {
                    throw new RefusedException(refused);
                }
                if (done.Asked is { } approval)
                {
                    RevocationsVerb.ShowRequest(screen, approval, clock, ids);
                    return Verb.Done;
                }
                var outcome = done.Outcome;
                var certificates = outcome.Certificates;
                screen.Finish(
                    new { certificates, successor = outcome.IsEnqueued },
                    ("certificates", certificates == 0 ? "revoked already" : certificates),
                    ("successor", outcome.IsEnqueued ? "due now" : "none"));
                return Verb.Done;
            });
    }

    public static void RequireMinistry(Core.Approvals.Person person)
    {
        if (!person.Roles.Contains(Roles.MinistryOperator) && !person.Roles.Contains(Roles.MinistrySecurity))
        {
            throw new RefusedException(new Rejection(
                RejectionKind.Forbidden,
                $"the token carries neither {Roles.MinistryOperator} nor {Roles.MinistrySecurity}"));
        }
    }
}
