namespace Issuer.Core.Records;

/// <summary>What kind of file was sent. Stored by number: only append.</summary>
public enum ImportFormat
{
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
    SubmitCounts Counts, string? Why);

/// <summary>A refused row by its line in the file, with its hard faults.</summary>
/// <param name="Cells">As they came, in the order of the columns.</param>
public sealed record ImportFault(long Line, IReadOnlyList<Fault> Faults, IReadOnlyList<string?> Cells);
