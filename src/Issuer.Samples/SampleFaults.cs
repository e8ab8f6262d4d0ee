namespace Issuer.Samples;

/// <summary>What facilities got wrong, by the ministry's own list of reasons (CV 9458, CV 2262).</summary>
static class SampleFaults
{
    delegate SampleIdentity Fault(SampleIdentity truth, SampleRandom random);

    static readonly (Fault Apply, int Weight)[] Faults =
    [
        (WithoutMarks, 22), (PlainD, 12), (NamesSwapped, 8), (NewTonePlacement, 30), (Typo, 14),
        (DayAndMonthSwapped, 14), (DateSlip, 8), (NumberSlip, 12), (OtherSex, 8),
    ];

    /// <summary>
    /// The identity with one thing wrong. Not every fault fits everybody (no đ, no day): one that does is taken.
    /// </summary>
    public static SampleIdentity Spoil(SampleIdentity truth, SampleRandom random)
    {
        while (true)
        {
            var claimed = random.PickWeighted(Faults, fault => fault.Weight).Apply(truth, random);
            if (!claimed.Matches(truth))
            {
                return claimed;
            }
        }
    }

    static SampleIdentity WithoutMarks(SampleIdentity truth, SampleRandom random) => truth with
    {
        FamilyName = VietnameseLetters.StripMarks(truth.FamilyName),
        GivenName = VietnameseLetters.StripMarks(truth.GivenName),
    };

    static SampleIdentity PlainD(SampleIdentity truth, SampleRandom random) => truth with
    {
        FamilyName = VietnameseLetters.PlainD(truth.FamilyName),
        GivenName = VietnameseLetters.PlainD(truth.GivenName),
    };

    static SampleIdentity NamesSwapped(SampleIdentity truth, SampleRandom random) =>
        truth with { FamilyName = truth.GivenName, GivenName = truth.FamilyName };

    static SampleIdentity NewTonePlacement(SampleIdentity truth, SampleRandom random) => truth with
    {
        FamilyName = VietnameseLetters.NewTonePlacement(truth.FamilyName),
        GivenName = VietnameseLetters.NewTonePlacement(truth.GivenName),
    };

    /// <summary>A letter lost, doubled, or changed places with the next, anywhere but at the beginning.</summary>
    static SampleIdentity Typo(SampleIdentity truth, SampleRandom random)
    {
        var name = truth.GivenName;
        if (name.Length < 4)
        {
            return truth;
        }
        var at = random.Between(1, name.Length - 2);
        if (!char.IsLetter(name[at]) || !char.IsLetter(name[at + 1]))
        {
            return truth; // A space too many is no fault that anybody should count.
        }
        var typed = random.Next(3) switch
        {
            0 => name[..at] + name[(at + 1)..],
            1 => name[..at] + name[at] + name[at..],
            _ => name[..at] + name[at + 1] + name[at] + name[(at + 2)..],
        };
        return truth with { GivenName = typed };
    }

    static SampleIdentity DayAndMonthSwapped(SampleIdentity truth, SampleRandom random)
    {
        var (day, yearOnly) = truth.BirthDate;
        return yearOnly || day.Day > 12
            ? truth
            : truth with { BirthDate = new SampleBirthDate(new DateOnly(day.Year, day.Day, day.Month), yearOnly) };
    }

    static SampleIdentity DateSlip(SampleIdentity truth, SampleRandom random)
    {
        var (day, yearOnly) = truth.BirthDate;
        var typed = random.Next(yearOnly ? 2 : 4) switch
        {
            0 => day.AddYears(-1),
            1 => day.AddYears(-10),
            2 => day.AddMonths(1),
            _ => day.AddDays(-1),
        };
        return truth with { BirthDate = new SampleBirthDate(typed, yearOnly) };
    }

    static SampleIdentity NumberSlip(SampleIdentity truth, SampleRandom random) => truth with
    {
        Number = SampleIdentityNumbers.Slip(truth.Number, random),
        OldNumber = SampleIdentityNumbers.Slip(truth.OldNumber, random),
    };

    static SampleIdentity OtherSex(SampleIdentity truth, SampleRandom random) => truth with { Male = !truth.Male };
}
