namespace Issuer.Core.Records;

/// <summary>What a clerk reads. No message repeats what was typed: error texts carry no personal data.</summary>
static class FaultText
{
    static readonly Dictionary<FaultCode, (string English, string Vietnamese)> Texts = new()
    {
        [FaultCode.Missing] = ("is required", "bắt buộc phải có"),
        [FaultCode.TooLong] = ("is too long", "quá dài"),
        [FaultCode.ControlCharacter] = ("contains an invisible character, for example a line break or a tab",
            "có ký tự không nhìn thấy được, ví dụ xuống dòng hoặc tab"),
        [FaultCode.Formula] = ("starts like a spreadsheet formula", "bắt đầu như một công thức bảng tính"),
        [FaultCode.NoLetter] = ("contains no letter", "không có chữ cái nào"),
        [FaultCode.BadSex] = ("must be M, F, Nam or Nữ", "phải là M, F, Nam hoặc Nữ"),
        [FaultCode.BadDate] = ("is not a date (use yyyy-mm-dd or dd/mm/yyyy)",
            "không phải là ngày hợp lệ (dùng yyyy-mm-dd hoặc dd/mm/yyyy)"),
        [FaultCode.BadInstant] = ("is not an RFC 3339 instant such as 2027-01-31T08:00:00+07:00",
            "không phải là thời điểm theo RFC 3339, ví dụ 2027-01-31T08:00:00+07:00"),
        [FaultCode.IncompleteDate] = ("must be a complete date", "phải có đủ ngày, tháng, năm"),
        [FaultCode.FutureDate] = ("is in the future", "ở trong tương lai"),
        [FaultCode.DateTooEarly] = ("is too early", "quá sớm"),
        [FaultCode.BeforeBirth] = ("is before the date of birth", "trước ngày sinh"),
        [FaultCode.BadIdentityType] =
            ("must be CCCD, CMND, PASSPORT or BIRTH", "phải là CCCD, CMND, PASSPORT hoặc BIRTH"),
        [FaultCode.BadNationality] = ("must be a three-letter country code such as VNM",
            "phải là mã quốc gia ba chữ cái, ví dụ VNM"),
        [FaultCode.UnknownProduct] = ("is not a licensed product (use the EU code or the trade name)",
            "không phải là vắc xin được cấp phép (dùng mã EU hoặc tên thương mại)"),
        [FaultCode.BadDoseNumber] = ("must be a number from 1 to 9", "phải là số từ 1 đến 9"),
        [FaultCode.BadDoseKind] =
            ("must be primary, additional or booster", "phải là primary, additional hoặc booster"),
        [FaultCode.BadVersion] = ("must be a version number", "phải là số phiên bản"),
        [FaultCode.UnknownFacility] = ("is not a known facility", "không phải là cơ sở đã đăng ký"),
        [FaultCode.NotYourFacility] = ("is not the facility you act for", "không phải là cơ sở của bạn"),
        [FaultCode.KnownReference] = ("is already known with other content; give the version that it corrects",
            "đã có với nội dung khác; hãy ghi phiên bản cần sửa"),
        [FaultCode.WrongVersion] = ("is not the current version", "không phải là phiên bản hiện tại"),
        [FaultCode.NothingToCorrect] =
            ("gives a version of a reference that is not known", "ghi phiên bản của một mã chưa có"),
        [FaultCode.RepeatedInRequest] = ("appears twice in this request", "xuất hiện hai lần trong yêu cầu này"),
        [FaultCode.UnknownMember] = ("is not a known field", "không phải là trường đã biết"),
        [FaultCode.BadType] = ("has the wrong type", "sai kiểu dữ liệu"),
        [FaultCode.OutOfRange] = ("is outside the allowed range", "nằm ngoài phạm vi cho phép"),
        [FaultCode.StaleAuthentication] = ("is too long ago: sign in again", "đã quá lâu: hãy đăng nhập lại"),
        [FaultCode.TypeAnew] =
            ("must be typed again from the person's paper", "phải nhập lại theo giấy tờ của người tiêm"),
        [FaultCode.BadOutcome] = ("must be record-wrong or registry-corrected",
            "phải là record-wrong hoặc registry-corrected"),
        [FaultCode.NotOnWorklist] = ("is not on your worklist", "không có trong danh sách cần làm sạch của bạn"),
        [FaultCode.NotListed] = ("is not one of the values for this field", "không thuộc các giá trị của trường này"),
        [FaultCode.BadNumber] = ("must be twelve or nine digits", "phải gồm mười hai hoặc chín chữ số"),
        [FaultCode.NotAJsonLine] = ("is not a JSON object", "không phải là một đối tượng JSON"),
        [FaultCode.ReferenceIsFixed] = ("cannot be changed by a correction", "không thể thay đổi khi sửa"),
        [FaultCode.Withdrawn] = ("belongs to a withdrawn record; enter the dose under a new reference",
            "thuộc một bản ghi đã bị thu hồi; hãy nhập mũi tiêm với mã mới"),
        [FaultCode.CertificateRevoked] = (
            "is revoked: verifiers refuse this code. Show the current code from your list; if there is none, ask the "
            + "facility where you were vaccinated",
            "đã bị thu hồi: nơi kiểm tra sẽ từ chối mã này. Hãy dùng mã hiện hành trong danh sách của bạn; nếu không "
            + "có, hãy hỏi cơ sở đã tiêm cho bạn"),
        [FaultCode.CertificateSuspended] = (
            "is suspended: verifiers refuse this code until the suspension ends. Ask the facility where you were "
            + "vaccinated",
            "đang bị tạm đình chỉ: nơi kiểm tra sẽ từ chối mã này cho đến khi hết đình chỉ. Hãy hỏi cơ sở đã tiêm cho "
            + "bạn"),
        [FaultCode.UnknownLot] = ("is not among the lots this facility received", "không thuộc các lô cơ sở đã nhận"),
        [FaultCode.ExpiredLot] = ("had expired on the day of the dose", "đã hết hạn vào ngày tiêm"),
        [FaultCode.BeforeLicence] = ("is before the product was licensed", "trước ngày vắc xin được cấp phép"),
        [FaultCode.TooYoung] = ("is of somebody too young for this product", "là của người chưa đủ tuổi tiêm vắc xin này"),
        [FaultCode.IdentityDisagrees] =
            ("does not fit the sex or the year of birth", "không khớp với giới tính hoặc năm sinh"),
    };

    public static (string English, string Vietnamese) Of(FaultCode code) => Texts[code];
}
