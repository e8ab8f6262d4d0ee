using Issuer.Core.Records;

namespace Issuer.Server.Edge.Http;

/// <summary>A list read piece by piece: <c>after</c> is the <c>next</c> of the piece before.</summary>
readonly record struct Page(long After, int Limit)
{
    public const int Most = 200;

    public const int Usual = 50;

    public static Page Of(OpaqueId ids, string? after, int? limit)
    {
        var faults = new List<Fault>();
        long id = 0;
        if (!string.IsNullOrEmpty(after) && !ids.TryRead(after, out id))
        {
            faults.Add(new Fault("after", RequestFaultCode.OutOfRange, Expected.Next));
        }
        if (limit is < 1 or > Most)
        {
            faults.Add(new Fault("limit", RequestFaultCode.OutOfRange, Expected.Between(1, Most)));
        }
        Query.ThrowIf(faults);
        return new Page(id, limit ?? Usual);
    }

    /// <summary>Where the next piece begins; null after the last.</summary>
    public string? NextOf(OpaqueId ids, IReadOnlyList<long> piece) =>
        piece.Count < Limit ? null : ids.Of(piece[^1]);
}
