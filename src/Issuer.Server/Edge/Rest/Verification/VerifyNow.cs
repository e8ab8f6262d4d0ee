using System.Data.Common;
using Issuer.Hcert;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Revocation;
using Issuer.Verification;

namespace Issuer.Server.Edge.Rest.Verification;

/// <summary>A verdict of this moment, and the lists it rests on.</summary>
sealed record VerdictNow(
    Judgement Judgement, VerificationLists Lists, IReadOnlyList<string> Warnings, IReadOnlyList<ListAgeView> Ages);

/// <summary>
/// The verdict of the service itself: by the published lists, and over them what the store has revoked since. The store
/// is asked only about certificates of ours whose signature was good: nobody makes it work with codes of their own.
/// </summary>
sealed class VerifyNow(
    PublishedLists published, StandingRevocations standing, NationalClock clock, ILogger<VerifyNow> logger)
{
    /// <summary>People wait at a counter; a store that is slower than this is as good as away.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <param name="at">Null: now.</param>
    /// <returns>Null when nothing has been published yet.</returns>
    public async Task<VerdictNow?> JudgeAsync(string hc1, DateTimeOffset? at, CancellationToken cancel)
    {
        var now = clock.Now;
        if (published.Read(now) is not { } lists)
        {
            return null;
        }
        var judged = lists.Verify(hc1.Trim('\r', '\n', '\t'), at ?? now);
        var warnings = lists.WarningsAt(now);
        if (lists.SlotToAskAbout(judged) is { } slot)
        {
            (judged, warnings) = await IsRevokedAsync(slot, now, cancel) switch
            {
                true => (judged with { Verdict = Verdict.Revoked, Detail = "revoked since the lists were made" },
                    warnings),
                false => (judged, warnings),
                null => (judged, [.. warnings, "judged by the lists alone: the store does not answer"]),
            };
        }
        return new VerdictNow(judged, lists, warnings, ListAgeView.Of(lists, now));
    }

    /// <summary>Null: the store does not answer, and the lists must do.</summary>
    async Task<bool?> IsRevokedAsync(Slot slot, DateTimeOffset now, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(LongestWait);
        try
        {
            return await standing.IncludeAsync(slot, now, patience.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is DbException or OperationCanceledException)
        {
            logger.VerifiedByListsAlone(e);
            return null;
        }
    }
}
