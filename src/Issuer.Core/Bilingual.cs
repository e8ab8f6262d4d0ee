namespace Issuer.Core;

/// <summary>The same said twice, for people.</summary>
public sealed record Bilingual(string Vi, string En);
