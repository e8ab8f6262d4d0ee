using System.Globalization;

namespace Issuer.Samples;

/// <summary>
/// Hands out numbers, each once. The last six digits of every one have an even sum, so a slip by one in any of them
/// yields a number that nobody has; a campaign needs that to plant wrong numbers without keeping a set of right ones.
/// </summary>
sealed class SampleIdentityNumbers(int seed)
{
    const int SerialsPerPrefix = 500_000;

    readonly SampleOrder serials = new(SerialsPerPrefix, new SampleRandom(seed, SampleStream.Orders, 1));
    readonly SampleOrder oldSerials = new(1000L * SerialsPerPrefix, new SampleRandom(seed, SampleStream.Orders, 2));
    readonly SampleOrder passports = new(100_000_000, new SampleRandom(seed, SampleStream.Orders, 3));

    /// <summary>How many serials each prefix (province, century and sex, year) has used: fixed in size.</summary>
    readonly int[] used = new int[100_000];
    long oldNumbers;
    long passportNumbers;

    /// <summary>Twelve digits: province of birth, century and sex, year, serial (07/2016/TT-BCA).</summary>
    public string NextPersonal(string birthplace, bool male, int year)
    {
        var centuryAndSex = (year / 100 - 19) * 2 + (male ? 0 : 1);
        var prefix = int.Parse(birthplace, CultureInfo.InvariantCulture) * 1000 + centuryAndSex * 100 + year % 100;
        // The offset keeps the first of every prefix from getting the same serial.
        var serial = serials[used[prefix]++ + prefix * 7919L];
        return Digits(prefix, 6) + EvenSum(serial);
    }

    /// <summary>A nine-digit number of an identity card as issued before 2016.</summary>
    public string NextOld()
    {
        var (prefix, serial) = Math.DivRem(oldSerials[oldNumbers++], SerialsPerPrefix);
        return Digits(prefix, 3) + EvenSum(serial);
    }

    public string NextPassport(char letter) => letter + Digits(passports[passportNumbers++], 8);

    /// <summary>The number with one digit off by one: see above why it is nobody's.</summary>
    public static string Slip(string number, SampleRandom random)
    {
        if (number == "")
        {
            return number;
        }
        var digits = number.ToCharArray();
        ref var digit = ref digits[^random.Between(1, 6)];
        var down = digit == '9' || (digit != '0' && random.Chance(0.5));
        digit = (char)(digit + (down ? -1 : 1));
        return new string(digits);
    }

    /// <summary>The number as no registry would take it: what spreadsheets and tired typists make of it.</summary>
    public static string Malform(string number, SampleRandom random)
    {
        if (number == "")
        {
            return number;
        }
        var faults = new List<string> { number[..^1], number + number[^1] };
        if (number.StartsWith('0'))
        {
            faults.Add(number.TrimStart('0'));
        }
        if (number.Contains('0', StringComparison.Ordinal))
        {
            faults.Add(number.Replace('0', 'O'));
        }
        if (number.Length == 12)
        {
            var significant = number.TrimStart('0');
            faults.Add($"{significant[0]},{significant[1..6]}E+{significant.Length - 1}");
        }
        return random.Pick(faults);
    }

    static string EvenSum(long serial)
    {
        var five = Digits(serial / 5, 5);
        return five + Digits(serial % 5 * 2 + five.Sum(digit => digit - '0') % 2, 1);
    }

    static string Digits(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
}
