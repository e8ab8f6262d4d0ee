using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>
/// What people read about what is missing: one text for citizen, clerk and desk. Says what to do next.
/// </summary>
static class WaitingTexts
{
    public static readonly Bilingual BeingDecided = new(
        "Hồ sơ vừa thay đổi; hệ thống sẽ tự xử lý trong ít phút.",
        "The record has just changed; it is decided in a few minutes, without anybody doing anything.");

    public static readonly Bilingual NothingKnown = new(
        "Hệ thống chưa có mũi tiêm nào theo số giấy tờ này. Hãy hỏi cơ sở đã tiêm, hoặc gửi phản ánh với ngày và nơi "
            + "tiêm.",
        "No dose is known under this number. Ask the facility that vaccinated you, or send a report with the day and "
            + "the place.");

    public static readonly Bilingual OfAge = new(
        "Người từ đủ mười sáu tuổi xem chứng nhận bằng tài khoản của chính mình.",
        "From sixteen on people see their certificates with a login of their own.");

    public static Bilingual Held(HoldReason reason, VaccinationRecord dose) => reason switch
    {
        HoldReason.StockOverrun => About(
            dose, "vượt số liều vắc xin đã được ghi nhận là đã nhận, nên chưa được tính. Cơ sở cần đề nghị ghi nhận số "
                + "liều đã nhận hoặc được chuyển đến, hoặc rút bản ghi sai.",
            "is beyond the doses of the product that are booked as received, and does not count yet. The facility has "
                + "what it received or was passed on booked, or withdraws wrong records."),
        HoldReason.ExemptCap => About(
            dose, "của người nước ngoài vượt mức cho phép của cơ sở, nên đang được xem xét và chưa được tính.",
            "is of a foreign national beyond what the facility may enter without a look, and is under review."),
        HoldReason.Suspicion => About(
            dose, "đang được xem xét cùng các mũi khác của cơ sở và chưa được tính. Người tiêm không cần làm gì; các "
                + "mũi khác vẫn được tính.",
            "is under review together with others of the facility and does not count yet. The person need not do "
                + "anything; their other doses count."),
        _ => About(dose, "đang được xem xét và chưa được tính.", "is under review and does not count yet."),
    };

    public static Bilingual NotAttested(VaccinationRecord dose) => About(
        dose, "chưa được cơ sở ký xác nhận.", "has not been signed for by the facility yet.");

    public static Bilingual Typed(VaccinationRecord dose) => About(
        dose, "được nhập theo số giấy tờ của bạn nhưng chưa khớp. Cơ sở cần kiểm tra lại; hãy mang giấy tờ đến cơ sở.",
        "was entered under your number and does not match yet. The facility must check it; bring your papers there.");

    public static Bilingual Pending(VaccinationRecord dose) => About(
        dose, "đang chờ đối chiếu với cơ sở dữ liệu dân cư.", "waits to be compared with the population registry.");

    /// <param name="from">As clocks in Vietnam show it.</param>
    public static Bilingual AnsweredLater(VaccinationRecord dose, DateTimeOffset from) => About(
        dose,
        FormattableString.Invariant(
            $"sẽ được đối chiếu từ {from:HH:mm} ngày {from:dd/MM/yyyy}, vì đã có nhiều lần thử cho số giấy tờ, người ")
            + "hoặc tài khoản này. Nếu cần sớm hơn, hãy đề nghị tỉnh hoặc đường dây nóng.",
        FormattableString.Invariant($"is compared with the population registry from {from:yyyy-MM-dd HH:mm} on, since ")
            + "this number, this person or this clerk was tried often. If it is needed sooner, ask the province or the "
            + "hotline.");

    public static Bilingual Unmatched(RecordState state, VaccinationRecord dose) => state switch
    {
        RecordState.NotFound => About(
            dose, "có số giấy tờ không tìm thấy trong cơ sở dữ liệu dân cư. Cơ sở cần kiểm tra lại số.",
            "has a number that the population registry does not know. The facility must check the number."),
        RecordState.MissingId => About(
            dose, "chưa có số giấy tờ. Cơ sở cần bổ sung; người tiêm mang giấy tờ đến cơ sở.",
            "has no identity number. The facility must add it; the person brings the paper there."),
        RecordState.BadIdFormat => About(
            dose, "có số giấy tờ sai định dạng. Cơ sở cần sửa lại theo giấy tờ.",
            "has an identity number of the wrong form. The facility must correct it from the paper."),
        RecordState.Mismatched => About(
            dose, "có thông tin không khớp với cơ sở dữ liệu dân cư. Cơ sở sửa bản ghi, hoặc công an xã sửa cơ sở dữ "
                + "liệu.",
            "does not agree with the population registry. The facility corrects the record, or the commune police "
                + "correct the registry."),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Nothing is missing."),
    };

    public static Bilingual Of(DecisionReason reason, int? number) => reason switch
    {
        DecisionReason.NoDose => new(
            "Không còn mũi tiêm nào được tính. Hãy hỏi cơ sở đã tiêm.",
            "No dose counts any more. Ask the facility that vaccinated you."),
        DecisionReason.Held => new(
            "Một mũi tiêm đang được xem xét và chưa được tính.", "A dose is under review and does not count yet."),
        DecisionReason.NotAttested => new(
            "Cơ sở chưa ký xác nhận mũi tiêm.", "The facility has not signed for the dose yet."),
        DecisionReason.IncompleteCourse => new(
            "Chưa đủ liều cơ bản. Hãy tiêm mũi tiếp theo; nếu đã tiêm, hãy gửi phản ánh mũi còn thiếu.",
            "The primary course is not complete. Get the next dose; if you had it, report the missing dose."),
        DecisionReason.MissingDose => new(
            $"Chưa có mũi {number} trong hồ sơ. Cơ sở cần nhập mũi này, hoặc sửa số thứ tự mũi.",
            $"Dose {number} is not on record. The facility must enter it, or correct the dose number."),
        DecisionReason.ConflictingDoses => new(
            "Hai mũi tiêm mâu thuẫn nhau. Các cơ sở cần sửa hoặc rút bản ghi sai.",
            "Two doses contradict each other. The facilities must correct or withdraw the wrong record."),
        DecisionReason.CloseDoses => new(
            "Hai mũi cùng loại cách nhau chưa quá bảy ngày nên chỉ tính một. Cơ sở cần xác nhận hoặc sửa.",
            "Two doses of one product within seven days count once. The facility must say whether they are one."),
        DecisionReason.TooSoon => new(
            "Một mũi quá gần mũi trước nên chưa được tính. Cơ sở cần sửa hoặc xác nhận.",
            "A dose is too soon after the one before and does not count yet. The facility must correct or confirm it."),
        DecisionReason.TooYoung => new(
            "Một mũi có loại vắc xin không tiêm cho độ tuổi này nên chưa được tính. Cơ sở cần sửa hoặc xác nhận.",
            "A dose of a product that people of this age do not get does not count yet. The facility must correct or "
                + "confirm it."),
        DecisionReason.BeforeLicence => new(
            "Một mũi có ngày trước khi vắc xin được tiêm cho độ tuổi này nên chưa được tính. Cơ sở cần sửa hoặc xác "
                + "nhận.",
            "A dose on a day before people of this age got the product does not count yet. The facility must correct "
                + "or confirm it."),
        DecisionReason.TooManyDoses => new(
            "Có quá nhiều mũi trong thời gian ngắn. Cơ sở cần sửa, rút hoặc xác nhận mũi cuối.",
            "There are too many doses in a short time. The facility must correct, withdraw or confirm the last one."),
        DecisionReason.ProductNotCertified => new(
            "Loại vắc xin này hiện không được cấp chứng nhận.", "No certificate is issued for this product now."),
        DecisionReason.LintFailed => new(
            "Hệ thống gặp lỗi khi tạo chứng nhận; Bộ Y tế đang xử lý.",
            "The service failed to make the certificate; the ministry looks into it."),
        DecisionReason.Revoked => new(
            "Chứng nhận với nội dung này đã bị thu hồi. Hãy hỏi cơ sở đã tiêm hoặc đường dây nóng.",
            "The certificate with this content was revoked. Ask the facility that vaccinated you, or the hotline."),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not known."),
    };

    static Bilingual About(VaccinationRecord dose, string vietnamese, string english) => new(
        FormattableString.Invariant(
            $"Mũi tiêm ngày {dose.VaccinatedOn:dd/MM/yyyy} tại cơ sở {dose.Facility} {vietnamese}"),
        FormattableString.Invariant(
            $"The dose of {dose.VaccinatedOn:yyyy-MM-dd} at facility {dose.Facility} {english}"));
}
