using System.Text.Json;

namespace Issuer.Core.Approvals;

/// <summary>
/// What one person asks for and another says yes to. Its canonical text is stored and digested, so members are plain
/// values in one order: lists are sorted, without repetition.
/// </summary>
/// <param name="Reason">For the second person and the auditor; no personal data.</param>
public abstract record TwoPersonCommand(string Reason)
{
    public string Canonical() => JsonSerializer.Serialize(this, GetType());
}
