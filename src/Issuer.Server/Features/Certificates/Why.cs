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

    public async Task<HolderStanding> OfHolderAsync(string document, CancellationToken cancel) =>
        await OfHolderAsync(document, await TypedUnderAsync(document, cancel), cancel);

    async Task<HolderStanding> OfHolderAsync(
        string document, IEnumerable<DoseOnRecord> typedUnder, CancellationToken cancel)
    {
        var rule = Rule();
        var typed = typedUnder.Select(rule.OfTyped).ToList();
        if (await persons.FindAsync(document, cancel) is not { } person)
        {
            return new HolderStanding(false, [], [], typed.Count > 0 ? typed : [WhyNot.NothingKnown], []);
        }
        var own = await certificates.OfDocumentAsync(document, cancel);
        return new HolderStanding(
            true, own, person.Doses, [.. rule.Of(person, own), .. typed],
            await handOuts.OfDocumentAsync(document, MostHandOuts, cancel));
    }

    /// <summary>
    /// The same of a child that a token lists, until it is sixteen. Of a record that is nobody's the birth date that
    /// was typed counts: who may be no child is told of as nobody's record.
    /// </summary>
    public async Task<HolderStanding> OfDependantAsync(string document, CancellationToken cancel)
    {
        var typed = await TypedUnderAsync(document, cancel);
        var standing = await OfHolderAsync(document, typed.Where(dose => IsChild($"{dose.Record.DateOfBirth}")), cancel);
        // Of somebody whose doses are all withdrawn, and who never had a certificate, there is nothing to tell by.
        return !standing.IsKnown || BirthDatesOf(standing).All(IsChild)
            ? standing
            : new HolderStanding(false, [], [], [WhyNot.OfAge], []);
    }

    bool IsChild(string dateOfBirth) => Guardianship.MayFetch(dateOfBirth, clock.Today);

    static IEnumerable<string> BirthDatesOf(HolderStanding standing) =>
    [
        .. standing.Doses.Select(dose => $"{dose.Record.DateOfBirth}"),
        .. standing.Certificates.Select(certificate => certificate.Read().Dcc.DateOfBirth),
    ];

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

    /// <summary>Passports of two countries may have one number.</summary>
    async Task<IReadOnlyList<DoseOnRecord>> TypedUnderAsync(string document, CancellationToken cancel) =>
        DocumentKey.IsOfRegistry(document)
            ? await persons.TypedUnderAsync(DocumentKey.NumberOf(document), cancel)
            : [];

    WhyNot Rule() => new(policies.Feedback.Calendar, policies.Validity.UtcOffset, clock.Now);
}
