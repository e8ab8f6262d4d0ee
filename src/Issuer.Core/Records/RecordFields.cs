namespace Issuer.Core.Records;

/// <summary>
/// The fields of a record as somebody types them: every text of <see cref="RecordRow"/>, in its order, under the one
/// name that CSV columns, JSON members and gRPC fields share. Whoever reads or writes rows goes through here, so that a
/// field which is added to the row is read and written everywhere.
/// </summary>
public static class RecordFields
{
    static readonly IReadOnlyList<Field> All =
    [
        .. typeof(RecordRow).GetProperties().Where(p => p.PropertyType == typeof(string))
            .OrderBy(p => p.MetadataToken)
            .Select(p => new Field(
                Kebab.Of(p.Name, '_'), p.GetMethod!.CreateDelegate<Func<RecordRow, string?>>(),
                p.SetMethod!.CreateDelegate<Action<RecordRow, string?>>())),
    ];

    /// <summary>As the contract lists them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(field => field.Name)];

    /// <param name="field">What was typed under a name; null when it was not given.</param>
    public static RecordRow RowOf(Func<string, string?> field)
    {
        var row = new RecordRow();
        foreach (var each in All)
        {
            each.Set(row, field(each.Name));
        }
        return row;
    }

    /// <summary>A stored record as if it were sent again.</summary>
    public static RecordRow RowOf(VaccinationRecord record)
    {
        var texts = record.Texts().ToDictionary(field => field.Name, field => field.Text);
        return RowOf(texts.GetValueOrDefault);
    }

    /// <summary>In the order of <see cref="Names"/>.</summary>
    public static IReadOnlyList<string?> CellsOf(RecordRow row) => [.. All.Select(field => field.Get(row))];

    sealed record Field(string Name, Func<RecordRow, string?> Get, Action<RecordRow, string?> Set);
}
