using Issuer.Server.Hosting;
using Spectre.Console;

namespace Issuer.Server.Edge.Verbs;

/// <summary>
/// What a verb says: a table and a bar on a terminal, plain lines elsewhere, one JSON object with --json.
/// </summary>
sealed class Screen(bool json)
{
    public bool IsJson => json;

    /// <summary>The last word: the counts of a run. With --json the only one.</summary>
    public void Finish(object result, params IEnumerable<(string Name, object? Value)> rows)
    {
        if (json)
        {
            Console.WriteLine(JsonLine.Of(result));
            return;
        }
        if (!AnsiConsole.Profile.Out.IsTerminal)
        {
            foreach (var (name, value) in rows)
            {
                Console.WriteLine(FormattableString.Invariant($"{name,-36} {value}"));
            }
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("")
            .AddColumn("", c => c.RightAligned());
        foreach (var (name, value) in rows)
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(FormattableString.Invariant($"{value}")));
        }
        AnsiConsole.Write(table);
    }

    /// <summary>A remark beside the result; never on stdout when that is JSON.</summary>
    public void Say(string line)
    {
        if (!json)
        {
            Console.WriteLine(line);
        }
    }

    public static void Warn(string line) => Console.Error.WriteLine($"warning: {line}");

    /// <summary>Runs work of known length under a bar; silent with --json and where there is no terminal.</summary>
    public async Task<T> ProgressAsync<T>(string title, long total, Func<IProgress<long>?, Task<T>> work)
    {
        if (json || !AnsiConsole.Profile.Out.IsTerminal)
        {
            return await work(null);
        }
        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask(Markup.Escape(title), maxValue: Math.Max(total, 1));
                var result = await work(new BarProgress(bar));
                bar.Value = bar.MaxValue;
                return result;
            });
    }

    sealed class BarProgress(ProgressTask bar) : IProgress<long>
    {
        public void Report(long value) => bar.Increment(value);
    }
}
