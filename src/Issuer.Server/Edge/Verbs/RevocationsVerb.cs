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
        return command.OnStore(Roles.MinistryOperator, writes: false, async (parsed, place, screen, cancel) =>
        {
            var asked = await options.ReadAsync(parsed, place, cancel);
            Show(screen, await BulkRound.PreviewAsync(place, asked.Criteria, asked.Why, cancel));
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
        return command.OnStoreAs("revocations", async (parsed, place, person, screen, cancel) =>
        {
            var asked = await options.ReadAsync(parsed, place, cancel);
            var approval = OrRefuse(await BulkRound.AskAsync(place, asked, person, cancel));
            if (place.IsDevelopment)
            {
                approval = OrRefuse(await place.TwoPersonActs().ApproveAsync(
                    approval.Id, SecondDeveloper, place.Now, cancel));
            }
            if (place.IsDevelopment && !parsed.GetValue(later))
            {
                await using var held = await Verb.LockAsync(place, JobVerbs.Lock, cancel);
                await BulkRound.RunAsync(place, null, null, cancel);
            }
            ShowRequest(screen, approval, place);
            return Verb.Done;
        });
    }

    static Command Run() => new Command("run", "One round of the job: execute what was approved")
        .OnStore(Roles.MinistryOperator, writes: true, async (_, place, screen, cancel) =>
        {
            await using var held = await Verb.LockAsync(place, JobVerbs.Lock, cancel);
            var last = await BulkRound.RunAsync(place, null, Report, cancel);
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
        .OnStore(Roles.MinistryOperator, writes: false, async (_, place, screen, cancel) =>
        {
            var ids = PathIds.Of(place);
            var acts = (await place.Store.BulkRevocations.ListAsync(100, cancel)).Select(p => BulkActView.Of(p, ids))
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
            .OnStoreAs("revocations", async (parsed, place, person, screen, cancel) =>
            {
                if (!Uvci.TryParse(parsed.GetRequiredValue(uvci), out var identifier))
                {
                    throw new RefusedException(
                        new Rejection(RejectionKind.Malformed, "this is not a UVCI of this issuer"));
                }
                var command = new UndoRevocation(identifier.Slot.Value, parsed.GetRequiredValue(because));
                await RequestAsync(command, place, person, screen, cancel);
                return Verb.Done;
            });
    }

    /// <summary>Files a request; in Development it is approved at once.</summary>
    public static async Task RequestAsync(
        TwoPersonCommand command, Workplace place, Person person, Screen screen, CancellationToken cancel)
    {
        var approval = OrRefuse(await place.TwoPersonActs().RequestAsync(command, person, place.Now, cancel));
        if (place.IsDevelopment)
        {
            approval = OrRefuse(await place.TwoPersonActs().ApproveAsync(
                approval.Id, SecondDeveloper, place.Now, cancel));
        }
        ShowRequest(screen, approval, place);
    }

    static void ShowRequest(Screen screen, Approval approval, Workplace place)
    {
        var view = ApprovalView.Of(approval, PathIds.Of(place), place.Now);
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
