using Issuer.Core;

namespace Issuer.Tests.Architecture;

/// <summary>
/// No two features of Core need each other (design.md section 3), read from what was compiled: signatures, fields,
/// attributes and every instruction. A folder is a namespace; what lies in none of them is everybody's.
/// </summary>
public class CoreFoldersTests
{
    [Fact]
    public void No_two_features_need_each_other() => Assert.Empty(CompiledTypes.Mutual(Needs()));

    [Fact]
    public void Nor_do_more_of_them_in_a_ring() => Assert.Empty(CompiledTypes.InRings(Needs()));

    [Theory]
    [InlineData("Certificates", "Records")]
    [InlineData("Approvals", "Revocation")]
    [InlineData("Identity", "Records")]
    public void What_they_do_need_is_seen(string feature, string other) => Assert.Contains(other, Needs()[feature]);

    static Dictionary<string, HashSet<string>> Needs() => CompiledTypes.Needs(typeof(Act).Assembly, FolderOf);

    static string? FolderOf(Type type)
    {
        const string core = "Issuer.Core.";
        return type.Assembly == typeof(Act).Assembly
            && type.Namespace?.StartsWith(core, StringComparison.Ordinal) == true
            ? type.Namespace[core.Length..].Split('.')[0]
            : null;
    }
}
