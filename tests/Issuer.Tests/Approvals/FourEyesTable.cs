namespace Issuer.Tests.Approvals;

/// <summary>Who may ask for an act, and who may approve it.</summary>
public sealed record FourEyesRow(string Act, string[] Requesters, string[] Approvers);

/// <summary>
/// Every act that takes two people, written out once more: the rules under test must not say what is tested. An act
/// without a row here fails.
/// </summary>
public static class FourEyesTable
{
    const string Operator = "ministry-operator";
    const string Security = "ministry-security";

    /// <summary>Every role there is.</summary>
    public static readonly string[] Roles =
    [
        "facility-clerk", "facility-signatory", "commune", "province", "desk", Operator, Security, "citizen", "app",
        "auditor",
    ];

    /// <summary>Other ways to write the one who asks, <c>asker</c>.</summary>
    public static readonly string[] SpellingsOfAsker =
        ["asker", "Asker", "ASKER", " asker", "asker ", "as\u200bker", "ask\u00ader", "asker\t", "ａｓｋｅｒ"];

    public static readonly FourEyesRow[] All =
    [
        new("release-hold", [Operator], [Security]),
        new("raise-exempt-cap", [Operator], [Security]),
        new("merge-subjects", [Operator], [Operator, Security]),
        new("revoke-in-bulk", [Operator, Security], [Security]),
        new("undo-revocation", [Operator], [Security]),
        new("withdraw-dsc", [Security], [Security]),
        new("undo-merge", [Operator], [Operator, Security]),
        new("allow-shortened", [Operator], [Security]),
        new("import-policy", [Operator, Security], [Security]),
        new("change-authority", [Security], [Security]),
        new("withdraw-set", ["facility-signatory", "province"], ["province", Operator, Security]),
        new("clear-hold", ["province", Operator], ["province", Operator, Security]),
        new("withdraw-hold", ["province", Operator], ["province", Operator, Security]),
        new("announce-backlog", ["province", Operator], ["province", Operator, Security]),
    ];

    public static FourEyesRow Of(string act) => All.SingleOrDefault(row => row.Act == act)
        ?? throw new InvalidOperationException($"'{act}' has no row in {nameof(FourEyesTable)}: add it by hand.");
}
