using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Hosting;
using Issuer.Storage;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Features.Records;

/// <summary><c>records.ndjson</c>: how every record of a campaign ended, a line each.</summary>
static class RecordLines
{
    public static async Task WriteStoredAsync(StoreCounts counts, TextWriter output, CancellationToken cancel)
    {
        await foreach (var record in counts.RecordsAsync(cancel))
        {
            await output.WriteLineAsync(JsonLine.Of(new
            {
                facility = record.Facility,
                reference = record.Reference,
                state = record.IsDuplicate ? "duplicate" : record.State.ToWire(),
                differs = record.Differs.Names(),
                suggestion = record.Suggestion,
                faults = Array.Empty<string>(),
            }));
        }
    }

    public static void WriteRefused(TextWriter output, SubmittedRow refused) => output.WriteLine(JsonLine.Of(new
    {
        facility = refused.Row.Facility,
        reference = refused.Row.Reference,
        state = "refused",
        differs = Array.Empty<string>(),
        suggestion = (string?)null,
        faults = refused.HardFaults.Select(f => f.Code).Distinct(),
    }));
}
