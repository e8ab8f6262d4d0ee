using Issuer.Core.Identity;

namespace Issuer.Core.Certificates;

/// <summary>A question about a person's doses that nobody has answered.</summary>
/// <param name="Raised">The dose that raised it.</param>
/// <param name="Other">The dose that it contradicts or is too close to; null: it is about missing ones.</param>
/// <param name="Missing">The lowest number that no dose has, when that is the question.</param>
/// <param name="AskedAt">Of the decision that first found it.</param>
/// <param name="IsWarning">The dose counts all the same.</param>
public sealed record OpenQuestion(
    DecisionReason Reason, AskedDose Raised, AskedDose? Other, int? Missing, DateTimeOffset AskedAt,
    bool IsWarning);

/// <summary>A dose as both of the facilities that are asked may see it.</summary>
/// <param name="Province">The facility's, as it was registered; null: units of other ministries have none.</param>
public sealed record AskedDose(
    long RecordId, long Version, string Facility, string? Province, string Reference, string Product, int? DoseNumber,
    DateOnly VaccinatedOn);

/// <summary>
/// Questions about courses: kept from the decision that finds one to the decision that finds it no more. The clerk
/// answers by correcting or withdrawing a record, or by saying that two of them are one dose.
/// </summary>
public interface ICourseQuestionStore
{
    /// <summary>
    /// By the record that raised it, from the one after <paramref name="after"/> on. A question lies in the scope when
    /// either of its doses does.
    /// </summary>
    Task<IReadOnlyList<OpenQuestion>> PageAsync(
        WorklistScope own, WorklistScope wanted, long after, int limit, CancellationToken cancel);
}

/// <summary>Who answers a question, and until when.</summary>
public enum QuestionOwner
{
    Facility,

    /// <summary>It is late.</summary>
    Province,

    /// <summary>It is late, and the facility has no province.</summary>
    Ministry,
}

/// <summary>Pure.</summary>
public static class CourseQuestionRule
{
    /// <summary>A facility has this many before the province takes over.</summary>
    const int WorkingDays = 5;

    /// <summary>The first moment that is too late.</summary>
    public static DateTimeOffset DueAt(DateTimeOffset askedAt, WorkCalendar calendar, TimeSpan utcOffset) =>
        calendar.EndOfTerm(WorkingDays, askedAt, utcOffset);

    /// <param name="province">The facility's; null: it has none.</param>
    public static QuestionOwner OwnerOf(string? province, DateTimeOffset dueAt, DateTimeOffset now) =>
        now < dueAt ? QuestionOwner.Facility
        : province is null ? QuestionOwner.Ministry
        : QuestionOwner.Province;

    /// <summary>The reasons that are questions: somebody answers them.</summary>
    public static bool IsAsked(DecisionReason reason) => ConfirmDose.Answers(reason)
        || reason is DecisionReason.ConflictingDoses or DecisionReason.CloseDoses or DecisionReason.MissingDose;

    /// <summary>What is asked, and what answers it.</summary>
    public static Bilingual TextOf(OpenQuestion question) => question.Reason switch
    {
        DecisionReason.CloseDoses => new Bilingual(
            "Hai mũi cùng loại vắc xin cách nhau chưa quá bảy ngày nên chỉ tính là một mũi. Hãy sửa ngày tiêm nếu sai, "
                + "hoặc xác nhận hai bản ghi là cùng một mũi.",
            "Two doses of one product are at most seven days apart, so they count once. Correct the date if it is "
                + "wrong, or mark the two records as one dose."),
        DecisionReason.TooSoon => new Bilingual(
            "Mũi này quá gần mũi trước. Hãy sửa ngày tiêm hoặc loại vắc xin nếu nhập sai; nếu đúng là đã tiêm như vậy, "
                + "người ký của cơ sở xác nhận.",
            "This dose is too soon after the one before. Correct the date or the product if it is wrong. If it was "
                + "given like this, a signatory of the facility confirms it."),
        DecisionReason.TooYoung => new Bilingual(
            "Vắc xin này không tiêm cho người ở độ tuổi này. Hãy sửa ngày sinh, ngày tiêm hoặc loại vắc xin nếu nhập "
                + "sai; nếu đúng là đã tiêm như vậy, người ký của cơ sở xác nhận.",
            "This product is not given to people of this age. Correct the date of birth, the date or the product if "
                + "it is wrong. If it was given like this, a signatory of the facility confirms it."),
        DecisionReason.BeforeLicence => new Bilingual(
            "Vào ngày này vắc xin chưa được tiêm cho người ở độ tuổi này. Hãy sửa ngày tiêm hoặc loại vắc xin nếu nhập "
                + "sai; nếu đúng là đã tiêm như vậy, người ký của cơ sở xác nhận.",
            "On this day the product was not given to people of this age yet. Correct the date or the product if it is "
                + "wrong. If it was given like this, a signatory of the facility confirms it."),
        DecisionReason.TooManyDoses => new Bilingual(
            "Người này có quá nhiều mũi trong thời gian ngắn. Hãy sửa hoặc rút bản ghi sai; nếu đúng là đã tiêm như "
                + "vậy, người ký của cơ sở xác nhận.",
            "The person has too many doses in a short time. Correct or withdraw the wrong record. If the dose was "
                + "given like this, a signatory of the facility confirms it."),
        DecisionReason.MissingDose => new Bilingual(
            $"Chưa có bản ghi của mũi {question.Missing} trước mũi này. Hãy nhập các mũi còn thiếu, hoặc sửa số thứ tự "
                + "mũi nếu nhập sai.",
            $"There is no record of dose {question.Missing} before this dose. Enter the missing doses, or correct the "
                + "dose number if it is wrong."),
        DecisionReason.ConflictingDoses => new Bilingual(
            "Hai bản ghi mâu thuẫn nhau: cùng ngày nhưng khác vắc xin, hoặc số thứ tự mũi không tăng theo ngày tiêm. "
                + "Hãy sửa hoặc rút bản ghi sai.",
            "Two records contradict each other: other products on one day, or dose numbers that do not rise with the "
                + "dates. Correct or withdraw the wrong record."),
        _ => throw new ArgumentException("Nothing is asked for this reason.", nameof(question)),
    };
}
