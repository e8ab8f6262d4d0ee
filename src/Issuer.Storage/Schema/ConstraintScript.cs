using System.Text.RegularExpressions;

namespace Issuer.Storage.Schema;

/// <summary>
/// Rules that a schema script adds to tables which are there, with rows in them: <c>{constraint table name rule}</c>
/// for what is written from then on, <c>{valid table name}</c> for what is there already. One script, two engines.
/// </summary>
static partial class ConstraintScript
{
    const string Check = "check ";

    /// <summary>What a script adds, by name.</summary>
    public static IEnumerable<string> Names(string script) =>
        Added().Matches(script).Select(match => match.Groups["name"].Value);

    public static string ForPostgres(string script) => Valid().Replace(
        Added().Replace(script, "alter table ${table} add constraint ${name} ${rule} not valid;"),
        "alter table ${table} validate constraint ${name};");

    /// <summary>
    /// SQLite adds a check to a table, but no foreign key. For that its manual ("Making Other Kinds Of Table Schema
    /// Changes") has the text of the table replaced, since nothing on disk is another for it. Either way the rows are
    /// looked at by a table that comes and goes, so that the rule is named that they break; its coming also tells other
    /// connections to read the schema anew.
    /// </summary>
    public static string ForSqlite(string script) => Valid().Replace(
        Added().Replace(script, match =>
        {
            var (table, name, rule) = (
                match.Groups["table"].Value, match.Groups["name"].Value, match.Groups["rule"].Value);
            return rule.StartsWith(Check, StringComparison.Ordinal)
                ? $"""
                {None($"{table} where not {rule[Check.Length..]}", name)}
                alter table {table} add constraint {name} {rule};
                """
                : $"""
                pragma writable_schema = on;
                update sqlite_schema set sql = substr(sql, 1, length(sql) - 1) || ', constraint {name} {rule})'
                where type = 'table' and name = '{table}';
                pragma writable_schema = reset;
                {None($"pragma_foreign_key_check('{table}')", name)}
                """;
        }),
        "select 1;");

    static string None(string broken, string name) =>
        $"""
        create table constraint_broken (by_rows bigint constraint {name} check (by_rows = 0));
        insert into constraint_broken select count(*) from {broken};
        drop table constraint_broken;
        """;

    [GeneratedRegex(@"\{constraint (?<table>\w+) (?<name>\w+) (?<rule>[^{}]*)\}")]
    private static partial Regex Added();

    [GeneratedRegex(@"\{valid (?<table>\w+) (?<name>\w+)\}")]
    private static partial Regex Valid();
}
