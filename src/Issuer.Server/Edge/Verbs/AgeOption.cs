using System.CommandLine;
using System.Globalization;

namespace Issuer.Server.Edge.Verbs;

/// <summary>An age as people write it: <c>90m</c>, <c>36h</c>, <c>2d</c>.</summary>
static class AgeOption
{
    /// <summary>Nobody means more, and sums with it stay dates.</summary>
    const int MostDays = 3650;

    public static Option<TimeSpan?> Create(string name, string description) => new(name)
    {
        Description = description, HelpName = "36h|2d",
        CustomParser = result =>
        {
            if (TryParse(result.Tokens[0].Value) is { } age)
            {
                return age;
            }
            result.AddError($"'{result.Tokens[0].Value}' is not an age such as 90m, 36h or 2d");
            return null;
        },
    };

    static TimeSpan? TryParse(string text)
    {
        var unit = text is [.., var last] ? last switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => (TimeSpan?)null,
        } : null;
        return unit is { } one
            && int.TryParse(text.AsSpan()[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= TimeSpan.FromDays(MostDays) / one
                ? count * one
                : null;
    }
}
