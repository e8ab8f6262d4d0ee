using Issuer.Core.Approvals;
using Issuer.Core.Feedback;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Storage;

/// <summary>
/// What rows mean: the one place where it is said which column says it. Every statement takes its conditions from here,
/// on both engines, and a test holds that it does. Each is said of a row by its name in the statement.
/// </summary>
/// <remarks>Partial indexes of the schema stand on the same conditions: numbers are literals, not parameters.</remarks>
static class Predicates
{
    /// <summary>A flag that is set, as both engines store it.</summary>
    public const string Yes = "1";

    public const string No = "0";

    // Records.

    /// <summary>A dose that was given: nobody has withdrawn its record.</summary>
    public static string IsGiven(string record) => $"{record}.withdrawn = {No}";

    public static string IsWithdrawn(string record) => $"{record}.withdrawn = {Yes}";

    /// <summary>Another record tells the same dose and counts in its place.</summary>
    public static string RepeatsNone(string record) => $"{record}.duplicate_of is null";

    /// <summary>
    /// A dose of the person: given, and told once. Whether it may be certified also takes
    /// <see cref="IsAttested"/> and that it is not held (<see cref="IsFree"/>).
    /// </summary>
    public static string CountsAsDose(string record) => $"{RepeatsNone(record)} and {IsGiven(record)}";

    public static string IsAttested(string record) => $"{record}.attested = {Yes}";

    /// <summary>A statement speaks of it, or relies on it.</summary>
    public static string IsSignedFor(string record) => $"({IsAttested(record)} or {record}.relied_on = {Yes})";

    /// <summary>The same, or one spoke of it before it was corrected or a dose before it was.</summary>
    public static string WasSignedFor(string record) =>
        $"({IsAttested(record)} or {record}.relied_on = {Yes} "
        + $"or exists (select 1 from attestation sign where sign.record_id = {record}.id))";

    /// <summary>No statement speaks of it, or relies on it, any more.</summary>
    public static readonly string Unsigned = $"attested = {No}, relied_on = {No}";

    public static string IsHeld(string record) => $"{record}.held <> {HoldReason.None:D}";

    public static string IsHeldFor(string record, HoldReason reason) => $"{record}.held = {reason:D}";

    public static string IsFree(string record) => IsHeldFor(record, HoldReason.None);

    public static string IsIn(string record, RecordState state) => $"{record}.state = {state:D}";

    /// <summary>What it claims is within the budgets, or its turn has come: the registry may be asked.</summary>
    public static string MayBeAsked(string record) => $"{record}.answer_from is null";

    /// <summary>To be matched by the next round.</summary>
    public static string WaitsForMatch(string record) =>
        $"{IsIn(record, RecordState.Pending)} and {IsGiven(record)} and {MayBeAsked(record)}";

    /// <summary>What puts a record back to where the next round matches it; its person keeps it meanwhile.</summary>
    public static readonly string MatchAgain =
        $"state = {RecordState.Pending:D}, differs = {IdentityFields.None:D}, suggestion = null";

    /// <summary>The same for one whose person is no longer known.</summary>
    public static readonly string MatchAnew =
        $"{MatchAgain}, subject_id = null, duplicate_of = null, {Unsigned}";

    /// <summary>Does not match: on somebody's worklist, whether it was withdrawn since or not.</summary>
    public static string DoesNotMatch(string record) =>
        $"{record}.state between {RecordState.Mismatched:D} and {RecordState.BadIdFormat:D}";

    /// <summary>The registry was asked and answered no.</summary>
    public static string IsDenied(string record) =>
        $"{record}.state between {RecordState.Mismatched:D} and {RecordState.NotFound:D}";

    /// <summary>The worklists: what waits for its correction.</summary>
    public static string WaitsForCorrection(string record) => $"{DoesNotMatch(record)} and {IsGiven(record)}";

    /// <summary>Its person is known.</summary>
    public static string HasSubject(string record) => $"{record}.subject_id is not null";

    public static string WaitsForSignature(string record) =>
        $"{HasSubject(record)} and {record}.attested = {No} and {CountsAsDose(record)}";

    /// <summary>
    /// Waits for its signature, or would but for an entry of the same dose that nobody signed for: that blocks nothing,
    /// unless a person said that this one repeats it.
    /// </summary>
    public static string MayBeSigned(string record) =>
        $"""
        {HasSubject(record)} and {record}.attested = {No} and {IsGiven(record)} and ({RepeatsNone(record)} or (exists (
            select 1 from record o where o.id = {record}.duplicate_of and not {IsSignedFor("o")}) and not exists (
            select 1 from duplicate_mark m where m.record_id = {record}.id and m.version = {record}.version)))
        """;

    // Subjects.

    public static string IsDue(string subject) => $"{subject}.decided < {subject}.revision";

    /// <summary>The last decision led to no certificate.</summary>
    public static string IsRefused(string subject) => $"{subject}.refusals is not null";

    public static string IsDecided(string subject) => $"{subject}.decided >= {subject}.revision";

    /// <summary>Not merged into another.</summary>
    public static string StandsForItself(string subject) => $"{subject}.merged_by is null";

    // Lineages and certificates.

    public static string IsOpen(string lineage) => $"{lineage}.is_open = {Yes}";

    public static string IsClosed(string lineage) => $"{lineage}.is_open = {No}";

    /// <summary>Signed, verified and stored.</summary>
    public static string IsCompleted(string certificate) => $"{certificate}.signature is not null";

    /// <summary>Prepared and stored, and not signed; some were given up.</summary>
    public static string IsUnsigned(string certificate) => $"{certificate}.signature is null";

    /// <summary>An intent that was not given up: signed or to be signed.</summary>
    public static string IsKept(string certificate) => $"{certificate}.abandoned = {No}";

    /// <summary>Waits for its signature.</summary>
    public static string IsIntent(string certificate) => $"{IsUnsigned(certificate)} and {IsKept(certificate)}";

    /// <param name="at">The parameter that holds the moment.</param>
    public static string IsUnexpired(string certificate, string at = "@now") => $"{certificate}.expires_at > {at}";

    /// <summary>Could be accepted somewhere, whatever stands against it.</summary>
    public static string IsAlive(string certificate, string at = "@now") =>
        $"{IsCompleted(certificate)} and {IsUnexpired(certificate, at)}";

    // What stands against a certificate.

    /// <summary>Declared, at once or after its grace, and not undone.</summary>
    public static string Stands(string revocation) => $"{revocation}.undone_at is null";

    /// <summary>An insert that meets the one that stands; here no engine takes a table's name.</summary>
    public const string OnConflictStanding = "on conflict (slot) where undone_at is null";

    /// <summary>Stands and has begun: a suspension has not ended.</summary>
    public static string IsInForce(string revocation, string at = "@now") =>
        $"{Stands(revocation)} and {revocation}.effective_at <= {at} "
        + $"and ({revocation}.suspended_until is null or {revocation}.suspended_until > {at})";

    /// <summary>Took effect, or will, after a moment.</summary>
    public static string TakesEffectAfter(string revocation, string since) => $"{revocation}.effective_at > {since}";

    /// <summary>No suspension.</summary>
    public static string NeverEnds(string revocation) => $"{revocation}.suspended_until is null";

    /// <summary>Stands, has begun and never ends.</summary>
    public static string IsForGood(string revocation, string at = "@now") =>
        $"{Stands(revocation)} and {NeverEnds(revocation)} and {revocation}.effective_at <= {at}";

    /// <summary>Stands, and ends by itself later.</summary>
    public static string IsSuspension(string revocation, string at = "@now") =>
        $"{Stands(revocation)} and {revocation}.suspended_until > {at}";

    /// <summary>Declared with a grace that still runs.</summary>
    public static string IsInGrace(string revocation, string at = "@now") =>
        $"{Stands(revocation)} and {revocation}.effective_at > {revocation}.decided_at "
        + $"and {revocation}.effective_at > {at}";

    /// <summary>It was declared, and has ended.</summary>
    public static string IsLifted(string revocation, string at = "@now") =>
        $"({revocation}.undone_at is not null or {revocation}.suspended_until <= {at})";

    /// <summary>Its DSC has left the trust list: no verifier accepts it, and it stands on no list.</summary>
    public static string HasWithdrawnKey(string certificate) =>
        $"exists (select 1 from dsc_withdrawal w where w.kid = {certificate}.kid)";

    /// <summary>Whatever stands against certificate c, as v (a revocation) and w (a DSC that was withdrawn).</summary>
    public static readonly string JoinStanding =
        $"left join revocation v on v.slot = c.slot and {Stands("v")} left join dsc_withdrawal w on w.kid = c.kid";

    // What was received.

    /// <summary>Booked at the facility that gives the doses.</summary>
    public static string IsAtFacility(string stock) => $"{stock}.is_place = {No}";

    /// <summary>Booked at a commune or province, for the facilities there.</summary>
    public static string IsAtPlace(string stock) => $"{stock}.is_place = {Yes}";

    /// <summary>Doses that came, where the others are those that were passed on.</summary>
    public static string IsReceived(string stock) => $"{stock}.passed_on = {No}";

    /// <summary>A dose that draws on a stock.</summary>
    public static string IsDrawn(string record) => $"{record}.drawn_on is not null";

    public static string IsNotDrawn(string record) => $"{record}.drawn_on is null";

    /// <summary>Drawn, and no signature stands behind it any more.</summary>
    public static string GoesBack(string record) =>
        $"{IsDrawn(record)} and {record}.attested = {No} and {record}.relied_on = {No}";

    // What waits for people and jobs.

    /// <summary>A DSC that may sign.</summary>
    public static string IsInUse(string dsc) => $"{dsc}.withdrawn = {No}";

    public static string WaitsForSecond(string approval) => $"{approval}.state = {ApprovalState.Requested:D}";

    /// <summary>Nobody has ended it.</summary>
    public static string IsOpenHold(string hold) => $"{hold}.state = {HoldState.Open:D}";

    public static string WaitsForAnswer(string report) => $"{report}.state = {ReportState.Open:D}";

    public static string IsRunning(string import) => $"{import}.state = {ImportState.Running:D}";

    public static string IsOver(string import) => $"{import}.state <> {ImportState.Running:D}";

    /// <summary>A cleaning list that is open and not used up.</summary>
    public static string IsToBeDrawnOn(string list, string at = "@now") =>
        $"{list}.ends_at > {at} and {list}.used < {list}.size";

    /// <summary>A bulk act that two people want; some are done.</summary>
    public static string IsApproved(string bulk) => $"{bulk}.approval_id is not null";

    public static string IsUnfinished(string bulk) => $"{IsApproved(bulk)} and {bulk}.finished_at is null";

    /// <summary>A file of the newest publication.</summary>
    public static string IsServed(string file) => $"{file}.ended_by is null";

    /// <summary>Of another country, and still on its list.</summary>
    public static string IsListed(string foreign) => $"{foreign}.left_at is null";
}
