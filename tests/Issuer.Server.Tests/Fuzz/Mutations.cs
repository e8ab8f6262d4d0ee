using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Issuer.Server.Tests.Fuzz;

/// <summary>Makes of a good request one that nobody meant, a little at a time: most of it still makes sense.</summary>
/// <param name="idOf">Some id that the service has given, of whatever kind.</param>
sealed class Mutations(Random random, Func<string> idOf)
{
    /// <summary>Stands for a value until the text is made: some values cannot be held by a tree.</summary>
    const string Marked = "@value@";

    const int LargestBody = 1024 * 1024;

    public T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    public bool Once(int times) => random.Next(times) == 0;

    /// <param name="template">Its parameters in braces; only they change.</param>
    public string Path(string path, string template)
    {
        var (segments, names) = (path.Split('/'), template.Split('/'));
        for (var n = 0; n < Math.Min(segments.Length, names.Length); n++)
        {
            if (names[n].Contains('{', StringComparison.Ordinal) && Once(3))
            {
                var value = Uri.EscapeDataString(Once(3) ? Any(HostileValues.Text) : idOf());
                segments[n] = value is "" or "." or ".." ? "x" : value;
            }
        }
        return string.Join('/', segments);
    }

    public string Query(string path, IReadOnlyList<string> known)
    {
        foreach (var name in known.Where(_ => Once(3)))
        {
            path = QueryHelpers.AddQueryString(path, name, Once(4) ? idOf() : Any(HostileValues.Text));
        }
        // All that can be wrong with a question that has no parameter.
        return Once(known.Count == 0 ? 6 : 12)
            ? QueryHelpers.AddQueryString(path, "unknown", Once(2) ? "\u0000" : Any(HostileValues.Text))
            : path;
    }

    public byte[] Body(byte[] body, bool isJson)
    {
        var text = Encoding.UTF8.GetString(body);
        if (Once(12))
        {
            return Torn(body);
        }
        if (Once(400))
        {
            return [.. body, .. new byte[LargestBody + random.Next(2)]];
        }
        if (Once(12))
        {
            return [.. "\uFEFF"u8, .. body];
        }
        return isJson ? Encoding.UTF8.GetBytes(Json(text)) : Encoding.UTF8.GetBytes(Lines(text));
    }

    byte[] Torn(byte[] body)
    {
        var torn = body.ToArray();
        for (var n = random.Next(4); n >= 0 && torn.Length > 0; n--)
        {
            torn[random.Next(torn.Length)] = (byte)random.Next(256);
        }
        return Once(2) ? torn : torn[..random.Next(torn.Length + 1)];
    }

    string Json(string text)
    {
        JsonNode? tree;
        try
        {
            tree = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return Any(HostileValues.Json);
        }
        if (tree is not (JsonObject or JsonArray))
        {
            return Any(HostileValues.Json);
        }
        var places = Places(tree).ToList();
        for (var n = random.Next(3); n >= 0 && places.Count > 0; n--)
        {
            Any(places)(Once(4) ? null : Marked);
        }
        if (tree is JsonObject twice && twice.Count > 0 && Once(15))
        {
            var name = JsonSerializer.Serialize(Any(twice.ToList()).Key);
            return $"{{{name}:{Any(HostileValues.Json)},{Written(tree)[1..]}";
        }
        return Once(20) ? $"[{Written(tree)}]" : Written(tree);
    }

    string Written(JsonNode tree)
    {
        var marked = $"\"{Marked}\"";
        var text = tree.ToJsonString();
        for (int at; (at = text.IndexOf(marked, StringComparison.Ordinal)) >= 0;)
        {
            var value = Once(4) ? $"\"{idOf()}\"" : Any(HostileValues.Json);
            text = text[..at] + value + text[(at + marked.Length)..];
        }
        return text;
    }

    /// <summary>Every value in it, as what sets it; null takes it out.</summary>
    static IEnumerable<Action<string?>> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.ToList().SelectMany(member => Places(member.Value).Append(value =>
        {
            members.Remove(member.Key);
            if (value is not null)
            {
                members[member.Key] = value;
            }
        })),
        JsonArray items => items.ToList().SelectMany((item, index) => Places(item).Append(value =>
        {
            if (index < items.Count)
            {
                items[index] = value;
            }
        })),
        _ => [],
    };

    string Lines(string text)
    {
        var lines = text.Split('\n').ToList();
        var cells = lines[0].Count(c => c == ',') + 1;
        for (var n = random.Next(3); n > 0; n--)
        {
            lines.Insert(random.Next(lines.Count) + (Once(5) ? 0 : 1), string.Join(
                Any<string>([",", ",", ",", ";", "\t"]),
                Enumerable.Range(0, cells + random.Next(-1, 2)).Select(_ => Once(4)
                    ? idOf()
                    : Any(HostileValues.Text))));
        }
        return string.Join('\n', lines);
    }
}
