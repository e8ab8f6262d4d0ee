namespace Issuer.Core.Records;

/// <summary>What a date's own numbers say about the order of day and month.</summary>
public enum DateOrder
{
    /// <summary>Nothing: the month is certain, or both are the same number.</summary>
    Certain,

    /// <summary>Either may be the month.</summary>
    Either,

    /// <summary>Only month/day is a date.</summary>
    MonthFirst,
}

/// <summary>
/// A column of dates is written one way from its first row to its last. Where one value only fits month/day, its
/// neighbours that fit both ways may be wrong as well, and nobody but the clerk knows.
/// </summary>
public sealed class DateColumn
{
    bool hasMonthFirst;

    /// <summary>Every cell is shown before the first is judged.</summary>
    public void Add(string? cell) => hasMonthFirst |= !hasMonthFirst && ReadDate.OrderOf(cell) == DateOrder.MonthFirst;

    public bool IsAmbiguous => hasMonthFirst;

    /// <summary>What is asked about this cell; null: nothing.</summary>
    public FaultCode? FaultOf(string? cell) =>
        hasMonthFirst && ReadDate.OrderOf(cell) == DateOrder.Either ? FaultCode.AmbiguousDate : null;
}
