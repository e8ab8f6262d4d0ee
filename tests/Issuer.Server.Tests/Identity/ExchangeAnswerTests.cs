using System.Text;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Features.Identity;

namespace Issuer.Server.Tests.Identity;

/// <summary>Answers as text: what is taken, and everything that is none.</summary>
public sealed class ExchangeAnswerTests
{
    const string AllRight = "'KetQua':{'HoVaTen':true,'GioiTinh':true,'NgayThangNamSinh':true,'SoDinhDanh':true}";
    const string Name = "'HoVaTen':{'Ho':'Nguyễn','ChuDem':'Thị','Ten':'Hòa'}";
    const string Numbers = "'SoDinhDanh':'001185000001','SoCMND':'012345678'";

    static readonly RegistryQuery Query = new(
        IdentityType.Cccd, "001185000001", "NGUYỄN  THỊ HÒA", Sex.Female, PartialDate.Parse("1985-03-12"));

    [Fact]
    public void A_person_who_is_right_comes_with_the_split_name_and_both_numbers()
    {
        var person = Answer($"{{{AllRight},{Name},{Numbers}}}")!.Person!;
        Assert.Equal(("Nguyễn", "Thị Hòa", "001185000001", "012345678"),
            (person.FamilyName, person.GivenName, person.Number, person.OldNumber));
    }

    [Fact]
    public void Values_beside_a_wrong_field_are_not_read()
    {
        var wrong = AllRight.Replace("'NgayThangNamSinh':true", "'NgayThangNamSinh':false", StringComparison.Ordinal);
        Assert.Equal(
            new RegistryAnswer(IdentityFields.DateOfBirth, null),
            Answer($"{{{wrong},{Name},{Numbers},'NgayThangNamSinh':'1985-12-03'}}"));
    }

    [Theory]
    [InlineData("'Ho':'Nguyễn','ChuDem':'Thị','Ten':'Huệ'")]
    [InlineData("'Ho':'Nguyễn','ChuDem':'Thị'")]
    [InlineData("'Ho':'Nguyễn','ChuDem':'Thị','Ten':7")]
    public void A_name_that_is_incomplete_or_another_is_no_answer(string name) =>
        Assert.Null(Answer($"{{{AllRight},'HoVaTen':{{{name}}},{Numbers}}}"));

    [Theory]
    [InlineData("'SoDinhDanh':'001185000009'")]
    [InlineData("'SoCMND':null")]
    [InlineData("'SoDinhDanh':'001185000001','SoCMND':'x'")]
    [InlineData("'SoDinhDanh':'001185000009','SoDinhDanh':'001185000001'")]
    public void Numbers_that_are_missing_doubled_malformed_or_others_are_no_answer(string numbers) =>
        Assert.Null(Answer($"{{{AllRight},{Name},{numbers}}}"));

    [Theory]
    [InlineData("{'KetQua':{'HoVaTen':true,'GioiTinh':true,'NgayThangNamSinh':true}}")]
    [InlineData("{'KetQua':{'HoVaTen':1,'GioiTinh':true,'NgayThangNamSinh':true,'SoDinhDanh':true}}")]
    [InlineData("{'KetQua':[]}")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("'KetQua'")]
    public void Right_or_wrong_must_be_said_of_every_field(string data) => Assert.Null(Answer(data));

    [Theory]
    [InlineData("", 0)]
    [InlineData("[]", 0)]
    [InlineData("{\"code\":{}}", -1)]
    [InlineData("{\"code\":503,\"response\":null}", 503)]
    [InlineData("{\"code\":\"200\",\"response\":{\"error_code\":\"17\",\"data\":{}}}", 200)]
    [InlineData("{\"code\":200,\"a\":[[[[[[[[]]]]]]]]}", 0)]
    [InlineData("{\"code\":200,\"response\":{\"error_code\":0,\"data\":{\"KetQua\":", 0)]
    public void A_wrapper_that_is_none_gives_its_code_and_no_answer(string body, int code) =>
        Assert.Equal((code, null), ExchangeAnswer.Read(Encoding.UTF8.GetBytes(body), Query));

    /// <summary>Single quotes stand for double ones.</summary>
    static RegistryAnswer? Answer(string data)
    {
        var body = $"{{'code':200,'status':'OK','correlationId':'1','response':{{'error_code':'0','data':{data}}}}}";
        return ExchangeAnswer.Read(Encoding.UTF8.GetBytes(body.Replace('\'', '"')), Query).Answer;
    }
}
