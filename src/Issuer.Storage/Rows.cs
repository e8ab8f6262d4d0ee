using System.Linq.Expressions;

namespace Issuer.Storage;

/// <summary>
/// The values of one statement for many rows, or of many rows of one table, by their names. They are made of a type
/// whose constructor names them: an anonymous one, or a record for a row of a table.
/// </summary>
public sealed record Rows(ColumnList Columns, IReadOnlyList<object?[]> Values)
{
    public static Rows Of<T>(IEnumerable<T> rows) => new(RowShape<T>.Columns, [.. rows.Select(RowShape<T>.ValuesOf)]);
}

/// <summary>How the values of one type are called and read.</summary>
static class RowShape<T>
{
    static readonly Type[] Storable = [typeof(long), typeof(long?), typeof(string), typeof(byte[])];

    public static readonly ColumnList Columns = new([.. Members(typeof(T)).Select(member => member.Column)]);

    public static readonly Func<T, object?[]> ValuesOf = Compile();

    /// <summary>A member that is itself a row stands for that row's columns.</summary>
    static IEnumerable<(Column Column, Func<Expression, Expression> Read)> Members(Type type)
    {
        foreach (var parameter in type.GetConstructors().Single().GetParameters())
        {
            var name = parameter.Name!;
            Expression ReadMember(Expression row) => Expression.Property(row, name);
            if (Storable.Contains(parameter.ParameterType))
            {
                yield return (new Column(name, parameter.ParameterType), ReadMember);
                continue;
            }
            if (parameter.ParameterType.Assembly != typeof(Rows).Assembly)
            {
                throw new ArgumentException($"No column holds a {parameter.ParameterType.Name}: {type.Name}.{name}.");
            }
            foreach (var (column, read) in Members(parameter.ParameterType))
            {
                yield return (column, row => read(ReadMember(row)));
            }
        }
    }

    static Func<T, object?[]> Compile()
    {
        var row = Expression.Parameter(typeof(T));
        var values = Members(typeof(T)).Select(member => Expression.Convert(member.Read(row), typeof(object)));
        return Expression.Lambda<Func<T, object?[]>>(
            Expression.NewArrayInit(typeof(object), values), row).Compile();
    }
}
