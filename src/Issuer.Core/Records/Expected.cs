namespace Issuer.Core.Records;

/// <summary>What a field should have held, for people: it follows a fault's words.</summary>
public sealed record Expected(string English, string Vietnamese)
{
    public static readonly Expected Text = new("a string", "một chuỗi ký tự");

    public static readonly Expected Number = new("a whole number", "một số nguyên");

    public static readonly Expected ListOfText = new("an array of strings", "một mảng các chuỗi ký tự");

    public static readonly Expected JsonObject = new("a JSON object", "một đối tượng JSON");

    public static readonly Expected YesOrNo = new("true or false", "true hoặc false");

    public static readonly Expected LaterInstant = new("a time in the future", "một thời điểm trong tương lai");

    public static readonly Expected YearAlone = new(
        "a date, or the year alone when only it is known, such as 1985",
        "một ngày, hoặc chỉ ghi năm nếu chỉ biết năm, ví dụ 1985");

    /// <summary>Eight bytes in base64, as trust lists have it.</summary>
    public static readonly Expected Kid = new("a kid, as `dsc list` prints it", "mã kid như lệnh dsc list in ra");

    public static readonly Expected Document = new(
        "twelve or nine digits, or COUNTRY:PASSPORT such as KOR:M1234567",
        "mười hai hoặc chín chữ số, hoặc NƯỚC:SỐ-HỘ-CHIẾU, ví dụ KOR:M1234567");

    public static readonly Expected HttpsAddress = new(
        "an https address such as https://id.example", "một địa chỉ https, ví dụ https://id.example");

    public static readonly Expected Sha256 = new("64 hexadecimal digits", "64 chữ số thập lục phân");

    /// <summary>An id is opaque: nobody can make one up.</summary>
    public static readonly Expected Id = new("an id that this service gave", "mã định danh do hệ thống này cấp");

    public static readonly Expected Next = new("the next value of the page before", "giá trị next của phần trước");

    public static Expected Between(long least, long most) => new($"from {least} to {most}", $"từ {least} đến {most}");

    public static Expected Days(DateOnly first, DateOnly last) =>
        new($"from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}", $"từ {first:yyyy-MM-dd} đến {last:yyyy-MM-dd}");

    public static Expected Items(int most) => new($"1 to {most} items", $"từ 1 đến {most} phần tử");

    public static Expected AtMost(int characters) =>
        new($"at most {characters} characters", $"tối đa {characters} ký tự");

    public static Expected OneOf(IEnumerable<string> values)
    {
        var listed = string.Join(", ", values);
        return new Expected($"one of {listed}", $"một trong {listed}");
    }
}
