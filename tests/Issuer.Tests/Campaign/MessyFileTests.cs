using System.Runtime.CompilerServices;
using System.Text;
using Issuer.Core.Records;
using Issuer.Server.Features.Records;
using Issuer.Tests.Pki;

namespace Issuer.Tests.Campaign;

/// <summary>Files as they come out of a facility's spreadsheet.</summary>
public sealed class MessyFileTests : IDisposable
{
    readonly Folder folder = new();

    [Theory]
    [InlineData(NormalizationForm.FormC)]
    [InlineData(NormalizationForm.FormD)]
    public void A_file_out_of_Excel_is_read(NormalizationForm form)
    {
        var file = Open((
            "\uFEFFSTT;Mã tham chiếu *;Mã cơ sở;\"Họ và\ntên\";Giới tính;Ngày sinh (dd/mm/yyyy);Số CMND/CCCD;"
            + "Loại vắc xin;Mũi;Ngày tiêm chủng;Số lô vắc xin\r\n"
            + "1;A-1;79001;\"Nguyễn\nThị Mẫu\";Nữ;03/02/1985;79185000001;astrazeneca;Mũi 2;30/08/2021 09:15;ABV1\r\n"
            + ";;;;;;;;;;\r\n;;;;;;;;;;;;\r\n").Normalize(form));

        var row = Assert.Single(file.Read());
        Assert.Equal(["STT"], file.UnknownColumns);
        Assert.Equal(
            ("A-1", "03/02/1985", "79185000001"), (row["reference"], row["date_of_birth"], row["identity_number"]));
        Assert.Equal(("Mũi 2", "ABV1"), (row["dose_number"]!.Normalize(), row["lot"]));
    }

    [Fact]
    public void Cells_beyond_the_header_are_told_only_when_something_stands_in_them()
    {
        const string header = "reference,facility,full_name,sex,date_of_birth,identity_number,product,vaccinated_on\n";

        Assert.Equal(1, Open($"{header}1,79001,An,Nam,1985,1,AstraZeneca,2021-08-30,,\n").Rows);
        Assert.Equal(
            "extra-cells",
            Open($"{header}1,79001,An,Nam,1985,1,AstraZeneca,2021-08-30,,x\n").Read().Single().Faults.Single().Code);
    }

    [Fact]
    public void A_missing_column_is_told_in_both_languages_with_what_stands_there_instead()
    {
        var why = Why("Mã tham chiếu,Mã cơ sở,Họ và tên,Giới tính,Ngày sin,Số CCCD,Tên thuốc,Ngày tiêm\n");

        Assert.Contains(
            "column date_of_birth is missing (thiếu cột date_of_birth (ngày sinh))", why, StringComparison.Ordinal);
        Assert.Contains("column product is missing (thiếu cột product (vắc xin))", why, StringComparison.Ordinal);
        Assert.Contains(
            "not understood (không hiểu): \"Ngày sin\" → \"ngày sinh\"?, \"Tên thuốc\"", why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_no_file_for_the_caller_knows_it_and_an_upload_has_none() =>
        Assert.DoesNotContain("x.csv", Why("reference\n"), StringComparison.Ordinal);

    [Fact]
    public void A_folder_is_told_as_one()
    {
        Assert.True(TableFile.Open(folder.Path, CsvKind.All).IsRefused(out var why, out _));
        Assert.Equal("is a folder, not a file", why.Detail);
    }

    /// <summary>A reader of the page need not try names out.</summary>
    [Fact]
    public void The_page_for_integrators_has_every_Vietnamese_column_name_of_records()
    {
        var page = File.ReadAllText(Path.Combine(FolderOfThisFile(), "../../../docs/integrate.md"));
        Assert.All(
            CsvKind.Records.Vietnamese.Keys, name => Assert.Contains(name, page, StringComparison.Ordinal));
        Assert.All(CsvKind.Records.Vietnamese, pair => Assert.Equal(pair.Value, CsvKind.Records.Resolve(pair.Key)));
    }

    [Fact]
    public void What_clerks_type_for_closed_values_is_understood()
    {
        var row = Given.Row() with
        {
            Sex = "nu",
            IdentityType = "Căn cước công dân",
            IdentityNumber = "079185000001",
            DoseNumber = "Mũi 2".Normalize(NormalizationForm.FormD),
        };
        var check = CheckRecord.Check(row, Given.Context);

        Assert.Equal(
            (Sex.Female, IdentityType.Cccd, 2),
            (check.Record!.Sex, check.Record.IdentityType, check.Record.DoseNumber));
    }

    [Theory]
    [InlineData("30/08/2021 0:00", "2021-08-30")]
    [InlineData("30/08/2021 09:15", "2021-08-30")]
    [InlineData("2021-08-30 00:00:00", "2021-08-30")]
    public void A_time_of_day_behind_a_date_is_passed_over(string typed, string date) =>
        Assert.Equal(date, PartialDate.Parse(typed).ToString());

    [Theory]
    [InlineData("30/08/2021 lúc 9")]
    [InlineData("30/08/2021 25:00")]
    [InlineData("30/08/2021 ")]
    public void Anything_else_behind_a_date_makes_it_none(string typed) =>
        Assert.False(PartialDate.TryParse(typed, out _));

    public void Dispose() => folder.Dispose();

    TableFile Open(string content)
    {
        Assert.False(TableFile.Open(Write(content), CsvKind.All).IsRefused(out var why, out var file), why?.Detail);
        return file!;
    }

    string Why(string content)
    {
        Assert.True(TableFile.Open(Write(content), [CsvKind.Records]).IsRefused(out var why, out _));
        return why.Detail;
    }

    static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    string Write(string content) => folder.File("x.csv", Encoding.UTF8.GetBytes(content));
}
