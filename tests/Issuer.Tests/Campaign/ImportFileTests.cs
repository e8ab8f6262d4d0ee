using System.Text;
using Issuer.Core.Facilities;
using Issuer.Server.Features;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Storage.Identity;
using Issuer.Tests.Pki;
using Issuer.Tests.Storage;
using Microsoft.Extensions.Configuration;

namespace Issuer.Tests.Campaign;

public sealed class ImportFileTests : IAsyncLifetime, IDisposable
{
    const string Header =
        "reference,facility,full_name,sex,date_of_birth,identity_number,product,vaccinated_on,corrects\n";

    readonly Folder folder = new();

    IssuerServices issuer = null!;

    public async Task InitializeAsync()
    {
        issuer = await IssuerServices.OpenAsync(
            new StoreSetup(
                Path.Combine(folder.Path, "data"), new ConfigurationBuilder().Build(), new FixedClock(Given.Now))
            {
                Environment = "Development", ForceDevelopment = true,
            },
            default);
        await issuer.Get<IFacilityStore>().SaveAsync(
            [new Facility(Given.Facility, "Trạm y tế Bến Nghé", "commune", "79", null)], Given.Act, default);
    }

    public async Task DisposeAsync() => await issuer.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Importing_a_file_twice_changes_nothing()
    {
        var file = Header + Row(1) + Row(2);

        Assert.Equal(Counts(rows: 2, accepted: 2), await ImportAsync(file));
        Assert.Equal(Counts(rows: 2, unchanged: 2), await ImportAsync(file));
    }

    [Fact]
    public async Task Refused_rows_come_back_in_a_file_that_can_be_corrected_and_imported_again()
    {
        var first = await ImportAsync(Header + Row(1) + Row(2, sex: "?", product: "\"=cmd|' /C calc'!A0\"") + Row(3));
        Assert.Equal(Counts(rows: 3, accepted: 2, refused: 1), first);

        var errors = await File.ReadAllTextAsync(Errors);
        Assert.StartsWith($"\"{Header.TrimEnd().Replace(",", "\",\"")}\",\"errors\"", errors, StringComparison.Ordinal);
        Assert.Contains(
            "sex: bad-sex (phải là M, F, Nam hoặc Nữ / must be M, F, Nam or Nữ)", errors, StringComparison.Ordinal);
        Assert.Contains("product: formula", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(",=cmd", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("\"=cmd", errors, StringComparison.Ordinal);

        var corrected = errors.Replace(",\"?\",", ",Nam,", StringComparison.Ordinal)
            .Replace("'=cmd|' /C calc'!A0", "Pfizer", StringComparison.Ordinal);
        Assert.Equal(Counts(rows: 1, accepted: 1), await ImportAsync(corrected));
        Assert.False(File.Exists(Errors));
    }

    [Fact]
    public async Task A_file_that_breaks_in_the_middle_changes_nothing()
    {
        var rows = string.Concat(Enumerable.Range(1, 3000).Select(n => Row(n)));

        Assert.True(
            TableFile.Open(Write(Header + rows.Replace("Nguyễn", "Nguy?n")), CsvKind.All).IsRefused(out _, out _));
        byte[] broken = [.. Encoding.UTF8.GetBytes(Header + rows), 0xE1, 0x2C, 0x0A];
        Assert.True(TableFile.Open(folder.File("x.csv", broken), CsvKind.All).IsRefused(out _, out _));

        Assert.Empty(await issuer.Get<StoreCounts>().RecordsByStateAsync(default));
    }

    [Fact]
    public async Task A_correction_names_its_version_and_changed_content_without_one_is_refused()
    {
        await ImportAsync(Header + Row(1));

        Assert.Equal(Counts(rows: 1, refused: 1), await ImportAsync(Header + Row(1, product: "Pfizer")));
        Assert.Contains("known-reference", await File.ReadAllTextAsync(Errors), StringComparison.Ordinal);
        Assert.Equal(
            Counts(rows: 1, corrected: 1), await ImportAsync(Header + Row(1, product: "Pfizer", corrects: "1")));
        Assert.Equal(Counts(rows: 1, unchanged: 1), await ImportAsync(Header + Row(1)));
    }

    [Fact]
    public async Task A_register_is_taken_as_a_whole_or_not_at_all()
    {
        const string header = "identity_number,old_identity_number,family_name,given_name,sex,date_of_birth\n";
        var good = string.Concat(Enumerable.Range(1, 1500).Select(n => $"{Given.Number(n)},,Nguyễn,An,Nam,1985\n"));

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => ImportAsync(header + good + ",,Nguyễn,An,Nam,1985\n079085999999,,Lê,An,?,31/02/1985\n"));

        Assert.Contains("line 1502: identity_number", refused.Message, StringComparison.Ordinal);
        Assert.Contains("line 1503: sex", refused.Message, StringComparison.Ordinal);
        Assert.Contains("line 1503: date_of_birth", refused.Message, StringComparison.Ordinal);
        var answer = await issuer.Get<EmbeddedRegistry>().LookUpAsync(
            [new(null, Given.Number(1), "Nguyễn An", Issuer.Core.Records.Sex.Male,
                Issuer.Core.Records.PartialDate.Parse("1985"))],
            default);
        Assert.Null(answer[0]!.Person);
        Assert.Equal(1500, (await ImportAsync(header + good)).Accepted);
    }

    [Fact]
    public async Task A_register_takes_no_code_that_runs_in_a_spreadsheet() =>
        await Assert.ThrowsAsync<RefusedException>(() => ImportAsync("code,name\n=1+1,Trạm y tế\n"));

    const string Unnumbered = "full_name,sex,date_of_birth,identity_number,product,lot,vaccinated_on,corrects\n";

    [Fact]
    public async Task Without_a_reference_the_same_list_in_any_order_finds_its_records()
    {
        const string an = "Nguyễn Văn An,Nam,1985,079085000001,Pfizer,L1,2022-03-25,\n";
        const string be = "Lê Thị Bé,Nữ,1990,,Pfizer,L1,2022-03-25,\n";

        Assert.Equal(Counts(rows: 2, accepted: 2), await ImportAsync(Unnumbered + an + be, Given.Facility));
        Assert.Equal(
            Counts(rows: 3, unchanged: 3),
            await ImportAsync(Unnumbered + be + an + an, Given.Facility));
        var changed = Unnumbered + an.Replace("L1", "L2");
        Assert.Equal(Counts(rows: 1, refused: 1), await ImportAsync(changed, Given.Facility));
        Assert.Contains("known-reference", await File.ReadAllTextAsync(Errors), StringComparison.Ordinal);
        Assert.Equal(
            Counts(rows: 1, corrected: 1), await ImportAsync(changed.Replace("25,\n", "25,1\n"), Given.Facility));
    }

    [Fact]
    public async Task Two_children_under_their_mothers_number_both_enter_with_a_warning()
    {
        const string first = "Lê Bé An,Nam,14/06/2014,001185000009,Pfizer,L1,2022-03-25,\n";
        const string twin = "Lê Bé Ân Hòa,Nữ,14/06/2014,001185000009,Pfizer,L1,2022-03-25,\n";
        const string sister = "Lê Bé Bình,Nữ,31/02/2012,001185000009,Pfizer,L1,2022-03-25,\n";

        var warned = new List<string>();
        var counts = await ImportAsync(Unnumbered + first + twin + sister, Given.Facility, warn: warned.Add);
        Assert.Equal((2, 1), (counts.Accepted, counts.Refused));
        Assert.Contains(warned, said => said.Contains("shared-number", StringComparison.Ordinal));
        // Alone in the file of refused rows, she is still not her brother.
        var corrected = (await File.ReadAllTextAsync(Errors)).Replace("31/02", "01/02");
        Assert.Equal(1, (await ImportAsync(corrected, Given.Facility)).Accepted);
        var again = await ImportAsync(Unnumbered + first + twin + sister.Replace("31/02", "01/02"), Given.Facility);
        Assert.Equal((3, 0), (again.Unchanged, again.Refused));
    }

    [Fact]
    public async Task Numbering_that_begins_anew_neither_collides_nor_doubles()
    {
        const string header =
            "Mã tham chiếu;Họ và tên;Ngày sinh;Giới tính;Số CCCD;Tên vắc xin;Số lô;Mũi tiêm;Ngày tiêm\n";
        const string first = "1;Nguyễn Văn An;1985-02-03;M;079085000001;Pfizer;PF891D;1;05/10/2022\n";
        var second = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "tests/Issuer.Tests/Campaign/cases/renumbered-week-2.csv"));

        Assert.Equal(1, (await ImportAsync(header + first, Given.Facility)).Accepted);
        Assert.Equal(Counts(rows: 1, refused: 1), await ImportAsync(second, Given.Facility));
        Assert.Contains("reference-reused", await File.ReadAllTextAsync(Errors), StringComparison.Ordinal);
        for (var time = 0; time < 2; time++)
        {
            var counts = await ImportAsync(second + first.Replace("1;N", "2;N"), Given.Facility, isRenumbered: true);
            Assert.Equal((time == 0 ? 2 : 0, time == 0 ? 0 : 2), (counts.Accepted, counts.Unchanged));
        }
        Assert.Equal(1, (await ImportAsync(header + first, Given.Facility, isRenumbered: true)).Unchanged);
    }

    [Fact]
    public async Task A_clerks_list_goes_in_with_one_upload_and_the_rest_comes_back_to_be_corrected()
    {
        var list = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "tests/Issuer.Tests/Campaign/cases/messy-clerk.csv"));

        var counts = await ImportAsync(list, Given.Facility);
        Assert.Equal(40, counts.Rows);
        Assert.Equal(40, counts.Accepted + counts.Unchanged + counts.Refused);
        Assert.True(counts.Accepted >= 10);
        var errors = await File.ReadAllTextAsync(Errors);
        Assert.StartsWith("\"STT\";\"Họ và tên\";\"Ngày sinh (dd/mm/yyyy)\";", errors, StringComparison.Ordinal);
        Assert.EndsWith("]\"\r\n", errors, StringComparison.Ordinal);

        // She puts right what she is asked about: one month before its day, one day that no calendar has.
        var corrected = errors.Replace("10/30/1954", "30/10/1954").Replace("31/02/1990", "28/02/1990")
            .Replace("05/08/2032", "05/08/2022");
        var rest = await ImportAsync(corrected, Given.Facility);
        Assert.Equal(0, rest.Refused);
        Assert.Equal(counts.Refused, rest.Accepted + rest.Unchanged);
    }

    [Fact]
    public async Task What_was_typed_comes_back_and_goes_in_as_it_was()
    {
        var list = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "tests/Issuer.Tests/Campaign/cases/formula-roundtrip.csv"));
        await ImportAsync(list.Replace("01-0001", Given.Facility));

        var errors = await File.ReadAllTextAsync(Errors);
        Assert.Contains("\"'-Anna Lee\"", errors, StringComparison.Ordinal);
        Assert.Equal(1, (await ImportAsync(errors.Replace("25/03/22", "25/03/2022"))).Accepted);
        // Typed right from the beginning, it is the same record.
        Assert.Equal(1, (await ImportAsync(list.Replace("01-0001", Given.Facility).Replace("/22", "/2022"))).Unchanged);
    }

    string Errors => Path.Combine(folder.Path, "x.csv.errors.csv");

    static string Row(
        int n, string sex = "Nam", string product = "AstraZeneca", string corrects = "") =>
        $"{n},{Given.Facility},Nguyễn Văn An,{sex},1985-02-03,{Given.Number(n)},{product},2021-08-30,{corrects}\n";

    static ImportCounts Counts(
        long rows, long accepted = 0, long corrected = 0, long unchanged = 0, long refused = 0) =>
        new("records", rows, accepted, corrected, unchanged, refused);

    string Write(string content) => folder.File("x.csv", Encoding.UTF8.GetBytes(content));

    async Task<ImportCounts> ImportAsync(
        string content, string? facility = null, bool isRenumbered = false, Action<string>? warn = null)
    {
        IReadOnlyList<CsvKind> kinds = facility is null ? CsvKind.All : [CsvKind.Records];
        Assert.False(
            TableFile.Open(Write(content), kinds, facility is null ? null : "facility")
                .IsRefused(out var why, out var file),
            why?.Detail);
        using var errors = new ErrorsFile(Errors, file!);
        return await issuer.Get<ImportFile>().RunAsync(
            file!, facility, errors.Add, warn ?? (_ => { }), null, default, isRenumbered);
    }
}
