using System.CommandLine;
using System.Globalization;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Policies;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Edge.Rest.Policies;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Verbs;

/// <summary>
/// <c>issuer policy show|check|import</c>: what the ministry decides as data, as versions in the store.
/// </summary>
static class PolicyVerb
{
    public static Command Create() => new("policy", "What the ministry decides as data: show, check, import")
    {
        Show(), Check(), Import(),
    };

    static Command Show()
    {
        var kind = new Argument<string?>("KIND")
        {
            Description = $"{PolicyKinds.Names}; without one all of them", Arity = ArgumentArity.ZeroOrOne,
        };
        kind.AcceptOnlyFromAmong([.. PolicyKinds.All.Select(one => one.Name)]);
        return new Command("show", "Which version of each policy holds, and from when") { kind }
            .OnStore(null, writes: false, (
                ParseResult parsed, PolicySource source, NationalClock clock, DataFolder data, Screen screen) =>
            {
                var name = parsed.GetValue(kind);
                var book = source.Book;
                var policies = PolicyKinds.All.Where(one => name is null || one.Name == name)
                    .Select(one => PolicyView.Of(book, one, clock.Now)).ToList();
                screen.Finish(new PolicyListView(policies), policies.SelectMany(RowsOf));
                if (name is not null)
                {
                    screen.Say(JsonLine.Of(policies[0].Holds.Document));
                }
                foreach (var remark in PolicyFiles.Remarks(book, data.Path))
                {
                    Screen.Warn(remark);
                }
                return Task.FromResult(Verb.Done);
            });
    }

    static IEnumerable<(string, object?)> RowsOf(PolicyView policy) =>
        policy.Later.Prepend(policy.Holds).Select(version => (
            policy.Kind,
            (object?)string.Create(
                CultureInfo.InvariantCulture,
                $"version {version.Version} ({version.Origin}) from {version.ValidFrom:yyyy-MM-dd}, "
                + $"sha256 {version.Digest}")));

    static Command Check()
    {
        var file = FileArgument(ArgumentArity.ExactlyOne);
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else" };
        return new Command("check", "Say everything that is wrong with a policy file; changes nothing") { file, json }
            .Runs(async (parsed, cancel) =>
            {
                var (document, faults) = PolicyDocument.Read(await ReadAsync(parsed.GetValue(file)!, cancel));
                new Screen(parsed.GetValue(json)).Finish(
                    new
                    {
                        kind = document?.Kind.Name, document?.ValidFrom,
                        digest = document is null ? null : Convert.ToHexStringLower(document.Digest), faults,
                    },
                    document is null
                        ? [("faults", faults.Count)]
                        : [
                            ("kind", document.Kind.Name), ("valid from", $"{document.ValidFrom:yyyy-MM-dd}"),
                            ("sha256", Convert.ToHexStringLower(document.Digest)),
                        ]);
                foreach (var fault in faults)
                {
                    await Console.Error.WriteLineAsync(fault.ToString());
                }
                return document is null ? Verb.Refused : Verb.Done;
            });
    }

    static Command Import()
    {
        var file = FileArgument(ArgumentArity.ZeroOrOne);
        var found = new Option<bool>("--found")
        {
            Description = "Instead of a file: what this store found in files of before",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "For the second person and the auditor; no personal data", HelpName = "TEXT",
            DefaultValueFactory = _ => "policy",
        };
        var command = new Command(
            "import", "Make a file the next version of its policy; outside Development a second person approves it")
        {
            file, found, reason,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(file) is null == !result.GetValue(found))
            {
                result.AddError("name a FILE, or --found");
            }
        });
        return command.OnStoreAs("policy", async (
            ParseResult parsed, PolicySource source, StoreEnvironment environment, ImportPolicies import,
            NationalClock clock, PathIds ids, TwoPersonActs acts, Person person, Screen screen,
            CancellationToken cancel) =>
        {
            var documents = parsed.GetValue(file) is { } from
                ? [OrRefuse(PolicyDocument.Read(await ReadAsync(from, cancel)).OrRejection())]
                : PolicyFiles.Found(source.Book).Select(version => version.Document).ToList();
            foreach (var document in documents)
            {
                await (environment.IsDevelopment
                    ? TakeAsync(import, clock, document, person, screen, cancel)
                    : AskAsync(clock, ids, acts, document, parsed.GetValue(reason)!, person, screen, cancel));
            }
            return Verb.Done;
        });
    }

    static async Task TakeAsync(
        ImportPolicies import, NationalClock clock, PolicyDocument document, Person person, Screen screen,
        CancellationToken cancel)
    {
        var view = PolicyVersionView.Of(
            OrRefuse(await import.ImportAsync(document, clock.Act(person.Subject), cancel)));
        screen.Finish(view, (document.Kind.Name, $"version {view.Version} from {view.ValidFrom:yyyy-MM-dd}"));
    }

    static async Task AskAsync(
        NationalClock clock, PathIds ids, TwoPersonActs acts, PolicyDocument document, string reason,
        Person person, Screen screen,
        CancellationToken cancel)
    {
        var approval = OrRefuse(await acts.RequestAsync(
            new ImportPolicy(document.Text, reason), person, clock.Now, cancel));
        var view = ApprovalView.Of(approval, ids, clock.Now);
        screen.Finish(view, (document.Kind.Name, $"asked for: issuer approve {view.Id}"));
    }

    static Argument<FileInfo?> FileArgument(ArgumentArity arity) => new("FILE")
    {
        Description = "A policy document: JSON with kind, validFrom and the members of its kind", Arity = arity,
    };

    static Task<byte[]> ReadAsync(FileInfo file, CancellationToken cancel) =>
        Bounded.FetchTextAsync(file.FullName, cancel, PolicyDocument.Longest);

    static T OrRefuse<T>(Result<T> result)
        where T : class => result.IsRefused(out var why, out var value) ? throw new RefusedException(why) : value;
}
