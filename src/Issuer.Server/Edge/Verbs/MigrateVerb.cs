using System.CommandLine;
using Issuer.Core;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Storage.Schema;

namespace Issuer.Server.Edge.Verbs;

/// <summary>
/// <c>issuer migrate</c>: brings a filled store to this program's schema. It asks for no token: whoever may run it has
/// the database's own password.
/// </summary>
static class MigrateVerb
{
    public static Command Create()
    {
        var options = new StoreOptions();
        var command = new Command(
            "migrate", "Bring the store to this program's schema; interrupted, run it again and it goes on")
        {
            options.Data, options.Json,
        };
        return command.Runs(async (parsed, cancel) =>
        {
            var setup = options.Read(parsed);
            if (!Store.Exists(setup.ConnectionString, setup.DataDirectory))
            {
                throw new RefusedException(new Rejection(
                    RejectionKind.NotFound, $"there is no store in {setup.DataDirectory}: name one with --data"));
            }
            var screen = new Screen(parsed.GetValue(options.Json));
            var outcome = await Store.MigrateAsync(
                setup.ConnectionString, setup.DataDirectory, new Lines(screen), cancel);
            foreach (var number in outcome.Unknown)
            {
                Screen.Warn($"script {number:D4} of a newer program is there too: older programs may run on it");
            }
            await TellPoliciesAsync(setup, cancel);
            screen.Finish(outcome, ("scripts applied", outcome.Applied.Count), ("schema", outcome.Schema));
            return Verb.Done;
        });
    }

    /// <summary>What earlier programs took policies from is noted now and waits for two people.</summary>
    static async Task TellPoliciesAsync(StoreSetup setup, CancellationToken cancel)
    {
        await using var store = await Store.OpenAsync(setup.ConnectionString, setup.DataDirectory, cancel);
        await PolicyFiles.TakeNoteAsync(
            store.Policies, setup.DataDirectory, new Act("migrate", setup.Clock.GetUtcNow()), cancel);
        foreach (var remark in PolicyFiles.Remarks(await store.Policies.ReadAsync(cancel), setup.DataDirectory))
        {
            Screen.Warn(remark);
        }
    }

    /// <summary>A line as each step begins, and one for every tenth of a fill.</summary>
    sealed class Lines(Screen screen) : IProgress<MigrationProgress>
    {
        const int Tenths = 10;

        string? last;

        public void Report(MigrationProgress value)
        {
            var share = value.Of == 0 ? "" : $" {Tenths * value.Done / value.Of * Tenths} %";
            var line = $"{value.Script}: {value.Step}{share}";
            if (line != last)
            {
                screen.Say(line);
                last = line;
            }
        }
    }
}
