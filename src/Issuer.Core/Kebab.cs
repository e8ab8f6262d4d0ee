using System.Text;

namespace Issuer.Core;

/// <summary>How the closed lists are spelled outside: <c>NotAttested</c> is <c>not-attested</c>.</summary>
public static class Kebab
{
    public static string Of(string pascalCase, char separator = '-')
    {
        var text = new StringBuilder();
        foreach (var letter in pascalCase)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append(separator);
            }
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
