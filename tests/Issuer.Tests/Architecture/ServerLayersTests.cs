using System.Text.RegularExpressions;
using Issuer.Server.Features;

namespace Issuer.Tests.Architecture;

/// <summary>
/// The server is three layers, Edge above Features above Hosting (design.md section 3): nothing points up, and no two
/// folders of a layer need each other. Read from what was compiled, so that no exception can be listed here.
/// </summary>
public class ServerLayersTests
{
    const string Server = "Issuer.Server.";

    /// <summary>From the lowest up.</summary>
    static readonly string[] Layers = ["Hosting", "Features", "Edge"];

    [Fact]
    public void Nothing_points_up() => Assert.Empty(
        from folder in Needs()
        from other in folder.Value
        where LevelOf(folder.Key) < LevelOf(other)
        select $"{folder.Key} needs {other}");

    [Fact]
    public void No_two_folders_need_each_other() => Assert.Empty(CompiledTypes.Mutual(Needs()));

    [Fact]
    public void Nor_do_more_of_them_in_a_ring() => Assert.Empty(CompiledTypes.InRings(Needs()));

    [Theory]
    [InlineData("Edge.Verbs", "Features.Publication")]
    [InlineData("Edge.Grpc", "Features.Records")]
    [InlineData("Features.Jobs", "Hosting.Stores")]
    [InlineData("Hosting.Stores", "Hosting")]
    public void What_they_do_need_is_seen(string folder, string other) => Assert.Contains(other, Needs()[folder]);

    /// <summary>Then what is compiled says where it lies. Program.cs alone lies in no layer.</summary>
    [Fact]
    public void Every_file_has_the_namespace_of_its_folder()
    {
        var sources = Path.Combine(Repository.Root, "src", "Issuer.Server");
        var wrong =
            from path in Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            let way = Path.GetRelativePath(sources, path)
            where !way.StartsWith("obj", StringComparison.Ordinal) && !way.StartsWith("bin", StringComparison.Ordinal)
            let folder = Path.GetDirectoryName(way)!.Replace(Path.DirectorySeparatorChar, '.')
            where way != "Program.cs" && (LevelOf(folder) < 0 || NamespaceOf(path) != Server + folder)
            select way;

        Assert.Empty(wrong);
    }

    static string NamespaceOf(string path) =>
        Regex.Match(File.ReadAllText(path), @"^namespace ([\w.]+);", RegexOptions.Multiline).Groups[1].Value;

    static Dictionary<string, HashSet<string>> Needs() =>
        CompiledTypes.Needs(typeof(IssuerServices).Assembly, FolderOf);

    /// <summary>Messages that are generated from the .proto files lie in none.</summary>
    static string? FolderOf(Type type) =>
        type.Assembly == typeof(IssuerServices).Assembly
        && type.Namespace?.StartsWith(Server, StringComparison.Ordinal) == true
        && type.Namespace[Server.Length..] is var folder && LevelOf(folder) >= 0
            ? folder
            : null;

    static int LevelOf(string folder) => Array.IndexOf(Layers, folder.Split('.')[0]);
}
