using Issuer.Core;
using Issuer.Core.Certificates;

namespace Issuer.Server.Edge.Rest.Certificates;

/// <summary>Why somebody has no certificate, or less than they think, and what happens next.</summary>
/// <param name="Code">Stable: <c>not-attested</c>, <c>incomplete-course</c>, <c>mismatched</c> and others.</param>
/// <param name="Who">
/// Whose step is next: <c>holder</c>, <c>facility</c>, <c>province</c>, <c>ministry</c> or <c>service</c> (by itself).
/// </param>
/// <param name="By">Until when; null: there is no deadline.</param>
sealed record WaitingView(string Code, string TextVi, string TextEn, string Who, DateTimeOffset? By)
{
    public static WaitingView Of(Waiting waiting) => new(
        waiting.Code, waiting.Text.Vi, waiting.Text.En, Kebab.Of(waiting.Who.ToString()), waiting.By);

    public static IReadOnlyList<WaitingView> ListOf(IEnumerable<Waiting> waiting) => [.. waiting.Select(Of)];
}
