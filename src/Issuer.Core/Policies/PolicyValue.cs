using System.Globalization;
using System.Text.Json;
using Issuer.Hcert;

namespace Issuer.Core.Policies;

/// <summary>One value of a policy document, read as what it must be; a fault is noted under its path.</summary>
public readonly struct PolicyValue
{
    const int LongestText = 200;

    readonly JsonElement json;
    readonly string path;
    readonly ICollection<PolicyFault> faults;

    /// <param name="json">Of kind <see cref="JsonValueKind.Undefined"/> when there is none.</param>
    internal PolicyValue(JsonElement json, string path, ICollection<PolicyFault> faults)
    {
        this.json = json;
        this.path = path;
        this.faults = faults;
    }

    public int Whole(int least, int most)
    {
        if (!Is(JsonValueKind.Number, "a number"))
        {
            return least;
        }
        if (json.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }
        Refuse(FormattableString.Invariant($"must be a whole number from {least} to {most}"));
        return least;
    }

    public bool Flag()
    {
        if (json.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Is(JsonValueKind.True, "true or false");
        }
        return json.ValueKind == JsonValueKind.True;
    }

    /// <summary>Goes into certificates and messages: not empty, no control characters, in NFC.</summary>
    public string Text()
    {
        if (!Is(JsonValueKind.String, "a text"))
        {
            return "";
        }
        string text;
        try
        {
            text = json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Refuse("is not well-formed Unicode");
            return "";
        }
        if (text.Length is 0 or > LongestText || text.Trim() != text || text.Any(char.IsControl)
            || !CanonicalText.IsNfc(text))
        {
            Refuse($"must be 1 to {LongestText} characters in NFC, without control characters or spaces around them");
        }
        return text;
    }

    public DateOnly Day()
    {
        var isDay = DateOnly.TryParseExact(
            TextOrNull(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        if (!isDay && Is(JsonValueKind.String, "a day such as 2026-09-02"))
        {
            Refuse("must be a day such as 2026-09-02");
        }
        return day;
    }

    /// <summary>In UTC and whole seconds, so that there is one way to write it.</summary>
    public DateTimeOffset Instant()
    {
        var isInstant = DateTimeOffset.TryParseExact(
            TextOrNull(), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant);
        if (!isInstant && Is(JsonValueKind.String, "an instant such as 2026-09-02T00:00:00Z"))
        {
            Refuse("must be an instant such as 2026-09-02T00:00:00Z");
        }
        return instant;
    }

    /// <summary>One of a closed list, in kebab case.</summary>
    public TWord Word<TWord>()
        where TWord : struct, Enum
    {
        var text = TextOrNull();
        var found = Enum.GetValues<TWord>().Where(word => Kebab.Of(word.ToString()) == text).ToList();
        if (found.Count == 0)
        {
            var words = string.Join(", ", Enum.GetNames<TWord>().Select(name => Kebab.Of(name)));
            if (Is(JsonValueKind.String, $"one of {words}"))
            {
                Refuse($"must be one of {words}");
            }
            return default;
        }
        return found[0];
    }

    public IReadOnlyList<T> List<T>(int most, Func<PolicyValue, T> each)
    {
        if (!Is(JsonValueKind.Array, "a list"))
        {
            return [];
        }
        if (json.GetArrayLength() > most)
        {
            Refuse($"has more than {most} items");
            return [];
        }
        var (place, noted) = (path, faults);
        return [.. json.EnumerateArray().Select((item, n) => each(new PolicyValue(item, $"{place}[{n}]", noted)))];
    }

    /// <summary>The same, and none of them twice.</summary>
    public IReadOnlyList<T> Set<T>(int most, Func<PolicyValue, T> each)
    {
        var items = List(most, each);
        for (var n = 0; n < items.Count; n++)
        {
            if (items.Take(n).Contains(items[n]))
            {
                faults.Add(new PolicyFault($"{path}[{n}]", "appears twice"));
            }
        }
        return items;
    }

    /// <summary>Null when it is no object.</summary>
    public T? Members<T>(Func<PolicyFields, T> read)
        where T : class
    {
        if (!Is(JsonValueKind.Object, "an object"))
        {
            return null;
        }
        var fields = new PolicyFields(json, path, faults);
        var value = read(fields);
        fields.RefuseOthers();
        return value;
    }

    string? TextOrNull()
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    bool Is(JsonValueKind kind, string expected)
    {
        if (json.ValueKind == kind)
        {
            return true;
        }
        Refuse(json.ValueKind == JsonValueKind.Undefined ? "is missing" : $"must be {expected}");
        return false;
    }

    void Refuse(string what) => faults.Add(new PolicyFault(path, what));
}
