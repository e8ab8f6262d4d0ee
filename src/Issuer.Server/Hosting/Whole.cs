using System.CommandLine.Parsing;
using System.Globalization;

namespace Issuer.Server.Hosting;

/// <summary>Whole numbers within bounds; what is none is wrong usage.</summary>
static class Whole
{
    public static Func<ArgumentResult, int> From(int least, int most) => result =>
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }
        result.AddError($"'{result.Tokens[0].Value}' is not a number from {least} to {most}");
        return least;
    };
}
