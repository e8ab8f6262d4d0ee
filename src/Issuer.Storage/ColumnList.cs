using Issuer.Core;

namespace Issuer.Storage;

/// <summary>What a value is called and which type it has. In C# as a parameter, in a table in snake case.</summary>
public sealed record Column(string Parameter, Type Type)
{
    public string Name { get; } = Kebab.Of(Parameter, '_');
}

/// <summary>
/// Columns as a statement lists them. They are those of a type whose constructor names them, so that a table's columns
/// are listed in one place: the record that its rows are read into or written from.
/// </summary>
public sealed class ColumnList(IReadOnlyList<Column> columns)
{
    readonly string names = string.Join(", ", columns.Select(column => column.Name));

    public IReadOnlyList<Column> Columns => columns;

    public static ColumnList Of<T>() => RowShape<T>.Columns;

    /// <param name="others">By their parameters.</param>
    public ColumnList Without(params string[] others) =>
        new([.. columns.Where(column => !others.Contains(column.Parameter))]);

    /// <summary>With commas between.</summary>
    public override string ToString() => names;

    /// <summary>The same of a table by its name in the statement.</summary>
    public string In(string table) => Join(column => $"{table}.{column.Name}");

    public string Parameters => Join(column => $"@{column.Parameter}");

    /// <summary>Each set to its parameter.</summary>
    public string Assigned => Join(column => $"{column.Name} = @{column.Parameter}");

    /// <summary>Each set to what an insert that met a row would have put there.</summary>
    public string Excluded => Join(column => $"{column.Name} = excluded.{column.Name}");

    string Join(Func<Column, string> text) => string.Join(", ", columns.Select(text));
}
