namespace Issuer.Core.Revocation;

/// <summary>What one reason means.</summary>
/// <param name="Words">What the holder reads.</param>
public sealed record ReasonRule(Bilingual Words)
{
    /// <summary>
    /// Every unexpired certificate of the lineage, which is closed by it; a leak reaches the leaked one alone, and its
    /// holder gets a successor.
    /// </summary>
    public bool ReachesLineage { get; init; } = true;

    /// <summary>
    /// How long the certificates of a record that is withdrawn for it still stand: a mistake has grace, anything worse
    /// has none. Null: no record is withdrawn for it, it speaks of a certificate.
    /// </summary>
    public TimeSpan? RecordGrace { get; init; } = TimeSpan.Zero;

    /// <summary>Nobody did wrong: what was certified may be certified again without a review.</summary>
    public bool MayBeCertifiedAgain { get; init; }

    /// <summary>
    /// It cannot wait for a second person and harms nobody: who lost a code gets another, who asks gets what they ask
    /// for. One person of the ministry revokes for it, within a budget.
    /// </summary>
    public bool TakesOnePerson { get; init; }

    /// <summary>
    /// Somebody may be using it now who should not: it leaves within a minute, and not in its round. For any other
    /// reason the time of release must not name anybody.
    /// </summary>
    public bool IsUrgent { get; init; }

    /// <summary>The closed list has a last entry that says nothing by itself.</summary>
    public bool NeedsNote { get; init; }
}
