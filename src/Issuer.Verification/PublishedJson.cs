using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;
using Issuer.Verification.TrustLists;

namespace Issuer.Verification;

/// <summary>
/// All JSON that is published, by generated code: nothing here needs reflection, and the same values are the same
/// bytes.
/// </summary>
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(TrustListItem))]
[JsonSerializable(typeof(List<TrustListItem>))]
[JsonSerializable(typeof(IReadOnlyList<TrustListItem>))]
[JsonSerializable(typeof(TrustListContent))]
[JsonSerializable(typeof(ForeignTrustContent))]
[JsonSerializable(typeof(ListStatement))]
[JsonSerializable(typeof(JwsHeader))]
[JsonSerializable(typeof(JwkSet))]
[JsonSerializable(typeof(DidDocument))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(IReadOnlyList<DistributedList>))]
[JsonSerializable(typeof(List<DistributedList?>))]
[JsonSerializable(typeof(PackHead))]
[JsonSerializable(typeof(ForeignRevocations))]
sealed partial class PublishedJson : JsonSerializerContext
{
    public static PublishedJson Plain { get; } = new(Web());

    /// <summary>For what must not be understood in two ways.</summary>
    public static PublishedJson Strict { get; } = new(Web(o => o.AllowDuplicateProperties = false));

    public static PublishedJson WithoutNulls { get; } =
        new(Web(o => o.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull));

    /// <summary>Base64's plus sign stays a plus sign: nothing here is ever put into a page.</summary>
    static JsonSerializerOptions Web(Action<JsonSerializerOptions>? more = null)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        more?.Invoke(options);
        return options;
    }
}
