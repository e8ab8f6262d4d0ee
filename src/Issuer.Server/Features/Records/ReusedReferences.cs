using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>A list whose numbers begin anew each week: answered once for the file, not row by row.</summary>
static class ReusedReferences
{
    public static int In(SubmittedRow row) => row.Faults.Any(fault => fault.Is(FaultCode.ReferenceReused)) ? 1 : 0;

    public static string Said(long rows) =>
        $"reference-reused: {rows} {(rows == 1 ? "reference stands" : "references stand")} for another person and day. "
        + "If the numbers of this list begin anew each time, send the whole file again with --renumbered (over HTTP "
        + "?renumbered=true); else give those rows new references (mã tham chiếu đã dùng cho người khác, ngày khác: "
        + "nếu cơ sở đánh số lại từ đầu mỗi lần, hãy gửi lại cả tệp và chọn đánh số lại; nếu không, hãy đặt mã mới cho "
        + "các dòng đó)";
}
