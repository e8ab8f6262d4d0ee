using System.Diagnostics;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Storage.Certificates;

namespace Issuer.Benchmarks;

/// <summary>A facility that invented doses, dealt with while holders fetch.</summary>
/// <param name="Reissued">Honest holders with a new certificate, signed, checked and durable.</param>
/// <param name="FetchP99Milliseconds">Of look-ups by document, 200 a second, through revoking and re-issuing.</param>
sealed record RevokeFigures(
    string Store, long Certificates, long Revoked, long Reissued, double PreviewSeconds, double AskSeconds,
    double ApproveSeconds, double RevokeSeconds, double ReissueSeconds, double TotalSeconds, long Fetches,
    double FetchP99Milliseconds);

/// <summary>Everything between the ministry's question and the last new certificate.</summary>
static class BenchRevoke
{
    const int FetchesPerSecond = 200;

    static readonly Person Asker = new("one", Roles.All);
    static readonly Person Second = new("two", Roles.All);

    public static async Task<RevokeFigures> RunAsync(
        IssuerServices issuer, Database database, long people, Action<string> say, CancellationToken cancel)
    {
        await issuer.Get<ActiveDscs>().LoadAsync(cancel);
        var honest = await RevokePeople.AddAsync(issuer, database, people, cancel);
        say($"{people} people with a certificate, {honest} of them with an honest dose");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var fetching = Task.Run(() => FetchAsync(issuer, honest, ended.Token), cancel);
        var criteria = new BulkCriteria(Facility: RevokePeople.BadFacility);
        var watch = new Laps(say);
        var impact = await issuer.Get<BulkRound>().PreviewAsync(criteria, RevocationReason.Fraud, cancel);
        var preview = watch.Lap($"preview: {impact.Certificates} certificates, {impact.Reissuable} to be re-issued");
        var asked = await issuer.Get<TwoPersonActs>().RequestAsync(
            new RevokeInBulk(criteria, RevocationReason.Fraud, "invented")
            {
                Impact = impact, AsOf = issuer.Get<NationalClock>().Now,
            },
            Asker, issuer.Get<NationalClock>().Now, cancel);
        var ask = watch.Lap("asked, the set stored");
        var approved = await issuer.Get<TwoPersonActs>()
            .ApproveAsync(asked.Value!.Id, Second, issuer.Get<NationalClock>().Now, cancel);
        var approve = watch.Lap($"approved: {approved.Value?.State}");
        var done = await issuer.Get<BulkRound>().RunAsync(null, null, cancel);
        var revoke = watch.Lap($"revoked: {done?.Certificates}");
        var issued = await issuer.Get<IssueRound>().RunAsync("bench", null, cancel);
        var reissue = watch.Lap($"re-issued: {issued.Issued}");
        await ended.CancelAsync();
        var latencies = await fetching;
        return done?.Certificates == people && issued.Issued == impact.Reissuable && issued.Issued == honest
            ? new RevokeFigures(
                issuer.Get<StoreDescription>().Text, people, done.Certificates, issued.Issued, preview, ask, approve,
                revoke,
                reissue,
                Math.Round(preview + ask + approve + revoke + reissue, 1), latencies.Count,
                Math.Round(latencies.Order().ElementAtOrDefault((int)(latencies.Count * 0.99)), 1))
            : throw new InvalidOperationException($"{done?.Certificates} revoked, {issued.Issued} issued of {honest}.");
    }

    static async Task<List<double>> FetchAsync(IssuerServices issuer, long honest, CancellationToken cancel)
    {
        var latencies = new List<double>();
        var started = Stopwatch.GetTimestamp();
        while (!cancel.IsCancellationRequested)
        {
            var due = TimeSpan.FromSeconds((double)latencies.Count / FetchesPerSecond);
            if (due - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, CancellationToken.None);
            }
            var document = RevokePeople.DocumentOf(1 + (latencies.Count * 7919L % (honest - 1)));
            var found = await issuer.Get<HolderCertificates>().OfDocumentAsync(document, CancellationToken.None);
            if (found.Count == 0)
            {
                throw new InvalidOperationException("A holder's certificates are not there.");
            }
            // From when it was due: a stall counts for everybody who waited through it.
            latencies.Add((Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds);
        }
        return latencies;
    }

    sealed class Laps(Action<string> say)
    {
        long last = Stopwatch.GetTimestamp();

        public double Lap(string what)
        {
            var seconds = Math.Round(Stopwatch.GetElapsedTime(last).TotalSeconds, 1);
            last = Stopwatch.GetTimestamp();
            say(FormattableString.Invariant($"{what} ({seconds} s)"));
            return seconds;
        }
    }
}
