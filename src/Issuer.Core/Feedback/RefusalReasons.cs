namespace Issuer.Core.Feedback;

/// <summary>Why a report is refused, in words that the citizen reads.</summary>
public sealed record RefusalReason(string Code, string Vietnamese, string English);

/// <summary>The thirteen reasons of CV 9458/BYT-CNTT (8 November 2021), as data.</summary>
public static class RefusalReasons
{
    public static IReadOnlyList<RefusalReason> All { get; } = Read();

    /// <summary>Null: no such code.</summary>
    public static RefusalReason? Find(string code) => All.FirstOrDefault(reason => reason.Code == code);

    static List<RefusalReason> Read()
    {
        using var stream = typeof(RefusalReasons).Assembly.GetManifestResourceStream("refusal-reasons.tsv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split('\t')).Select(cells => new RefusalReason(cells[0], cells[1], cells[2]))];
    }
}
