using Issuer.Core;
using Issuer.Core.Policies;
using StoreSettings = Issuer.Storage.Settings;

namespace Issuer.Server.Hosting.Stores;

/// <summary>
/// Before the first write: a new store takes our environment, and its clock must not have been ahead of ours.
/// </summary>
sealed class EnterStore(
    StoreSettings settings, IPolicyStore policies, PolicySource source, DataFolder data, StoreEnvironment environment,
    TimeProvider clock)
{
    volatile bool hasNotedFiles;

    public async Task RunAsync(CancellationToken cancel)
    {
        if (await settings.EnvironmentAsync(environment.Name, cancel) is var kept && kept != environment.Name)
        {
            throw new RefusedException(
                new Rejection(RejectionKind.Conflict, $"another process has just made this a store of {kept}"));
        }
        var now = clock.GetUtcNow();
        RefusedException.ThrowIf(await ClockAgreement.EnterAsync(settings, now, cancel));
        if (!hasNotedFiles)
        {
            await PolicyFiles.TakeNoteAsync(policies, data.Path, new Act("start", now), cancel);
            hasNotedFiles = true;
        }
        await ReadPoliciesAsync(cancel);
    }

    /// <summary>What was imported reaches those too who have nothing to write.</summary>
    public Task ReadPoliciesAsync(CancellationToken cancel) => source.RefreshAsync(cancel);

    /// <summary>Before anything is signed. With <c>--now</c> the clocks are meant to differ.</summary>
    public async Task RequireAgreedClockAsync(CancellationToken cancel)
    {
        if (!environment.HasOwnNow)
        {
            RefusedException.ThrowIf(await ClockAgreement.CompareAsync(settings, clock, cancel));
        }
    }
}
