namespace Issuer.Core.Policies;

/// <summary>What is wrong with a policy document, and where.</summary>
/// <param name="Path">Such as <c>products[2].code</c>; empty: the document as a whole.</param>
public sealed record PolicyFault(string Path, string What)
{
    public override string ToString() => Path.Length == 0 ? What : $"{Path}: {What}";
}
