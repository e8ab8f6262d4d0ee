using System.CommandLine;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Revocation;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Verbs;

/// <summary>What a bulk act is to reach, at the command line.</summary>
sealed class BulkOptions
{
    readonly Option<string> reason = new("--reason")
    {
        Description = string.Join(", ", RevocationReasons.All), HelpName = "R", Required = true,
    };
    readonly Option<string?> because = new("--because") { Description = "For the second person and the auditor" };
    readonly Option<string?> facility = new("--facility")
    {
        Description = "Records of this facility", HelpName = "CODE",
    };
    readonly Option<string?> enteredBy = new("--entered-by")
    {
        Description = "Records that this user entered", HelpName = "SUB",
    };
    readonly Option<string?> product = new("--product") { Description = "With --lot: EU code or trade name" };
    readonly Option<string?> lot = new("--lot") { Description = "Records of this lot" };
    readonly Option<string[]> records = new("--record")
    {
        Description = "These records, by the ids of the API", HelpName = "ID",
    };
    readonly Option<string[]> certificates = new("--certificate")
    {
        Description = "These certificates", HelpName = "UVCI",
    };
    readonly Option<long[]> lineages = new("--lineage")
    {
        Description = "These lineages, as `certificates` prints them",
    };
    readonly Option<string?> number = new("--identity-number")
    {
        Description = "The certificates of one person, or COUNTRY:PASSPORT",
    };
    readonly Option<string?> dsc = new("--dsc") { Description = "Certificates that this DSC signed", HelpName = "KID" };
    readonly Option<DateTimeOffset?> from = Instant("--from", "Entered or issued from here on");
    readonly Option<DateTimeOffset?> to = Instant("--to", "Entered or issued before this");

    /// <param name="isAsked">Of a second person, who is told why.</param>
    public void AddTo(Command command, bool isAsked)
    {
        because.Required = isAsked;
        reason.AcceptOnlyFromAmong([.. RevocationReasons.All]);
        Option[] all =
        [
            reason, because, facility, enteredBy, product, lot, records, certificates, lineages, number, dsc, from, to,
        ];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }
    }

    public async Task<RevokeInBulk> ReadAsync(
        ParseResult parsed, PoliciesNow policies, PathIds ids, BulkStore bulkStore, CancellationToken cancel)
    {
        RevocationReasons.TryRead(parsed.GetRequiredValue(reason), out var why);
        var name = parsed.GetValue(product);
        var criteria = new BulkCriteria(
            Ids(
                parsed.GetValue(records), id => ids.Records.TryRead(id, out var row) ? row : null,
                "record"),
            parsed.GetValue(facility), parsed.GetValue(enteredBy),
            name is null ? null : policies.Certification.FindProduct(name)?.Code ?? name, parsed.GetValue(lot),
            Ids(
                parsed.GetValue(certificates), id => Uvci.TryParse(id, out var uvci) ? uvci.Slot.Value : null,
                "certificate"),
            parsed.GetValue(lineages) is { Length: > 0 } chains ? [.. chains.Distinct().Order()] : null,
            await SubjectAsync(parsed.GetValue(number), bulkStore, cancel), parsed.GetValue(dsc),
            parsed.GetValue(from)?.ToUnixTimeSeconds(), parsed.GetValue(to)?.ToUnixTimeSeconds());
        return criteria.Fault(why) is { } fault
            ? throw new RefusedException(new Rejection(RejectionKind.Invalid, fault))
            : new RevokeInBulk(criteria, why, parsed.GetValue(because) ?? why.ToWire());
    }

    static IReadOnlyList<long>? Ids(string[]? texts, Func<string, long?> read, string what) =>
        texts is not { Length: > 0 }
        ? null
        : [.. texts.Select(text => read(text) ?? throw new RefusedException(
            new Rejection(RejectionKind.NotFound, $"this {what} is not known"))).Distinct().Order()];

    static async Task<long?> SubjectAsync(
        string? number, BulkStore bulkStore, CancellationToken cancel) => number is null
        ? null
        : (Caller.DocumentOf(number) is { } document
            ? await bulkStore.SubjectOfAsync(document, cancel)
            : null) ?? throw new RefusedException(new Rejection(RejectionKind.NotFound, "nobody has this document"));

    static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description, HelpName = "INSTANT",
        CustomParser = result => Instants.Parse(result.Tokens[0].Value, result.AddError),
    };
}
