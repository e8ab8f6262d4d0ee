using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Issuer.Hcert;
using Issuer.Server.Hosting;
using Issuer.Server.Verbs;

namespace Issuer.Server.Verification;

/// <summary>NDJSON in, NDJSON out, in the same order, on all cores.</summary>
/// <param name="moment">For lines that name none.</param>
sealed class VerifyBatch(VerificationLists lists, DateTimeOffset moment)
{
    const int LinesAtOnce = 4096;
    const int MostKeptDscs = 1000;

    readonly ConcurrentDictionary<string, Dsc?> dscs = new();

    /// <returns>Whether every line was valid.</returns>
    public async Task<bool> RunAsync(Stream input, Stream output, CancellationToken cancel)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        await using var writer = new StreamWriter(output);
        var allValid = true;
        // Read ahead, so that no core waits for the next lines.
        var next = ReadAsync(reader, cancel);
        while (await next is { Count: > 0 } lines)
        {
            next = Task.Run(() => ReadAsync(reader, cancel), cancel);
            foreach (var (json, isValid) in lines.AsParallel().AsOrdered().WithCancellation(cancel).Select(Judge))
            {
                await writer.WriteLineAsync(json);
                allValid &= isValid;
            }
            await writer.FlushAsync(cancel);
        }
        return allValid;
    }

    static async Task<List<string>> ReadAsync(StreamReader reader, CancellationToken cancel)
    {
        var lines = new List<string>(LinesAtOnce);
        while (lines.Count < LinesAtOnce && await reader.ReadLineAsync(cancel) is { } line)
        {
            if (line.Length > 0)
            {
                lines.Add(line);
            }
        }
        return lines;
    }

    (string Json, bool IsValid) Judge(string line)
    {
        if (Line.TryParse(line) is not { } asked)
        {
            return Answer(null, Verdict.Malformed, "the line is not an object with a text hc1");
        }
        if (asked.BadMember is { } member)
        {
            return Answer(asked.Id, Verdict.Malformed, $"{member} cannot be read");
        }
        var at = asked.At ?? moment;
        if (asked.Dsc is null)
        {
            return Answer(asked.Id, lists.Verify(asked.Hc1, at));
        }
        return Find(asked.Dsc) is { } dsc
            ? Answer(asked.Id, HcertVerifier.Verify(asked.Hc1, dsc, at, lists.IsRevokedAt(at)))
            // Nobody is trusted then; what can be said without a key is still said.
            : Answer(asked.Id, HcertVerifier.Verify(asked.Hc1, _ => [], at));
    }

    Dsc? Find(string base64)
    {
        if (dscs.TryGetValue(base64, out var known))
        {
            return known;
        }
        var der = new byte[base64.Length];
        var dsc = Convert.TryFromBase64String(base64, der, out var length)
            && Dsc.TryParse(der.AsSpan(0, length), out var parsed, out _) ? parsed : null;
        if (dscs.Count < MostKeptDscs)
        {
            dscs.TryAdd(base64, dsc);
        }
        return dsc;
    }

    static (string, bool) Answer(JsonElement? id, Hcert.Verification v) => Answer(id, v.Verdict, v.Detail);

    static (string, bool) Answer(JsonElement? id, Verdict verdict, string detail) =>
        (JsonLine.Of(new { id, verdict = verdict.ToWire(), detail }), verdict == Verdict.Valid);

    /// <summary>One line; the id goes back as it came, whatever JSON it is.</summary>
    sealed record Line(JsonElement? Id, string Hc1, string? Dsc, DateTimeOffset? At, string? BadMember)
    {
        public static Line? TryParse(string text)
        {
            try
            {
                using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
                var root = json.RootElement;
                if (root.ValueKind != JsonValueKind.Object)
                {
                    return null;
                }
                string? bad = null;
                var hc1 = TextOf(root, "hc1", ref bad);
                var dsc = TextOf(root, "dsc", ref bad);
                var at = TextOf(root, "at", ref bad);
                var instant = at is null ? null : Instants.ParseOrUtc(at, _ => bad = "at");
                var id = root.TryGetProperty("id", out var element) ? element.Clone() : (JsonElement?)null;
                return new Line(id, hc1?.Trim(WhiteSpace) ?? "", dsc, instant, bad ?? (hc1 is null ? "hc1" : null));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                return null;
            }
        }

        /// <summary>What scanners and copying add; a space inside is Base45 and stays.</summary>
        static readonly char[] WhiteSpace = ['\r', '\n', '\t'];

        static string? TextOf(JsonElement root, string name, ref string? bad)
        {
            if (!root.TryGetProperty(name, out var element) || element.ValueKind == JsonValueKind.Null)
            {
                return null;
            }
            if (element.ValueKind == JsonValueKind.String)
            {
                return element.GetString();
            }
            bad = name;
            return null;
        }
    }
}
