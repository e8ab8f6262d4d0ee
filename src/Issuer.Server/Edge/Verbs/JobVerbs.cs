using System.CommandLine;
using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Facilities;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Verbs;

/// <summary>One round of a background job each: <c>match</c>, <c>attest</c>, <c>issue</c>, <c>regenerate</c>,
/// <c>publish</c>.</summary>
static class JobVerbs
{
    public static Command Match() => new Command("match", "Match pending records with the population registry")
        .OnStore(Roles.MinistryOperator, writes: true, async (
            NationalClock clock, MatchRecords match, IPopulationRegistry registry, JobLocks locks, Screen screen,
            CancellationToken cancel) =>
        {
            await using var held = await locks.TakeAsync(JobLocks.Work, cancel);
            var counts = await match.RunAsync(clock.Act("match"), null, cancel);
            var rows = counts.ByState.ToDictionary(pair => pair.Key.ToWire(), pair => pair.Value);
            if (registry.IsAway)
            {
                Screen.Warn("the population registry does not answer: records without an answer stay pending");
            }
            screen.Finish(rows, rows.Select(pair => (pair.Key, (object?)pair.Value)));
            return Verb.Done;
        });

    public static Command Attest() => new Command("attest", "Development only: play every facility's signatory")
        .OnStore(null, writes: true, async (
            StoreEnvironment environment, JobLocks locks, DevelopmentSignatories signatories, Screen screen,
            CancellationToken cancel) =>
        {
            if (!environment.IsDevelopment)
            {
                throw new RefusedException(
                    new Rejection(RejectionKind.Forbidden, "outside Development only facilities sign for themselves"));
            }
            await using var held = await locks.TakeAsync(JobLocks.Work, cancel);
            var counts = await signatories.RunAsync(null, cancel);
            screen.Finish(counts,
                ("waiting", counts.Waiting), ("attested", counts.Attested), ("refused", counts.Refused));
            return Verb.Done;
        });

    public static Command Issue() => new Command("issue", "Decide who is due and issue their certificates")
        .OnStore(Roles.MinistryOperator, writes: true, async (
            JobLocks locks, IssueRound issueRound, ActiveDscs dscs, Screen screen, CancellationToken cancel) =>
        {
            await using var held = await locks.TakeAsync(JobLocks.Work, cancel);
            var counts = await issueRound.RunAsync("issue", null, cancel);
            var refused = counts.Refused.ToDictionary(pair => Kebab.Of(pair.Key.ToString()), pair => pair.Value);
            screen.Finish(
                new { counts.Decided, counts.Issued, counts.Resumed, counts.Unchanged, counts.Abandoned, refused },
                [
                    ("decided", counts.Decided), ("issued", counts.Issued), ("of these resumed", counts.Resumed),
                    ("unchanged", counts.Unchanged), ("given up", counts.Abandoned),
                    .. refused.Select(pair => ($"refused: {pair.Key}", (object?)pair.Value)),
                ]);
            foreach (var fault in counts.LintFaults)
            {
                Screen.Warn($"a certificate was not signed: {fault}");
            }
            WarnOfShortened(dscs);
            RefusedException.ThrowIf(counts.Stopped);
            return Verb.Done;
        });

    public static Command Regenerate() =>
        new Command("regenerate", "Make a successor for every certificate that is about to expire")
        .OnStore(Roles.MinistryOperator, writes: true, async (
            JobLocks locks, RegenerateRound regenerate, ActiveDscs dscs, Screen screen, CancellationToken cancel) =>
        {
            await using var held = await locks.TakeAsync(JobLocks.Work, cancel);
            var counts = await regenerate.RunAsync("regenerate", null, cancel);
            screen.Finish(
                new
                {
                    counts.Due, counts.Regenerated, counts.Refused, counts.Resumed, counts.Abandoned, counts.Outdated,
                    counts.Waiting,
                },
                ("due", counts.Due), ("regenerated", counts.Regenerated), ("of these resumed", counts.Resumed),
                ("refused", counts.Refused), ("given up", counts.Abandoned), ("left to issue", counts.Outdated),
                ("waiting for a DSC that outlives them", counts.Waiting));
            foreach (var fault in counts.LintFaults)
            {
                Screen.Warn($"a certificate was not signed: {fault}");
            }
            WarnOfShortened(dscs);
            RefusedException.ThrowIf(counts.Stopped);
            return Verb.Done;
        });

    public static Command Publish()
    {
        var output = new Option<DirectoryInfo?>("--out")
        {
            Description = "Directory for the files, beside the service's own copy", HelpName = "DIR",
        };
        return new Command("publish", "Sign and write the trust list and the revocation lists") { output }
            .OnStore(Roles.MinistryOperator, writes: true, async (
                ParseResult parsed, HeldLists heldLists, JobLocks locks, PublishRound publish, Screen screen,
                CancellationToken cancel) =>
            {
                await using var held = await locks.TakeAsync(JobLocks.Publish, cancel);
                var counts = await publish.RunAsync(
                    isForced: true, parsed.GetValue(output)?.FullName, cancel);
                screen.Finish(counts,
                    ("publication", counts.Sequence), ("DSCs", counts.Dscs), ("CSCAs", counts.Cscas),
                    ("revocation batches", counts.Batches), ("files", counts.Files), ("in", counts.Directory));
                foreach (var warning in counts.Warnings)
                {
                    Screen.Warn(warning);
                }
                foreach (var why in heldLists.Why)
                {
                    Screen.Warn(why);
                }
                return Verb.Done;
            });
    }

    static void WarnOfShortened(ActiveDscs dscs)
    {
        if (dscs.ShortenedUntil is { } until)
        {
            Screen.Warn($"until {until:u} certificates may end with their DSC, before the ministry's term: add a DSC");
        }
    }
}
