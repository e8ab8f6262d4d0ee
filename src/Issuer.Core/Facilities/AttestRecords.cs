using System.Security.Cryptography;
using Issuer.Core.Certificates;

namespace Issuer.Core.Facilities;

/// <summary>Why one signature was not kept.</summary>
public enum AttestationFault
{
    /// <summary>No compact JWS with ES256.</summary>
    MalformedJws,

    /// <summary>Not a record of this facility, or it waits for no signature.</summary>
    NothingToAttest,

    /// <summary>The record, an earlier dose or the policy changed since: fetch the statement again.</summary>
    StatementChanged,

    /// <summary>The facility has not registered a key.</summary>
    NoKey,

    BadSignature,

    /// <summary>Whoever entered a record does not sign for it as well.</summary>
    SamePerson,
}

/// <summary>Step 4: takes the facilities' signatures.</summary>
/// <param name="nonceKey">The store's secret behind every statement's nonce.</param>
public sealed class AttestRecords(IFacilityStore store, AttestationPolicy policy, byte[] nonceKey)
{
    public const int MostAtOnce = 1000;

    /// <summary>Null: so many may be handed in at once.</summary>
    public static Rejection? TooMany(int signatures) => signatures > MostAtOnce
        ? new Rejection(RejectionKind.TooLarge, $"more than {MostAtOnce} signatures")
        : null;

    public AttestationStatement StatementOf(DoseToAttest dose) => new(dose.Dose, dose.Earlier, policy);

    public byte[] CanonicalOf(DoseToAttest dose) => StatementOf(dose).Canonical(nonceKey);

    /// <summary>Checks each signature against the statement as it would be asked for now.</summary>
    /// <param name="facility">The caller's; null for the ministry's development signatories.</param>
    /// <returns>One answer a signature, in order; null where it was kept. Durable when this returns.</returns>
    public async Task<IReadOnlyList<AttestationFault?>> AttestAsync(
        IReadOnlyList<string> signatures, string? facility, Act act, CancellationToken cancel)
    {
        var parsed = signatures.Select(text => CompactJws.TryParse(text, out var jws) ? jws : null).ToList();
        var ids = parsed.Select(jws => jws is null ? null : AttestationStatement.Subject(jws.Payload)).ToList();
        var waiting = (await store.ToAttestAsync(
            [.. ids.OfType<(long RecordId, long)>().Select(id => id.RecordId)], cancel)).ToDictionary(d => d.Dose.Id);
        using var keys = new FacilityKeys(await store.KeysAsync(cancel));

        var faults = new AttestationFault?[signatures.Count];
        var good = new List<(int Index, NewAttestation Attestation)>();
        for (var i = 0; i < signatures.Count; i++)
        {
            var dose = ids[i] is var (recordId, _) ? waiting.GetValueOrDefault(recordId) : null;
            faults[i] = Check(parsed[i], dose, facility, act.Actor, keys);
            if (faults[i] is null)
            {
                good.Add((i, new NewAttestation(dose!, signatures[i])));
            }
        }
        var kept = await store.AttestAsync([.. good.Select(g => g.Attestation)], act, cancel);
        foreach (var ((index, _), isKept) in good.Zip(kept))
        {
            faults[index] = isKept ? null : AttestationFault.StatementChanged;
        }
        return faults;
    }

    AttestationFault? Check(CompactJws? jws, DoseToAttest? dose, string? facility, string signatory, FacilityKeys keys)
    {
        if (jws is null)
        {
            return AttestationFault.MalformedJws;
        }
        if (dose is null || (facility is not null && dose.Dose.Record.Facility != facility))
        {
            return AttestationFault.NothingToAttest;
        }
        if (dose.EnteredBy.Any(who => Subjects.AreOne(who, signatory)))
        {
            return AttestationFault.SamePerson;
        }
        if (keys.Find(dose.Dose.Record.Facility) is not { } key)
        {
            return AttestationFault.NoKey;
        }
        if (!jws.IsSignedBy(key))
        {
            return AttestationFault.BadSignature;
        }
        return CanonicalOf(dose).AsSpan().SequenceEqual(jws.Payload) ? null : AttestationFault.StatementChanged;
    }

    /// <summary>Imports each facility's key once.</summary>
    sealed class FacilityKeys(IReadOnlyDictionary<string, byte[]> registered) : IDisposable
    {
        readonly Dictionary<string, ECDsa> imported = [];

        public ECDsa? Find(string facility)
        {
            if (!imported.TryGetValue(facility, out var key) && registered.TryGetValue(facility, out var spki))
            {
                key = imported[facility] = ECDsa.Create();
                key.ImportSubjectPublicKeyInfo(spki, out _);
            }
            return key;
        }

        public void Dispose()
        {
            foreach (var key in imported.Values)
            {
                key.Dispose();
            }
        }
    }
}
