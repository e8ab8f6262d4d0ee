namespace Issuer.Samples;

/// <summary>What happens when somebody's records are compared with the registry.</summary>
public enum SampleKind
{
    /// <summary>All right, with a foreign passport: never in the registry, so exempt from the comparison.</summary>
    Foreigner,
    Right,
    Wrong,
    MissingNumber,
    MalformedNumber,

    /// <summary>The registry doesn't know the person.</summary>
    Unanswered,

    /// <summary>In the registry and never vaccinated.</summary>
    Bystander,
}

/// <summary>
/// A person as he or she is: the identity is the truth, which the registry holds; records may say something else.
/// </summary>
sealed record SamplePerson(int Index, SampleKind Kind, SampleIdentity Identity, SampleProvince Home, string Commune)
{
    public bool Vaccinated => Kind != SampleKind.Bystander;

    public bool InRegistry => Kind is not (SampleKind.Foreigner or SampleKind.Unanswered);
}

/// <summary>Makes up the people one after the other: identity numbers are handed out in that order.</summary>
sealed class SamplePeople(int vaccinated, int seed, DateOnly asOf)
{
    /// <summary>
    /// Where each kind ends, as a share of all: of 76.6 million people sent to the police by March 2022, 51.5 were
    /// right, 19.0 wrong, 3.5 without a usable number and 2.6 unanswered.
    /// </summary>
    static readonly (SampleKind Kind, double UpTo)[] Shares =
    [
        (SampleKind.Foreigner, 0.005), (SampleKind.Right, 0.67), (SampleKind.Wrong, 0.92),
        (SampleKind.MissingNumber, 0.945), (SampleKind.MalformedNumber, 0.97), (SampleKind.Unanswered, 1),
    ];

    readonly SampleOrder ranks = new(vaccinated, new SampleRandom(seed, SampleStream.Orders, 0));
    readonly SampleIdentityNumbers numbers = new(seed);

    /// <summary>The vaccinated first, then one bystander for every twenty of them.</summary>
    public IEnumerable<SamplePerson> All()
    {
        for (var index = 0; index < vaccinated + vaccinated / 20; index++)
        {
            yield return Create(index);
        }
    }

    SamplePerson Create(int index)
    {
        var random = new SampleRandom(seed, SampleStream.People, index);
        var kind = KindOf(index);
        var home = SamplePlaces.Pick(random);
        var male = random.Chance(0.5);
        var birthDate = BirthDate(random);
        var identity = kind == SampleKind.Foreigner
            ? Foreigner(random, male, birthDate with { YearOnly = false })
            : Vietnamese(random, male, birthDate, home);
        return new SamplePerson(index, kind, identity, home, home.Commune(random));
    }

    SampleKind KindOf(int index) => index >= vaccinated
        ? SampleKind.Bystander
        : Shares.First(share => ranks[index] < share.UpTo * vaccinated).Kind;

    /// <summary>In 85 years, the last of them 7 years ago: nobody is too young for a dose in the campaign.</summary>
    SampleBirthDate BirthDate(SampleRandom random)
    {
        var youngest = asOf >= SampleCourse.From5 ? 7 : asOf >= SampleCourse.From12 ? 12 : 18;
        var day = asOf.AddYears(-youngest).AddDays(-random.Next(85 * 365));
        return new SampleBirthDate(day, YearOnly: day.Year < asOf.Year - 55 && random.Chance(0.06));
    }

    SampleIdentity Vietnamese(SampleRandom random, bool male, SampleBirthDate birthDate, SampleProvince home)
    {
        var (family, given) = SampleNames.Vietnamese(random, male);
        var birthplace = random.Chance(0.85) ? home : random.Pick(SamplePlaces.Provinces);
        var number = numbers.NextPersonal(random.Pick(birthplace.OldCodes), male, birthDate.Day.Year);
        // Only who was grown up before cards with twelve digits came has had one with nine.
        var hadOldCard = birthDate.Day.Year < 2002 && random.Chance(0.4);
        return new SampleIdentity(family, given, male, birthDate, number, hadOldCard ? numbers.NextOld() : "",
            SampleIdentity.Vietnam);
    }

    SampleIdentity Foreigner(SampleRandom random, bool male, SampleBirthDate birthDate)
    {
        var (family, given, nationality) = SampleNames.Foreign(random);
        var passport = numbers.NextPassport(nationality[0]);
        return new SampleIdentity(family, given, male, birthDate, passport, OldNumber: "", nationality);
    }
}
