using System.Text.Json;
using Issuer.Core.Records;

namespace Issuer.Server.Hosting;

/// <summary>The members of a JSON object from outside; unknown and repeated ones are faults.</summary>
static class JsonMembers
{
    // Enough to find the mistake; nobody gets a megabyte of names told back.
    const int MostFaults = 50;
    const int LongestName = 40;

    public static IReadOnlyDictionary<string, JsonElement> Of(
        JsonElement json, IReadOnlySet<string> known, List<Fault> faults)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var member in json.EnumerateObject())
        {
            var sent = NameOf(member);
            var name = sent is null ? null : known.FirstOrDefault(one => one == sent);
            if (name is null)
            {
                Add(faults, new Fault(Shortened(sent ?? "?"), RequestFaultCode.UnknownMember));
            }
            else if (!members.TryAdd(name, member.Value))
            {
                Add(faults, new Fault(name, RequestFaultCode.RepeatedInRequest));
            }
        }
        return members;
    }

    /// <summary>A string's text; null when it is no text (an unpaired surrogate).</summary>
    public static string? TextOf(string name, JsonElement value, List<Fault> faults)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            faults.Add(new Fault(name, FaultCode.ControlCharacter));
            return null;
        }
    }

    /// <summary>Null when it is no text (an unpaired surrogate).</summary>
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

    static string Shortened(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    static void Add(List<Fault> faults, Fault fault)
    {
        if (faults.Count < MostFaults && !faults.Contains(fault))
        {
            faults.Add(fault);
        }
    }
}
