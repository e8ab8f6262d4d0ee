using Issuer.Core;

namespace Issuer.Storage.Identity;

/// <summary>What every correction rests on, by whom and when.</summary>
static class CorrectionRows
{
    public const string Corrected = "corrected";
    public const string RegistryCorrected = "registry-corrected";

    public static Task AddAsync(
        WriteSession session, Act act, string outcome, IEnumerable<(long Record, long Version)> corrections) =>
        session.InsertAsync("correction", corrections.Select(c => new
        {
            recordId = c.Record, recordVersion = c.Version, outcome, evidence = act.Evidence ?? "clerk", act.Actor,
            at = act.At.ToUnixTimeSeconds(),
        }));
}
