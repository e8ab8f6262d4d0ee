using System.Text.Json;

namespace Issuer.Server.Tests.Verbs;

/// <summary>The program as it is typed: what stands on stdout and stderr, and the exit code.</summary>
public sealed class ProgramTests : IDisposable
{
    const string Facilities = "code,name\n79001,Trạm y tế Mẫu\n";

    const string Header = "reference,facility,full_name,sex,date_of_birth,identity_number,product,vaccinated_on\n";

    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("issuer-verbs-");

    [Fact]
    public async Task With_json_decode_prints_what_it_prints_without_on_one_line()
    {
        var (_, readable, _) = await RunAsync("decode", "HC1:NOTHING");
        var (exit, line, _) = await RunAsync("decode", "HC1:NOTHING", "--json");

        Assert.Equal(0, exit);
        Assert.Single(line.TrimEnd().Split('\n'));
        Assert.Equal(
            JsonSerializer.Serialize(JsonDocument.Parse(readable)), JsonSerializer.Serialize(JsonDocument.Parse(line)));
    }

    [Fact]
    public async Task With_json_a_token_is_an_object_and_its_hint_is_on_stderr()
    {
        await ImportAsync("facilities.csv", Facilities);
        var (exit, output, error) = await RunAsync(
            "token", "--role", "facility-clerk", "--json", "--data", directory.FullName);

        Assert.Equal(0, exit);
        Assert.Equal(3, JsonDocument.Parse(output).RootElement.GetProperty("token").GetString()!.Split('.').Length);
        Assert.Equal("warning: facility-clerk without --facility is refused nearly everywhere", error.Trim());
    }

    [Fact]
    public async Task Refused_rows_are_counted_in_words_that_fit()
    {
        await ImportAsync("facilities.csv", Facilities);
        const string bad = "1,79001,An,?,1985,079085000001,Pfizer,2021-08-30\n";
        var (exit, _, one) = await ImportAsync("one.csv", Header + bad);
        var (_, _, two) = await ImportAsync(
            "two.csv", Header + bad + bad.Replace("1,79001", "2,79001", StringComparison.Ordinal));

        Assert.Equal(1, exit);
        Assert.StartsWith("1 row was refused: see ", one, StringComparison.Ordinal);
        Assert.StartsWith("2 rows were refused: see ", two, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_not_there_are_told_in_plain_words()
    {
        var missing = Path.Combine(directory.FullName, "missing");
        foreach (var (expected, arguments) in new[]
        {
            ($"{missing}: this file does not exist",
                (string[])["verify", "x", "--trust", "t", "--revocation", "r", "--anchor", missing]),
            ($"{directory.FullName}: is a folder, not a file",
                ["verify", "x", "--trust", "t", "--revocation", "r", "--anchor", directory.FullName]),
            ($"{missing}: this file does not exist", ["verify", "--batch", missing]),
            ($"{missing}: this file does not exist", ["import", missing, "--data", directory.FullName]),
            ($"{directory.FullName}: is a folder, not a file",
                ["import", directory.FullName, "--data", directory.FullName]),
        })
        {
            var (exit, _, error) = await RunAsync(arguments);
            Assert.Equal((1, expected), (exit, error.Trim()));
        }
    }

    [Fact]
    public async Task What_only_reads_neither_checks_the_stores_clock_nor_raises_it()
    {
        await ImportAsync("facilities.csv", Facilities, "--now", "2027-01-15T08:00:00Z");
        Assert.Equal(0, (await OnStoreAsync("worklist", "2027-01-15T06:00:00Z")).Exit);
        Assert.Equal(0, (await OnStoreAsync("worklist", "2028-01-15T08:00:00Z")).Exit);

        // Nothing has written with next year's clock; with an earlier one nothing may.
        Assert.Equal(0, (await OnStoreAsync("match", "2027-01-15T09:00:00Z")).Exit);
        var (exit, _, error) = await OnStoreAsync("match", "2027-01-15T08:00:00Z");
        Assert.Equal(1, exit);
        Assert.Contains("later than this clock says", error, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Delete(recursive: true);

    Task<(int Exit, string Output, string Error)> OnStoreAsync(string verb, string now) =>
        RunAsync(verb, "--data", directory.FullName, "--now", now);

    async Task<(int Exit, string Output, string Error)> ImportAsync(
        string name, string content, params string[] options)
    {
        var path = Path.Combine(directory.FullName, name);
        await File.WriteAllTextAsync(path, content);
        return await RunAsync(["import", path, "--data", directory.FullName, .. options]);
    }

    static Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        TypedProgram.RunAsync("Development", arguments);
}
