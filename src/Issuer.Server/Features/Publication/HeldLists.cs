namespace Issuer.Server.Features.Publication;

/// <summary>
/// What of the others' lists stays as it was though the rest is published: health says so. Holds nothing personal.
/// </summary>
sealed class HeldLists
{
    /// <summary>Null: they are those of now.</summary>
    public string? Dscs { get; set; }

    /// <summary>The same of their revocations, which are looked at in each round of lists.</summary>
    public string? Revocations { get; set; }

    /// <summary>Why urgent revocations wait for their round; null: none does.</summary>
    public string? Urgent { get; set; }

    public IEnumerable<string> Why => new[] { Dscs, Revocations, Urgent }.OfType<string>();
}
