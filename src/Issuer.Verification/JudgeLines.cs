using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Verification;

/// <summary>Lines of NDJSON in, as many lines out.</summary>
/// <param name="AllValid">Whether every line was valid.</param>
public readonly record struct JudgedBlock(ReadOnlyMemory<byte> Answers, bool AllValid);

/// <summary>
/// <c>{"id","hc1","dsc"?,"at"?}</c> a line, answered by <c>{"id","verdict","detail"}</c>. A DSC that a line brings is
/// alone trusted for it.
/// </summary>
/// <param name="moment">For lines that name none.</param>
public sealed class JudgeLines(VerificationLists lists, DateTimeOffset moment)
{
    const int MostKeptDscs = 1000;

    static readonly JsonWriterOptions AsTheyAre = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly ConcurrentDictionary<string, Dsc?> dscs = new();

    /// <summary>An answer a line, in the same order; any number of threads may ask at once.</summary>
    public JudgedBlock All(ReadOnlyMemory<char> lines)
    {
        var answers = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(answers, AsTheyAre);
        var allValid = true;
        foreach (var at in lines.Span.SplitAny('\r', '\n'))
        {
            if (!lines.Span[at].IsEmpty)
            {
                allValid &= Answer(lines[at], json);
                json.Flush();
                json.Reset();
                answers.Write("\n"u8);
            }
        }
        return new JudgedBlock(answers.WrittenMemory, allValid);
    }

    /// <returns>Whether it was valid.</returns>
    bool Answer(ReadOnlyMemory<char> text, Utf8JsonWriter answer)
    {
        using var line = VerifyLine.TryParse(text);
        var (verdict, detail) = line switch
        {
            null => (Verdict.Malformed, "the line is not an object with a text hc1"),
            { BadMember: { } member } => (Verdict.Malformed, $"{member} cannot be read"),
            _ => Judge(line),
        };
        answer.WriteStartObject();
        answer.WritePropertyName("id");
        if (line?.Id is { } id)
        {
            id.WriteTo(answer);
        }
        else
        {
            answer.WriteNullValue();
        }
        answer.WriteString("verdict", verdict.ToWire());
        answer.WriteString("detail", detail);
        answer.WriteEndObject();
        return verdict == Verdict.Valid;
    }

    (Verdict Verdict, string Detail) Judge(VerifyLine line)
    {
        var at = line.At ?? moment;
        var (verdict, detail, _) = line.Dsc is null
            ? lists.Verify(line.Hc1, at)
            : Find(line.Dsc) is { } dsc
                ? HcertVerifier.Verify(line.Hc1, dsc, at, lists.IsRevokedAt(at))
                // Nobody is trusted then; what can be said without a key is still said.
                : HcertVerifier.Verify(line.Hc1, _ => [], at);
        return (verdict, detail);
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
}
