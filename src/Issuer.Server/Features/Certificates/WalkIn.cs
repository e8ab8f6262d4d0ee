using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Certificates;

/// <summary>
/// Whoever has no app is given their current certificate by the facility that entered a dose of theirs. Every fetch
/// leaves an audit row before it is answered.
/// </summary>
static class WalkIn
{
    public static Rejection Nothing { get; } = new(
        RejectionKind.NotFound, "no record of this facility whose person has a current certificate");

    public static async Task<Result<IssuedCertificate>> FetchAsync(
        Workplace place, long record, string facility, string actor, CancellationToken cancel)
    {
        if (await place.Store.Holders.OfRecordAsync(facility, record, cancel) is not { } certificate
            || certificate.StateAt(place.Now) != CertificateState.Current)
        {
            return Nothing;
        }
        await place.Store.Holders.AddFetchesAsync([(place.Act(actor), certificate.Slot)], cancel);
        return certificate;
    }
}
