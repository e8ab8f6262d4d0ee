using Issuer.Core.Records;

namespace Issuer.Core.Facilities;

/// <summary>A matched dose that waits for its facility's signature, with the person's earlier doses.</summary>
/// <param name="EnteredBy">Who entered any version of it; somebody else must sign.</param>
public sealed record DoseToAttest(
    StoredRecord Dose, IReadOnlyList<ReliedDose> Earlier, IReadOnlyCollection<string> EnteredBy)
{
    /// <summary>All that its statement names.</summary>
    public IEnumerable<long> Records => [Dose.Id, .. Earlier.Select(dose => dose.RecordId)];
}

/// <summary>A signature that was checked, ready to be kept.</summary>
public sealed record NewAttestation(DoseToAttest About, string Jws);

/// <summary>Facilities and their signatures. Safe to call concurrently.</summary>
public interface IFacilityStore
{
    Task SaveAsync(IReadOnlyList<Facility> facilities, Act act, CancellationToken cancel);

    Task<IReadOnlyList<Facility>> ListAsync(CancellationToken cancel);

    /// <summary>
    /// The key a facility's signatures are checked with, as SubjectPublicKeyInfo; replaces an older one.
    /// </summary>
    Task SaveKeysAsync(IReadOnlyDictionary<string, byte[]> keys, Act act, CancellationToken cancel);

    /// <summary>Registered keys by facility code.</summary>
    Task<IReadOnlyDictionary<string, byte[]>> KeysAsync(CancellationToken cancel);

    /// <summary>
    /// Doses without a standing attestation, lowest record id first; every facility's when it is null.
    /// </summary>
    Task<IReadOnlyList<DoseToAttest>> ToAttestAsync(string? facility, long after, int limit, CancellationToken cancel);

    /// <summary>The same for given records; those that wait for nothing are left out.</summary>
    Task<IReadOnlyList<DoseToAttest>> ToAttestAsync(IReadOnlyCollection<long> recordIds, CancellationToken cancel);

    /// <summary>
    /// Keeps the signatures in one transaction, durable when it returns, and marks the persons as due for a decision.
    /// Where a record or a dose relied on has changed since, nothing is kept.
    /// </summary>
    /// <returns>For each, whether it was kept.</returns>
    Task<IReadOnlyList<bool>> AttestAsync(
        IReadOnlyList<NewAttestation> attestations, Act act, CancellationToken cancel);
}
