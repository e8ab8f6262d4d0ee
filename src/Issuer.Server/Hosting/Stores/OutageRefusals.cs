using Issuer.Core;
using Issuer.Storage;

namespace Issuer.Server.Hosting.Stores;

/// <summary>What is said to whoever asked while the store was away or full.</summary>
static class OutageRefusals
{
    /// <summary>For everybody's eyes. Null: it is no outage.</summary>
    public static Rejection? Of(Exception e) => StoreOutages.KindOf(e) switch
    {
        StoreOutage.Full => new Rejection(
            RejectionKind.NoRoom, "the store is full; try again later (kho dữ liệu đã đầy, hãy thử lại sau)"),
        StoreOutage.Away => new Rejection(
            RejectionKind.Unavailable, "the store does not answer; try again (kho dữ liệu không trả lời, hãy thử lại)"),
        _ => null,
    };
}
