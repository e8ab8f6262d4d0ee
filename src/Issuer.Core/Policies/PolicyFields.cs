using System.Text.Json;

namespace Issuer.Core.Policies;

/// <summary>
/// The members of a JSON object, each asked for by name as what it must be. All faults are gathered; what is read is
/// used only when there was none, so a fault is answered with any value that does no harm.
/// </summary>
public sealed class PolicyFields
{
    readonly string prefix;
    readonly ICollection<PolicyFault> faults;
    readonly Dictionary<string, JsonElement> members = [];
    readonly HashSet<string> asked = [];

    /// <param name="path">Of the object; empty for the document itself.</param>
    internal PolicyFields(JsonElement json, string path, ICollection<PolicyFault> faults)
    {
        prefix = path.Length == 0 ? "" : $"{path}.";
        this.faults = faults;
        foreach (var member in json.EnumerateObject())
        {
            if (NameOf(member) is not { } name)
            {
                faults.Add(new PolicyFault(path, "has a member whose name is not well-formed Unicode"));
            }
            else if (!members.TryAdd(name, member.Value))
            {
                Refuse(name, "appears twice");
            }
        }
    }

    public PolicyValue this[string name]
    {
        get
        {
            asked.Add(name);
            return new PolicyValue(members.GetValueOrDefault(name), prefix + name, faults);
        }
    }

    /// <summary>Of a member that may be left out.</summary>
    public bool Has(string name) => members.ContainsKey(name);

    /// <summary>A rule between members, or one that a type does not say.</summary>
    public void Require(string name, bool holds, string what)
    {
        if (!holds)
        {
            Refuse(name, what);
        }
    }

    /// <summary>After the last member was asked for: whatever else is there is a fault.</summary>
    internal void RefuseOthers()
    {
        foreach (var name in members.Keys.Where(name => !asked.Contains(name)))
        {
            Refuse(name, "is not a known member");
        }
    }

    static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    void Refuse(string name, string what) => faults.Add(new PolicyFault(prefix + name, what));
}
