using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Issuer.Hcert;

/// <summary>Reads JSON (RFC 8259) into the same tree as CBOR, within the same depth; a key twice is refused.</summary>
static class JsonTree
{
    static readonly JsonDocumentOptions Bounds = new() { MaxDepth = CborTree.MaxDepth };

    /// <summary>Reads exactly one value. Never throws.</summary>
    public static bool TryRead(
        string json, [NotNullWhen(true)] out CborItem? item, [NotNullWhen(false)] out string? fault)
    {
        (item, fault) = (null, null);
        try
        {
            using var document = JsonDocument.Parse(json, Bounds);
            item = Read(document.RootElement);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            fault = "not well-formed JSON";
            return false;
        }
    }

    static CborItem Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ReadMap(element),
        JsonValueKind.Array => new CborItem.List([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.String => new CborItem.Text(element.GetString()!),
        JsonValueKind.True => new CborItem.Bool(true),
        JsonValueKind.False => new CborItem.Bool(false),
        JsonValueKind.Number => element.TryGetInt64(out var whole)
            ? new CborItem.Whole(whole)
            : new CborItem.Real(element.GetDouble()),
        _ => new CborItem.Null(),
    };

    static CborItem.Map ReadMap(JsonElement element)
    {
        var pairs = element.EnumerateObject()
            .Select(property => KeyValuePair.Create<CborItem, CborItem>(
                new CborItem.Text(property.Name), Read(property.Value)))
            .ToImmutableArray();
        return pairs.Select(pair => pair.Key).Distinct().Count() == pairs.Length
            ? new CborItem.Map(pairs)
            : throw new JsonException("A key is there twice.");
    }
}
