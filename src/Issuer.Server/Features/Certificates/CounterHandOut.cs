using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Storage.Certificates;

namespace Issuer.Server.Features.Certificates;

/// <summary>Finds the current code that <see cref="HandOut"/> decides about.</summary>
sealed class CounterHandOut(HandOut handOut, HolderCertificates holders)
{
    public async Task<Result<IssuedCertificate>> RunAsync(
        string facility, HandOutClaim claim, Act act, CancellationToken cancel)
    {
        var certificates = await holders.OfDocumentAsync(claim.Document, cancel);
        return await handOut.RunAsync(
            facility, claim, certificates.FirstOrDefault(c => c.StateAt(act.At) == CertificateState.Current), act,
            cancel);
    }
}
