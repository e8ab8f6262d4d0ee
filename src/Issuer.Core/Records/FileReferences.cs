namespace Issuer.Core.Records;

/// <summary>Where the references of a file's rows come from.</summary>
public enum ReferenceSource
{
    /// <summary>The facility's own, in the row.</summary>
    Typed,

    /// <summary>The file has none: each is derived.</summary>
    Derived,

    /// <summary>The clerk says that numbering begins anew: one that stands for another dose is derived.</summary>
    Renumbered,
}

/// <summary>
/// The rows of one file by their derived references. Two that share one but differ in name or birth date are different
/// people, such as two children under their mother's number: each gets its own, and both are told.
/// </summary>
public sealed class FileReferences
{
    readonly Dictionary<string, (string Name, string Born)> people = [];

    /// <summary>In the order of the file, each row once.</summary>
    public CheckedRow Of(CheckedRow row)
    {
        if (row.Record is not { } record || row.References is not [.., var shared, var own])
        {
            return row;
        }
        var dose = DoseOf.Record(record);
        if (people.TryAdd(shared, (dose.Name, dose.Born)) || people[shared] == (dose.Name, dose.Born))
        {
            return row;
        }
        var isDerived = record.Reference == shared;
        return row with
        {
            Record = isDerived ? record with { Reference = own } : record,
            References = isDerived ? [own] : [record.Reference, own],
            Faults = [.. row.Faults, new Fault("identity_number", FaultCode.SharedNumber)],
        };
    }
}
