using System.Text.Json;
using System.Text.Unicode;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Http;

/// <summary>
/// JSON from outside, with bounds: the size is Kestrel's limit, eight levels deep, valid UTF-8. Members that stand
/// twice are the reader's to refuse, with the other faults.
/// </summary>
static class RequestBody
{
    public const string NoObject = "the body is not a JSON object: { … } (nội dung gửi lên phải là một đối tượng JSON)";

    const int DeepestLevel = 8;

    public static async Task<JsonDocument> JsonAsync(HttpRequest request, CancellationToken cancel)
    {
        var bytes = await BytesAsync(request, cancel);
        if (bytes.Length == 0)
        {
            throw Refusal("the body is empty: JSON is needed (nội dung gửi lên trống, cần JSON)");
        }
        if (!Utf8.IsValid(bytes))
        {
            throw Refusal("the body is not UTF-8");
        }
        if (IsTooDeep(bytes))
        {
            throw Refusal($"the body is more than {DeepestLevel} levels deep");
        }
        try
        {
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = DeepestLevel });
        }
        catch (JsonException e)
        {
            throw new RefusedException(Refusal(e));
        }
    }

    /// <summary>The exception's own message repeats what stands there, or names the types behind an endpoint.</summary>
    public static Rejection Refusal(JsonException e)
    {
        if (JsonFault.IsOfShape(e) && JsonFault.FieldOf(e) is { Length: > 0 } field)
        {
            return new Rejection(
                RejectionKind.Malformed, "the body is refused",
                [new Fault(field, RequestFaultCode.BadType, Expected.Text)]);
        }
        return new Rejection(
            RejectionKind.Malformed,
            JsonFault.IsOfShape(e) ? "the body is JSON, but has the wrong shape" : $"the body is {JsonFault.Of(e)}");
    }

    /// <summary>Of a text; without its mark.</summary>
    public static async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, cancel);
        return ByteOrderMark.Without(bytes.ToArray());
    }

    static bool IsTooDeep(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= DeepestLevel
                    && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // Broken JSON is told as that.
        }
        return false;
    }

    static RefusedException Refusal(string why) => new(new Rejection(RejectionKind.Malformed, why));
}
