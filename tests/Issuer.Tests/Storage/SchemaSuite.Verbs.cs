using System.Diagnostics;
using System.Text.Json;

namespace Issuer.Tests.Storage;

/// <summary>The same at the command line: what is said, where, and with which exit code.</summary>
public abstract partial class SchemaSuite
{
    [RequiresFact]
    public async Task Verbs_refuse_an_older_store_in_one_line_until_it_was_brought_forward()
    {
        var place = await NewPlaceAsync();
        await SchemaDump.LoadAsync(place, 9);
        foreach (var verb in new[] { "match", "worklist" })
        {
            var (exit, output, error) = await IssuerAsync(place, verb);
            Assert.Equal((1, ""), (exit, output));
            Assert.EndsWith("run issuer migrate", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }

        var (done, said, _) = await IssuerAsync(place, "migrate");
        Assert.Equal(0, done);
        Assert.Contains("0012_bulk_steps: change", said, StringComparison.Ordinal);
        Assert.Contains("0013_foreign: done", said, StringComparison.Ordinal);
        var (again, json, _) = await IssuerAsync(place, "migrate", "--json");
        Assert.Equal(0, again);
        Assert.Equal(0, JsonDocument.Parse(json).RootElement.GetProperty("applied").GetArrayLength());
        Assert.Equal(0, (await IssuerAsync(place, "worklist")).Exit);
    }

    [RequiresFact]
    public async Task Verbs_refuse_somebody_elses_store_in_one_sentence_and_leave_no_trace()
    {
        var place = await NewPlaceAsync();
        await ForeignAsync(place, "create table patients (name text)");
        var before = await PictureAsync(place);
        foreach (var verb in new[] { "match", "worklist", "migrate" })
        {
            var (exit, output, error) = await IssuerAsync(place, verb);
            Assert.Equal((1, ""), (exit, output));
            Assert.Contains(
                "not this program's", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }
        Assert.Equal(before, await PictureAsync(place));
    }

    static async Task<(int Exit, string Output, string Error)> IssuerAsync(StorePlace place, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "issuer.dll"), .. arguments,
                .. place.ConnectionString is null ? ["--data", place.Directory] : Array.Empty<string>(),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ConnectionStrings__Issuer"] = place.ConnectionString ?? "";
        using var program = Process.Start(start)!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return (program.ExitCode, await output, await error);
    }
}
