namespace Issuer.Hcert;

/// <summary>The tables of folder Data, compiled into the assembly.</summary>
static class EmbeddedData
{
    /// <summary>The table as it is.</summary>
    public static Stream Open(string name) =>
        typeof(EmbeddedData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is not in the assembly.");

    /// <summary>The lines of a UTF-8 table.</summary>
    public static IReadOnlyList<string> ReadLines(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
