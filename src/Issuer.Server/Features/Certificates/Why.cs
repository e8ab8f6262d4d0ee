using Issuer.Core.Certificates;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Certificates;

namespace Issuer.Server.Features.Certificates;

/// <summary>What a holder is told of themselves.</summary>
/// <param name="IsKnown">False: no dose is under this document.</param>
sealed record HolderStanding(
    bool IsKnown, IReadOnlyList<IssuedCertificate> Certificates, IReadOnlyList<DoseOnRecord> Doses,
    IReadOnlyList<Waiting> Waiting, IReadOnlyList<HandedOut> HandedOut);

/// <summary>Why somebody has no certificate, by the policies and the clock of now.</summary>
sealed class Why(
    IPersonsOnRecord persons, HolderCertificates certificates, HandOuts handOuts, PoliciesNow policies,
    NationalClock clock)
{
    const int MostHandOuts = 50;

    public async Task<HolderStanding> OfHolderAsync(string document, CancellationToken cancel)
    {
        var rule = Rule();
        // Passports of two countries may have one number.
        var typed = DocumentKey.IsOfRegistry(document)
            ? (await persons.TypedUnderAsync(DocumentKey.NumberOf(document), cancel)).Select(rule.OfTyped).ToList()
            : [];
        if (await persons.FindAsync(document, cancel) is not { } person)
        {
            return new HolderStanding(false, [], [], typed.Count > 0 ? typed : [WhyNot.NothingKnown], []);
        }
        var own = await certificates.OfDocumentAsync(document, cancel);
        return new HolderStanding(
            true, own, person.Doses, [.. rule.Of(person, own), .. typed],
            await handOuts.OfDocumentAsync(document, MostHandOuts, cancel));
    }

    /// <summary>What the desk tells somebody on the telephone.</summary>
    public async Task<IReadOnlyList<Waiting>> OfLookUpAsync(LookUpAnswer found, CancellationToken cancel)
    {
        var rule = Rule();
        var waiting = (await persons.RecordsAsync(found.Waiting, cancel)).Select(of => rule.Of(of.Dose));
        return [.. waiting, .. found.Person is { } person ? rule.Of(person, []) : []];
    }

    /// <summary>Of each record that is not withdrawn, as its own facility may know.</summary>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<Waiting>>> OfRecordsAsync(
        IReadOnlyCollection<long> records, CancellationToken cancel)
    {
        var found = await persons.RecordsAsync(records, cancel);
        var known = (await persons.OfSubjectsAsync(
            [.. found.Select(of => of.Subject).OfType<long>().Distinct()], cancel)).ToDictionary(person => person.Id);
        var rule = Rule();
        return found.ToDictionary(
            of => of.Dose.Stored.Id,
            of => rule.Of(of.Dose, of.Subject is { } subject ? known[subject] : null));
    }

    WhyNot Rule() => new(policies.Feedback.Calendar, policies.Validity.UtcOffset, clock.Now);
}
