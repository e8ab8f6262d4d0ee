namespace Issuer.Tests.Hcert;

/// <summary>
/// Where the published test data is: ISSUER_CONFORMANCE, or shared/conformance beside the checkout. Tests that need it
/// are skipped with a reason where it is missing, unless ISSUER_NO_SKIP=1.
/// </summary>
static class Conformance
{
    public static string? Folder { get; } = Find();

    public static string? SkipReason =>
        Folder is null && Environment.GetEnvironmentVariable("ISSUER_NO_SKIP") != "1"
            ? "the conformance data is not here: set ISSUER_CONFORMANCE"
            : null;

    public static string PathOf(params string[] parts) =>
        Path.Combine([Folder ?? throw new DirectoryNotFoundException("No conformance data."), .. parts]);

    /// <summary>The JSON files below a folder, relative to it.</summary>
    public static IEnumerable<string> Names(params string[] parts)
    {
        var root = PathOf(parts);
        return Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The same as rows; one empty row when the data is missing.</summary>
    public static TheoryData<string> Rows(params string[] parts) =>
        Folder is null ? new TheoryData<string>("") : [.. Names(parts)];

    static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ISSUER_CONFORMANCE") is { Length: > 0 } named)
        {
            return named;
        }
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "..", "shared", "conformance");
            if (File.Exists(Path.Combine(at.FullName, "Issuer.sln")) && Directory.Exists(candidate))
            {
                return Path.GetFullPath(candidate);
            }
        }
        return null;
    }
}

/// <summary>A fact on conformance data.</summary>
sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute() => Skip = Conformance.SkipReason;
}

/// <summary>A theory on conformance data.</summary>
sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute() => Skip = Conformance.SkipReason;
}
