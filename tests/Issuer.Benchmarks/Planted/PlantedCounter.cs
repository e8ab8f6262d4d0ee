using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;

namespace Issuer.Benchmarks.Planted;

/// <summary>Codes that are asked for at counters.</summary>
sealed class PlantedCounter(IssuerServices issuer)
{
    /// <summary>Codes that were given out, by who asked.</summary>
    public List<(PlantedAct Act, IssuedCertificate Certificate)> Given { get; } = [];

    /// <param name="recordOf">The record that a walk-in is about; null: it never came in.</param>
    public async Task AskAsync(
        List<PlantedAct> hour, Func<PlantedAct, long?> recordOf, CancellationToken cancel)
    {
        foreach (var act in hour.Where(a => a.Kind is "walk-in" or "hand-out"))
        {
            var answer = act.Kind == "hand-out"
                ? await HandOutAsync(act, cancel)
                : recordOf(act) is { } record
                    ? await issuer.Get<WalkIn>().FetchAsync(record, act.Facility, act.By, cancel)
                    : WalkIn.Nothing;
            if (!answer.IsRefused(out _, out var certificate))
            {
                Given.Add((act, certificate));
            }
        }
    }

    async Task<Result<IssuedCertificate>> HandOutAsync(PlantedAct act, CancellationToken cancel) =>
        PartialDate.TryParse(act.Text("date_of_birth"), out var born)
        && PartialDate.TryParse(act.Text("last_vaccinated_on"), out var last) && last.Complete is { } day
            ? await issuer.Get<CounterHandOut>().RunAsync(
                act.Facility, new HandOutClaim(DocumentKey.OfNumber(act.Text("identity_number")), born, day),
                new Act(act.By, act.At), cancel)
            : HandOut.Nothing;
}
