namespace Issuer.Core.Records;

/// <summary>What kind of file was sent. Stored by number: only append.</summary>
public enum ImportFormat
{
    /// <summary>A table, CSV or <c>.xlsx</c>: its bytes say which.</summary>
    Csv = 0,
    Ndjson = 1,
}

/// <summary>Where an import stands. Stored by number: only append.</summary>
public enum ImportState
{
    /// <summary>Waiting, being worked on, or to be gone on with after a restart.</summary>
    Running = 0,
    Done = 1,

    /// <summary>The file could not be read; nothing of it was stored.</summary>
    Refused = 2,
}

/// <summary>A file that a facility sent.</summary>
/// <param name="Rows">0 until the file was read for the first time.</param>
/// <param name="Done">Rows settled, from the first one on.</param>
public sealed record ImportJob(
    long Id, string Facility, string Actor, ImportFormat Format, ImportState State, long Rows, long Done,
    SubmitCounts Counts, string? Why)
{
    /// <summary>Begun so often without getting on, it ends.</summary>
    public const int MostAttempts = 3;

    /// <summary>The numbers of the file begin anew: one that stands for another dose is derived.</summary>
    public bool IsRenumbered { get; init; }

    /// <summary>Since it last got on.</summary>
    public long Attempts { get; init; }

    /// <summary>What its refused rows come back under; null: the fields of a record.</summary>
    public ImportHeader? Header { get; init; }
}

/// <summary>The header of a table as it came.</summary>
/// <param name="Cells">A JSON array.</param>
public sealed record ImportHeader(string Cells, char Separator);

/// <summary>A refused row by its line in the file, with its hard faults.</summary>
/// <param name="Cells">As they came, in the order of the job's header.</param>
public sealed record ImportFault(long Line, IReadOnlyList<Fault> Faults, IReadOnlyList<string?> Cells);
