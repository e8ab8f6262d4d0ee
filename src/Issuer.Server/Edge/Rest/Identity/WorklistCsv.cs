using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Rest.Identity;

/// <summary>A row of an answered worklist: the answer, or why there is none.</summary>
sealed record AnswerRow(long Line, WorklistAnswer? Answer, IReadOnlyList<Fault> Faults);

/// <summary>
/// The worklist as the file that goes to the commune police, and as it comes back: the same columns, what is wrong put
/// right in place, and <c>outcome</c> and <c>evidence</c> filled in.
/// </summary>
static class WorklistCsv
{
    public const string ContentType = "text/csv";

    /// <summary>What surely comes back within the largest body.</summary>
    public const int MostRows = 3000;

    const int LongestEvidence = 200;

    static readonly string[] Required = ["record_id", "version", "outcome"];

    public static readonly IReadOnlyList<string> Columns =
    [
        "record_id", "version", "facility", "reference", "commune", "province", "error_group", "state", "differs",
        "suggestion", "family_name", "given_name", "sex", "date_of_birth", "identity_type", "identity_number",
        "outcome", "evidence",
    ];

    public static byte[] Write(IEnumerable<WorklistItemView> items) =>
        SpreadsheetCsv.Write([Columns, .. items.Select(item => item.Cells())]);

    /// <summary>Rows without an outcome were not answered and are passed over.</summary>
    public static IReadOnlyList<AnswerRow> Read(byte[] body, PathIds ids)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body).TrimStart('\uFEFF');
            var first = text.AsSpan(0, text.AsSpan().IndexOf('\n') is >= 0 and var end ? end : text.Length);
            using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = first.Count(';') > first.Count(',') ? ";" : ",",
                BadDataFound = bad => throw Refusal($"line {bad.Context.Parser?.RawRow}: a quote in the wrong place"),
            });
            var columns = parser.Read() ? ColumnsOf(parser.Record!) : throw Refusal("there is not even a header");
            var rows = new List<AnswerRow>();
            while (parser.Read())
            {
                var cells = Array.ConvertAll(parser.Record!, SpreadsheetCell.Read);
                var row = new CsvRow(parser.RawRow, cells, columns);
                if (!string.IsNullOrWhiteSpace(row["outcome"]))
                {
                    rows.Add(AnswerOf(row, ids));
                }
            }
            return rows;
        }
        catch (DecoderFallbackException)
        {
            throw Refusal("not UTF-8: save it as \"CSV UTF-8\" (hãy lưu tệp dạng \"CSV UTF-8\")");
        }
    }

    static Dictionary<string, int> ColumnsOf(string[] header)
    {
        var columns = new Dictionary<string, int>();
        foreach (var (index, title) in header.Index())
        {
            var name = title.Trim().ToLowerInvariant();
            var known = Columns.Contains(name) ? name : CsvKind.Records.Resolve(title);
            if (known is not null && !columns.TryAdd(known, index))
            {
                throw Refusal($"header: column {known} appears twice");
            }
        }
        return Required.Except(columns.Keys).ToList() is { Count: > 0 } missing
            ? throw Refusal($"header: missing {string.Join(", ", missing)}")
            : columns;
    }

    static AnswerRow AnswerOf(CsvRow row, PathIds ids)
    {
        var faults = new List<Fault>();
        if (!ids.Records.TryRead(row["record_id"]?.Trim(), out var id))
        {
            faults.Add(new Fault("record_id", RequestFaultCode.NotOnWorklist));
        }
        if (!long.TryParse(row["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            faults.Add(new Fault("version", FaultCode.BadVersion));
        }
        var outcomes = Enum.GetValues<AnswerOutcome>().Where(o => Kebab.Of(o.ToString()) == row["outcome"]!.Trim())
            .ToList();
        if (outcomes.Count == 0)
        {
            faults.Add(new Fault("outcome", RequestFaultCode.BadOutcome));
        }
        var evidence = row["evidence"]?.Trim() ?? "";
        if (evidence.Length > LongestEvidence)
        {
            faults.Add(new Fault("evidence", FaultCode.TooLong));
        }
        return faults.Count > 0
            ? new AnswerRow(row.Line, null, faults)
            : new AnswerRow(
                row.Line, new WorklistAnswer(id, version, outcomes[0], RecordFields.RowOf(c => row[c]), evidence), []);
    }

    static RefusedException Refusal(string why) => new(new Rejection(RejectionKind.Malformed, why));
}
