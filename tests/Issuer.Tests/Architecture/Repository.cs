namespace Issuer.Tests.Architecture;

/// <summary>The checkout that the tests were built in.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Issuer.sln")))
        {
            at = at.Parent!;
        }
        return at.FullName;
    }
}
