using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Issuer.Server.Tests.Fuzz;

/// <summary>What came of all requests: per operation and altogether.</summary>
sealed partial class Ledger(int seed)
{
    const int MostIds = 4000;
    const int MostTold = 20;

    readonly ConcurrentDictionary<(string Operation, int Status), int> answers = new();
    readonly ConcurrentQueue<string> failures = new();
    readonly List<string> ids = [];
    readonly Lock gate = new();

    (string Operation, int Status, double Milliseconds) slowest;

    public int Sent => answers.Values.Sum();

    /// <summary>Cut off by the server before the request was sent whole: it had been refused.</summary>
    public int CutOff { get; set; }

    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>Those that refused for want of a token, a role or patience.</summary>
    public double ShareTurnedAway => answers.Where(pair => pair.Key.Status is 401 or 403 or 429)
        .Sum(pair => pair.Value) / (double)Sent;

    public IEnumerable<string> Lacking(IEnumerable<Operation> operations) => operations.SelectMany(operation => new[]
    {
        Has(operation, status => status is >= 200 and < 300) ? null : $"{operation.Name} reached no 2xx",
        Has(operation, status => status is >= 400 and < 500 and not (401 or 403 or 429))
            ? null
            : $"{operation.Name} reached no 4xx of its own",
    }).OfType<string>();

    public bool HasSucceeded(Operation operation) => Has(operation, status => status is >= 200 and < 300);

    public string AnyId(Random random)
    {
        lock (gate)
        {
            return ids.Count == 0 ? "0000000000000" : ids[random.Next(ids.Count)];
        }
    }

    public void Note(Operation operation, int status, double milliseconds, string content, Func<string> request)
    {
        answers.AddOrUpdate((operation.Name, status), 1, (_, before) => before + 1);
        if (status >= 500)
        {
            failures.Enqueue($"{status} seed {seed}: {request()} -> {content}");
        }
        lock (gate)
        {
            if (milliseconds > slowest.Milliseconds)
            {
                slowest = (operation.Name, status, milliseconds);
            }
            if (status < 300 && ids.Count < MostIds)
            {
                ids.AddRange(Id().Matches(content).Take(5).Select(match => match.Groups[1].Value));
            }
        }
    }

    /// <param name="empty">How long an answer with nothing in it takes, on the same busy machine.</param>
    public string Report(double empty)
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"seed {seed}, {Sent} requests, {CutOff} cut off");
        foreach (var status in answers.GroupBy(pair => pair.Key.Status).OrderBy(group => group.Key))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"{status.Key}: {status.Sum(pair => pair.Value)}");
        }
        foreach (var failure in failures.Take(MostTold))
        {
            report.AppendLine(failure);
        }
        return report
            .AppendLine(CultureInfo.InvariantCulture, $"turned away (401, 403, 429): {ShareTurnedAway:P1}")
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"slowest: {slowest.Milliseconds:F0} ms, {slowest.Operation} answered {slowest.Status}; "
                + $"an empty one: {empty:F1} ms")
            .ToString();
    }

    bool Has(Operation operation, Func<int, bool> status) =>
        answers.Keys.Any(key => key.Operation == operation.Name && status(key.Status));

    /// <summary>As <c>OpaqueId</c> writes them.</summary>
    [GeneratedRegex("\"([0-9A-HJKMNP-TV-Z]{13})\"")]
    private static partial Regex Id();
}
