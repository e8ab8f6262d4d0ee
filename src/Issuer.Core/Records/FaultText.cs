namespace Issuer.Core.Records;

/// <summary>What a clerk reads. No message repeats what was typed: error texts carry no personal data.</summary>
static class FaultText
{
    public static Bilingual Of(FaultCode code) => code switch
    {
        FaultCode.Missing => new("bắt buộc phải có", "is required"),
        FaultCode.TooLong => new("quá dài", "is too long"),
        FaultCode.ControlCharacter => new(
            "có ký tự không nhìn thấy được, ví dụ xuống dòng hoặc tab",
            "contains an invisible character, for example a line break or a tab"),
        FaultCode.Formula => new("bắt đầu như một công thức bảng tính", "starts like a spreadsheet formula"),
        FaultCode.NoLetter => new("không có chữ cái nào", "contains no letter"),
        FaultCode.DamagedLetters => new(
            "có chữ bị mất hoặc bị đọc sai; hãy gõ lại có dấu theo giấy tờ",
            "has letters that were lost or misread; type it again from the person's paper"),
        FaultCode.SpreadsheetError => new(
            "là lỗi của bảng tính, ví dụ #N/A; hãy gõ giá trị đúng",
            "is a spreadsheet's error such as #N/A; type the value itself"),
        FaultCode.BadSex => new("phải là M, F, Nam hoặc Nữ", "must be M, F, Nam or Nữ"),
        FaultCode.BadDate => new(
            "không phải là ngày hợp lệ (dùng yyyy-mm-dd hoặc dd/mm/yyyy, và kiểm tra ngày đó có trong lịch không)",
            "is not a date (use yyyy-mm-dd or dd/mm/yyyy, and look whether the calendar has that day)"),
        FaultCode.MonthBeforeDay => new(
            "viết tháng trước ngày, nên cả cột này không rõ đâu là ngày, đâu là tháng; hãy ghi dd/mm/yyyy",
            "has the month before the day, which makes its whole column ambiguous; write dd/mm/yyyy"),
        FaultCode.AmbiguousDate => new(
            "không rõ đâu là ngày, đâu là tháng, vì trong cột này có ngày viết tháng trước; hãy so với giấy tờ, ghi "
            + "dd/mm/yyyy và sửa cả ô viết tháng trước",
            "is ambiguous: another date of this column has the month before the day; compare with the paper, write "
            + "dd/mm/yyyy, and put that other date right too"),
        FaultCode.TwoDigitYear => new(
            "chỉ có hai chữ số của năm; hãy ghi đủ bốn chữ số, ví dụ 25/03/2022",
            "has a year of two digits; write all four, as in 25/03/2022"),
        FaultCode.IncompleteDate => new("phải có đủ ngày, tháng, năm", "must be a complete date"),
        FaultCode.FutureDate => new("ở trong tương lai", "is in the future"),
        FaultCode.DateTooEarly => new("quá sớm", "is too early"),
        FaultCode.BeforeBirth => new("trước ngày sinh", "is before the date of birth"),
        FaultCode.BadIdentityType => new(
            "phải là CCCD, CMND, PASSPORT hoặc BIRTH", "must be CCCD, CMND, PASSPORT or BIRTH"),
        FaultCode.BadNationality => new(
            "không phải là một nước, hoặc có thể là hai nước: hãy ghi tên nước đầy đủ hoặc mã ba chữ cái, ví dụ VNM",
            "names no country, or may name two: write its full name or its three-letter code, such as VNM"),
        FaultCode.UnknownProduct => new(
            "không phải là vắc xin được cấp phép, hoặc có thể là hai loại (dùng mã EU hoặc tên thương mại)",
            "is not a licensed product, or may be two (use the EU code or the trade name)"),
        FaultCode.BadDoseNumber => new(
            "phải là số từ 1 đến 9, hoặc Mũi nhắc lại", "must be a number from 1 to 9, or Mũi nhắc lại for a booster"),
        FaultCode.BadDoseKind => new(
            "phải là primary, additional hoặc booster", "must be primary, additional or booster"),
        FaultCode.BadVersion => new("phải là số phiên bản", "must be a version number"),
        FaultCode.UnknownFacility => new("không phải là cơ sở đã đăng ký", "is not a known facility"),
        FaultCode.NotYourFacility => new("không phải là cơ sở của bạn", "is not the facility you act for"),
        FaultCode.KnownReference => new(
            "đã có với nội dung khác; hãy ghi phiên bản cần sửa, hoặc nếu là người khác hay mũi khác thì đặt mã riêng",
            "is already known with other content; give the version that it corrects, or, for another person or dose, "
            + "a reference of its own"),
        FaultCode.ReferenceReused => new(
            "đã dùng cho một người khác, ngày khác; nếu cơ sở đánh số lại từ đầu mỗi lần, hãy gửi lại cả tệp và chọn "
            + "đánh số lại (--renumbered), nếu không hãy đặt mã mới",
            "stands for another person and day; if your numbering begins anew with each file, send the file again as "
            + "renumbered (--renumbered), else give the row a new reference"),
        FaultCode.WrongVersion => new("không phải là phiên bản hiện tại", "is not the current version"),
        FaultCode.NothingToCorrect => new(
            "ghi phiên bản của một mã chưa có", "gives a version of a reference that is not known"),
        FaultCode.ReferenceIsFixed => new("không thể thay đổi khi sửa", "cannot be changed by a correction"),
        FaultCode.Withdrawn => new(
            "thuộc một bản ghi đã bị thu hồi; hãy nhập mũi tiêm với mã mới",
            "belongs to a withdrawn record; enter the dose under a new reference"),
        FaultCode.TooOften => new(
            "đã được dùng để cấp chứng nhận, và giới hạn sửa trong ngày đã hết; hãy lập danh sách và đề nghị tỉnh hoặc "
            + "Bộ xử lý trong một yêu cầu, hoặc tiếp tục vào ngày mai",
            "is certified, and today's limit of corrections to certified records is reached; list the rest and ask the "
            + "province or the ministry for the set as one request, or go on tomorrow"),
        FaultCode.UnknownLot => new("không thuộc các lô cơ sở đã nhận", "is not among the lots this facility received"),
        FaultCode.ExpiredLot => new("đã hết hạn vào ngày tiêm", "had expired on the day of the dose"),
        FaultCode.BeforeLicence => new("trước ngày vắc xin được cấp phép", "is before the product was licensed"),
        FaultCode.TooYoung => new(
            "là của người chưa đủ tuổi tiêm vắc xin này", "is of somebody too young for this product"),
        FaultCode.IdentityDisagrees => new(
            "không khớp với giới tính hoặc năm sinh", "does not fit the sex or the year of birth"),
        FaultCode.SharedNumber => new(
            "cũng là số của người khác tiêm cùng ngày trong tệp này; nếu là số của cha mẹ, hãy ghi giấy tờ của chính "
            + "người tiêm",
            "is also the number of somebody else of the same day in this file; if it is a parent's, give the person's "
            + "own"),
        FaultCode.AnsweredLater => new(
            "đã có nhiều lần thử cho số giấy tờ, người hoặc tài khoản này, nên kết quả đối chiếu đến sau; bản ghi cho "
                + "biết từ khi nào",
            "was tried often for this number, this person or by you, so the answer comes later; the record says when"),
    };

    public static Bilingual Of(RequestFaultCode code) => code switch
    {
        RequestFaultCode.RepeatedInRequest => new(
            "xuất hiện hai lần trong yêu cầu này", "appears twice in this request"),
        RequestFaultCode.UnknownMember => new("không phải là trường đã biết", "is not a known field"),
        RequestFaultCode.BadType => new("sai kiểu dữ liệu", "has the wrong type"),
        RequestFaultCode.NotAJsonLine => new("không phải là một đối tượng JSON", "is not a JSON object"),
        RequestFaultCode.StrayQuote => new(
            "có dấu ngoặc kép sai chỗ hoặc thiếu; hãy xóa hoặc thêm cho đủ cặp",
            "has a quotation mark in the wrong place, or lacks one; remove it or complete the pair"),
        RequestFaultCode.ExtraCells => new(
            "có nhiều ô hơn tiêu đề; hãy xem lại dấu phân cách trong dòng này",
            "the row has more cells than the header; look for a separator inside a cell"),
        RequestFaultCode.NotStorable => new(
            "dòng này không lưu được; hãy gõ lại, và báo cho người hỗ trợ nếu vẫn vậy",
            "the row could not be stored; type it anew, and tell support if that does not help"),
        RequestFaultCode.OutOfRange => new("nằm ngoài phạm vi cho phép", "is outside the allowed range"),
        RequestFaultCode.NotListed => new(
            "không thuộc các giá trị của trường này", "is not one of the values for this field"),
        RequestFaultCode.BadInstant => new(
            "không phải là thời điểm theo RFC 3339, ví dụ 2027-01-31T08:00:00+07:00",
            "is not an RFC 3339 instant such as 2027-01-31T08:00:00+07:00"),
        RequestFaultCode.BadNumber => new("phải gồm mười hai hoặc chín chữ số", "must be twelve or nine digits"),
        RequestFaultCode.StaleAuthentication => new("đã quá lâu: hãy đăng nhập lại", "is too long ago: sign in again"),
        RequestFaultCode.TypeAnew => new(
            "phải nhập lại theo giấy tờ của người tiêm", "must be typed again from the person's paper"),
        RequestFaultCode.BadOutcome => new(
            "phải là record-wrong hoặc registry-corrected", "must be record-wrong or registry-corrected"),
        RequestFaultCode.NotOnWorklist => new(
            "không có trong danh sách cần làm sạch của bạn", "is not on your worklist"),
        RequestFaultCode.CertificateRevoked => new(
            "đã bị thu hồi: nơi kiểm tra sẽ từ chối mã này. Hãy dùng mã hiện hành trong danh sách của bạn; nếu không "
            + "có, hãy hỏi cơ sở đã tiêm cho bạn",
            "is revoked: verifiers refuse this code. Show the current code from your list; if there is none, ask the "
            + "facility where you were vaccinated"),
        RequestFaultCode.CertificateSuspended => new(
            "đang bị tạm đình chỉ: nơi kiểm tra sẽ từ chối mã này cho đến khi hết đình chỉ. Hãy hỏi cơ sở đã tiêm cho "
            + "bạn",
            "is suspended: verifiers refuse this code until the suspension ends. Ask the facility where you were "
            + "vaccinated"),
    };
}
