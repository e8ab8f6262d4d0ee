using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Certificates;

namespace Issuer.Server.Features.Certificates;

/// <summary>
/// Whoever has no app is given their current certificate by the facility that entered a dose of theirs. Every fetch
/// leaves an audit row before it is answered.
/// </summary>
sealed class WalkIn(HolderCertificates holders, NationalClock clock)
{
    public static Rejection Nothing { get; } = new(
        RejectionKind.NotFound, "no record of this facility, signed for and entered by somebody else, whose person "
            + "has a current certificate");

    public async Task<Result<IssuedCertificate>> FetchAsync(
        long record, string facility, string actor, CancellationToken cancel)
    {
        // A relation that the caller made grants nothing.
        if (await holders.OfRecordAsync(facility, record, cancel) is not var (certificate, enteredBy)
            || enteredBy.Any(who => Subjects.AreOne(who, actor))
            || certificate.StateAt(clock.Now) != CertificateState.Current)
        {
            return Nothing;
        }
        await holders.AddFetchesAsync([(clock.Act(actor), certificate.Slot)], cancel);
        return certificate;
    }
}
