using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Verbs;

namespace Issuer.Server.Campaign;

/// <summary><c>records.ndjson</c>: how every record of a campaign ended, a line each.</summary>
static class RecordLines
{
    public static async Task WriteStoredAsync(Workplace place, TextWriter output, CancellationToken cancel)
    {
        await foreach (var record in place.Store.Counts.RecordsAsync(cancel))
        {
            await output.WriteLineAsync(Screen.ToJson(new
            {
                facility = record.Facility,
                reference = record.Reference,
                state = record.IsDuplicate ? "duplicate" : record.State.ToWire(),
                differs = NamesOf(record.Differs),
                suggestion = record.Suggestion,
                faults = Array.Empty<string>(),
            }));
        }
    }

    public static void WriteRefused(TextWriter output, SubmittedRow refused) => output.WriteLine(Screen.ToJson(new
    {
        facility = refused.Row.Facility,
        reference = refused.Row.Reference,
        state = "refused",
        differs = Array.Empty<string>(),
        suggestion = (string?)null,
        faults = refused.Faults.Where(f => !f.Code.IsWarning()).Select(f => f.Code.ToWire()).Distinct(),
    }));

    static readonly (IdentityFields Field, string Name)[] Fields =
    [
        (IdentityFields.Name, "name"), (IdentityFields.Sex, "sex"), (IdentityFields.DateOfBirth, "date_of_birth"),
        (IdentityFields.IdentityNumber, "identity_number"),
    ];

    static IEnumerable<string> NamesOf(IdentityFields differs) =>
        Fields.Where(f => differs.HasFlag(f.Field)).Select(f => f.Name);
}
