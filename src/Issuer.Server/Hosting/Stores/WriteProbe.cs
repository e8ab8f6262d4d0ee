using Issuer.Core;
using StoreSettings = Issuer.Storage.Settings;

namespace Issuer.Server.Hosting.Stores;

/// <summary>
/// Whether the store takes a write now. Anybody may ask for an instance's health, so what was found is told for a
/// while, and one probe at a time is under way.
/// </summary>
sealed class WriteProbe(StoreSettings settings, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim probing = new(1, 1);
    volatile Found? last;

    /// <summary>Null: it does.</summary>
    public async Task<Rejection?> RunAsync(CancellationToken cancel)
    {
        await probing.WaitAsync(cancel);
        try
        {
            if (last is { } found && clock.GetElapsedTime(found.At) < Kept)
            {
                return found.Refusal;
            }
            var refusal = await ProbeAsync();
            last = new Found(clock.GetTimestamp(), refusal);
            return refusal;
        }
        finally
        {
            probing.Release();
        }
    }

    /// <summary>Not the caller's to cancel: others wait for what it finds.</summary>
    async Task<Rejection?> ProbeAsync()
    {
        try
        {
            // The embedded engine waits for the writer's place without giving its thread back.
            await Task.Run(() => settings.ProbeAsync(clock.GetUtcNow(), CancellationToken.None)).WaitAsync(Patience);
            return null;
        }
        catch (Exception e) when (OutageRefusals.Of(e) is not null)
        {
            return OutageRefusals.Of(e);
        }
    }

    public void Dispose() => probing.Dispose();

    sealed record Found(long At, Rejection? Refusal);
}
