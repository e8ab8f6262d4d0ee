using Issuer.Core;
using Issuer.Core.Records;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task An_import_is_kept_with_its_refused_rows_until_it_is_forgotten()
    {
        var job = await AddImportAsync();
        var done = job with
        {
            State = ImportState.Done,
            Rows = 3,
            Done = 3,
            Counts = new SubmitCounts(1, 0, 0, 2),
            IsRenumbered = true,
            Attempts = 2,
            Header = new ImportHeader("[\"Mã\"]", ';'),
        };
        var fault = new Fault("sex", FaultCode.BadSex);
        await store.Imports.SaveAsync(
            done, [new(2, [fault], ["r2", null]), new(3, [fault], [new string('x', 10_000)])], Given.Act, default);

        Assert.Equal(done, await store.Imports.FindAsync(Given.Facility, job.Id, default));
        await store.Imports.ForgiveAsync(job.Id, default);
        Assert.Equal(1, (await store.Imports.FindAsync(Given.Facility, job.Id, default))!.Attempts);
        Assert.Null(await store.Imports.FindAsync(Given.OtherFacility, job.Id, default));
        var faults = await store.Imports.FaultsAsync(job.Id, 0, 10, default);
        Assert.Equal([2L, 3L], faults.Select(f => f.Line));
        Assert.Equal(["r2", null], faults[0].Cells);
        Assert.Empty(faults[1].Cells);
        Assert.Equal(3, Assert.Single(await store.Imports.FaultsAsync(job.Id, 2, 10, default)).Line);

        await store.Imports.ForgetAsync(Given.Act.At, default);
        Assert.NotNull(await store.Imports.FindAsync(Given.Facility, job.Id, default));
        await store.Imports.ForgetAsync(Given.Act.At.AddSeconds(1), default);
        Assert.Null(await store.Imports.FindAsync(Given.Facility, job.Id, default));
        Assert.Equal(0, await ScalarAsync("select count(*) from import_fault"));
    }

    [RequiresFact]
    public async Task A_running_import_is_not_forgotten_however_old()
    {
        var job = await AddImportAsync();
        await store.Imports.ForgetAsync(Given.Act.At.AddYears(1), default);
        Assert.Equal(job.Id, Assert.Single(await store.Imports.RunningAsync(default)).Id);
    }

    [RequiresFact]
    public async Task An_import_whose_file_was_lost_ends_and_says_so()
    {
        var job = await AddImportAsync();
        await store.Imports.GiveUpAsync(Given.Act.At, "lost", Given.Act, default);
        Assert.Single(await store.Imports.RunningAsync(default));
        await store.Imports.GiveUpAsync(Given.Act.At.AddSeconds(1), "lost", Given.Act, default);

        var ended = await store.Imports.FindAsync(Given.Facility, job.Id, default);
        Assert.Equal((ImportState.Refused, "lost"), (ended!.State, ended.Why));
    }

    [RequiresFact]
    public async Task One_key_makes_one_import_and_another_request_under_it_is_refused()
    {
        var key = new RequestKey("clerk", "import", "k", [1]);
        var first = await AddImportAsync(key);
        var again = await AddImportAsync(key);
        var other = await store.Enter.EnterAsync(
            99, Given.Facility, ImportFormat.Csv, false, key with { Digest = [2] }, Given.Act, default);

        Assert.Equal(first.Id, again.Id);
        Assert.True(other.IsRefused(out var why, out _));
        Assert.Equal(RejectionKind.Conflict, why.Kind);
    }

    [RequiresFact]
    public async Task A_facility_that_has_too_many_imports_running_waits_and_no_other_does()
    {
        for (var n = 0; n < 20; n++)
        {
            await AddImportAsync();
        }
        var one = await store.Enter.EnterAsync(99, Given.Facility, ImportFormat.Csv, false, null, Given.Act, default);
        var other = await store.Enter.EnterAsync(
            100, Given.OtherFacility, ImportFormat.Csv, false, null, Given.Act, default);

        Assert.True(one.IsRefused(out var why, out _));
        Assert.Equal(RejectionKind.Unavailable, why.Kind);
        Assert.False(other.IsRefused(out _, out _));
    }

    async Task<ImportJob> AddImportAsync(RequestKey? key = null)
    {
        var id = await store.Imports.NewIdAsync(default);
        var added = await store.Enter.EnterAsync(id, Given.Facility, ImportFormat.Csv, false, key, Given.Act, default);
        Assert.False(added.IsRefused(out _, out var job));
        return job!;
    }
}
