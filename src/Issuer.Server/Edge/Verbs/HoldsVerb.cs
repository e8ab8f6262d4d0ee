using System.CommandLine;
using System.Globalization;
using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Holds;
using Issuer.Core.Policies;
using Issuer.Server.Edge.Access;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Holds;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer holds dry-run</c>: what a policy would have held of the store's history.</summary>
static class HoldsVerb
{
    public static Command Create() => new("holds", "Work that looks unlike honest work") { DryRun() };

    static Command DryRun()
    {
        var policy = new Option<FileInfo?>("--policy")
        {
            Description = "A policy of kind holds; without one the policy in force", HelpName = "FILE",
        };
        return new Command("dry-run", "Say what a policy would have held of all that was signed; changes nothing")
        {
            policy,
        }.OnStore(Roles.MinistryOperator, writes: false, async (
            ParseResult parsed, PoliciesNow policies, IFacilityStore facilities, SignedHistory history, Screen screen,
            CancellationToken cancel) =>
        {
            var wanted = parsed.GetValue(policy) is { } file ? await ReadAsync(file, cancel) : policies.Holds;
            var run = new DryRunHolds(wanted, policies.Validity.UtcOffset);
            var (signed, found) = (0L, new List<WouldHold>());
            foreach (var one in await facilities.ListAsync(cancel))
            {
                var doses = await history.OfAsync(one.Code, cancel);
                signed += doses.Count;
                found.AddRange(run.Of(
                    new WatchedFacility(one.Code, one.Kind, one.Province, one.Staff, one.Hours), doses,
                    await history.BacklogsAsync(one.Code, cancel)));
            }
            Tell(signed, found, screen);
            return Verb.Done;
        });
    }

    static async Task<HoldPolicy> ReadAsync(FileInfo file, CancellationToken cancel)
    {
        var (document, faults) = PolicyDocument.Read(
            await Bounded.FetchAsync(file.FullName, cancel, PolicyDocument.Longest));
        return document is { } read && read.Kind == PolicyKinds.Holds
            ? read.Of(PolicyKinds.Holds)
            : throw new RefusedException(new Rejection(
                RejectionKind.Invalid,
                document is null ? string.Join("; ", faults) : $"{file.Name} is no policy of kind holds"));
    }

    static void Tell(long signed, List<WouldHold> found, Screen screen)
    {
        var held = found.Sum(one => one.Doses);
        screen.Finish(
            new
            {
                signed, held, percent = signed == 0 ? 0 : Math.Round(100.0 * held / signed, 3),
                facilities = found.Select(one => one.Facility).Distinct().Count(),
                days = found.Select(one => new
                {
                    one.Facility, one.Day, of = one.IsOfOneClerk ? "clerk" : "facility",
                    causes = one.Causes.Select(cause => cause.ToWire()), one.Doses,
                }),
            },
            [
                ("signed", signed), ("would be held", held),
                ("facilities", found.Select(one => one.Facility).Distinct().Count()),
                .. found.Select(one => (
                    string.Create(CultureInfo.InvariantCulture, $"{one.Facility} {one.Day:yyyy-MM-dd}"),
                    (object?)$"{one.Doses}: {HoldCauses.ToText(one.Causes)}")),
            ]);
    }
}
