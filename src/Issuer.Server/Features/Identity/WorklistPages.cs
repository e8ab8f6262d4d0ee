using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Server.Features.Certificates;

namespace Issuer.Server.Features.Identity;

/// <summary>A piece of a worklist, and why each of its records has brought no certificate.</summary>
sealed record WorklistPage(
    IReadOnlyList<WorklistItem> Items, IReadOnlyDictionary<long, IReadOnlyList<Waiting>> Waiting);

/// <summary>Worklists with the reasons of now.</summary>
sealed class WorklistPages(IWorklistStore worklist, Why why)
{
    /// <param name="isCourse">Of people whose records match and who were refused a certificate.</param>
    public async Task<WorklistPage> PageAsync(
        WorklistQuery query, bool isCourse, long after, int limit, CancellationToken cancel)
    {
        var items = isCourse
            ? await worklist.CourseAsync(query, after, limit, cancel)
            : await worklist.PageAsync(query, after, limit, cancel);
        return new WorklistPage(items, await why.OfRecordsAsync([.. items.Select(item => item.Record.Id)], cancel));
    }
}
