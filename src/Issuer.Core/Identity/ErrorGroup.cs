using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>The error groups of CV 2262/BYT-CNTT, and what the registry does not know at all.</summary>
public enum ErrorGroup
{
    NoNumber = 1,
    BadNumber = 2,
    WrongData = 3,
    NotFound = 4,
}

public static class ErrorGroups
{
    static readonly (ErrorGroup Group, RecordState State, string Wire)[] All =
    [
        (ErrorGroup.NoNumber, RecordState.MissingId, "1"), (ErrorGroup.BadNumber, RecordState.BadIdFormat, "2"),
        (ErrorGroup.WrongData, RecordState.Mismatched, "3"), (ErrorGroup.NotFound, RecordState.NotFound, "not_found"),
    ];

    /// <summary>Null: nobody has to correct such a record.</summary>
    public static ErrorGroup? Of(RecordState state) =>
        Array.Find(All, row => row.State == state) is { Wire: not null } row ? row.Group : null;

    public static RecordState StateOf(this ErrorGroup group) => Array.Find(All, row => row.Group == group).State;

    public static string ToWire(this ErrorGroup group) => Array.Find(All, row => row.Group == group).Wire;

    public static ErrorGroup? Read(string wire) =>
        Array.Find(All, row => row.Wire == wire) is { Wire: not null } row ? row.Group : null;
}
