using System.Text.Json;
using System.Text.Unicode;
using Issuer.Core;
using Issuer.Server.Hosting;

namespace Issuer.Server.Http;

/// <summary>
/// JSON from outside, with bounds: the size is Kestrel's limit, eight levels deep, valid UTF-8. Members that stand
/// twice are the reader's to refuse, with the other faults.
/// </summary>
static class RequestBody
{
    const int DeepestLevel = 8;

    public static async Task<JsonDocument> JsonAsync(HttpRequest request, CancellationToken cancel)
    {
        var bytes = await BytesAsync(request, cancel);
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
            // Its own message repeats what stands there.
            throw Refusal($"the body is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }

    public static async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
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
