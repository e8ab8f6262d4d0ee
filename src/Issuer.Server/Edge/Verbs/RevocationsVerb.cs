using System.CommandLine;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Edge.Rest.Revocation;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Revocation;

namespace Issuer.Server.Edge.Verbs;

/// <summary>
/// <c>issuer revocations preview|ask|run|list|undo</c>: many at once. What is asked for waits for a second person; in
/// Development, where nobody else is there, it is approved and executed at once.
/// </summary>
static class RevocationsVerb
{
    static readonly Person SecondDeveloper = new("second-developer", Roles.All);

    public static Command Create() => new("revocations", "Revoke many at once: preview, ask, run, list, undo")
    {
        Preview(), Ask(), Run(), List(), Undo(),
    };

    static Command Preview()
    {
        var options = new BulkOptions();
        var command = new Command("preview", "Count what a bulk revocation would reach; stores and signs nothing");
        options.AddTo(command, isAsked: false);
        return command.OnStore(Roles.MinistryOperator, writes: false, async (
            ParseResult parsed, PoliciesNow policies, PathIds ids, BulkStore bulkStore, BulkRound bulk, Screen screen,
            CancellationToken cancel) =>
        {
            var asked = await options.ReadAsync(parsed, policies, ids, bulkStore, cancel);
            Show(screen, await bulk.PreviewAsync(asked.Criteria, asked.Why, cancel));
            return Verb.Done;
        });
    }

    static Command Ask()
    {
        var options = new BulkOptions();
        var later = new Option<bool>("--later")
        {
            Description = "Development: leave the executing to `run` or the service",
        };
        var command = new Command(
            "ask", "Ask for a bulk revocation: a second person approves exactly what is shown") { later };
        options.AddTo(command, isAsked: true);
        return command.OnStoreAs("revocations", async (
            ParseResult parsed, NationalClock clock, PoliciesNow policies, StoreEnvironment environment,
            JobLocks locks, BulkRound bulk, BulkStore bulkStore, TwoPersonActs acts, PathIds ids,
            Person person, Screen screen, CancellationToken cancel) =>
        {
            var asked = await options.ReadAsync(parsed, policies, ids, bulkStore, cancel);
            var approval = OrRefuse(await bulk.AskAsync(asked, person, cancel));
            if (environment.IsDevelopment)
            {
                approval = OrRefuse(await acts.ApproveAsync(
                    approval.Id, SecondDeveloper, clock.Now, cancel));
            }
            if (environment.IsDevelopment && !parsed.GetValue(later))
            {
                await using var held = await locks.TakeAsync(JobLocks.Work, cancel);
                await bulk.RunAsync(null, null, cancel);
            }
            ShowRequest(screen, approval, clock, ids);
            return Verb.Done;
        });
    }

    static Command Run() => new Command("run", "One round of the job: execute what was approved")
        .OnStore(Roles.MinistryOperator, writes: true, async (
            JobLocks locks, BulkRound bulk, Screen screen, CancellationToken cancel) =>
        {
            await using var held = await locks.TakeAsync(JobLocks.Work, cancel);
            var last = await bulk.RunAsync(null, Report, cancel);
            screen.Finish(
                new
                {
                    rows = last?.Items ?? 0, done = last?.Done ?? 0, leftAlone = last?.Changed ?? 0,
                    certificates = last?.Certificates ?? 0,
                },
                ("rows", last?.Items ?? 0), ("done", last?.Done ?? 0), ("left alone", last?.Changed ?? 0),
                ("certificates revoked", last?.Certificates ?? 0));
            return Verb.Done;
        });

    static Command List() => new Command("list", "The progress of approved acts")
        .OnStore(Roles.MinistryOperator, writes: false, async (
            PathIds ids, BulkStore bulkStore, Screen screen, CancellationToken cancel) =>
        {
            var acts = (await bulkStore.ListAsync(100, cancel)).Select(p => BulkActView.Of(p, ids))
                .ToList();
            screen.Finish(new { acts }, acts.Select(a => (
                a.Approval!,
                (object?)($"{a.Reason}: {a.Done} of {a.Rows} rows, {a.LeftAlone} left alone, "
                    + $"{a.Certificates} certificates"))));
            return Verb.Done;
        });

    static Command Undo()
    {
        var uvci = new Argument<string>("UVCI");
        var because = new Option<string>("--because") { Description = "Why it was wrong", Required = true };
        return new Command("undo", "Ask to undo a revocation, with everything the same act revoked in its lineage")
        {
            uvci, because,
        }
            .OnStoreAs("revocations", async (
                ParseResult parsed, NationalClock clock, StoreEnvironment environment, TwoPersonActs acts,
                PathIds ids, Person person, Screen screen, CancellationToken cancel) =>
            {
                if (!Uvci.TryParse(parsed.GetRequiredValue(uvci), out var identifier))
                {
                    throw new RefusedException(
                        new Rejection(RejectionKind.Malformed, "this is not a UVCI of this issuer"));
                }
                var command = new UndoRevocation(identifier.Slot.Value, parsed.GetRequiredValue(because));
                await RequestAsync(command, clock, environment, acts, ids, person, screen, cancel);
                return Verb.Done;
            });
    }

    /// <summary>Files a request; in Development it is approved at once.</summary>
    public static async Task RequestAsync(
        TwoPersonCommand command, NationalClock clock, StoreEnvironment environment, TwoPersonActs acts,
        PathIds ids, Person person, Screen screen, CancellationToken cancel)
    {
        var approval = OrRefuse(await acts.RequestAsync(command, person, clock.Now, cancel));
        if (environment.IsDevelopment)
        {
            approval = OrRefuse(await acts.ApproveAsync(
                approval.Id, SecondDeveloper, clock.Now, cancel));
        }
        ShowRequest(screen, approval, clock, ids);
    }

    public static void ShowRequest(Screen screen, Approval approval, NationalClock clock, PathIds ids)
    {
        var view = ApprovalView.Of(approval, ids, clock.Now);
        screen.Finish(view, [
            ("request", view.Id), ("state", view.State),
            .. (view.Impact ?? []).Select(line => ("shown", (object?)line)),
        ]);
    }

    static void Show(Screen screen, BulkImpact impact) => screen.Finish(ImpactView.Of(impact), [
        ("rows", impact.Items), ("certificates", impact.Certificates), ("people", impact.People),
        ("re-issued at once", impact.Reissuable),
        .. impact.ByKid.Select(pair => ($"under DSC {pair.Key}", (object?)pair.Value)),
    ]);

    static void Report(BulkProgress progress) =>
        Console.Error.WriteLine($"{progress.Done + progress.Changed} of {progress.Items}");

    static Approval OrRefuse(Result<Approval> result) =>
        result.IsRefused(out var why, out var approval) ? throw new RefusedException(why) : approval;
}
