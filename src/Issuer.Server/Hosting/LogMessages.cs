namespace Issuer.Server.Hosting;

/// <summary>
/// Everything the service logs. No personal data: no name, number or UVCI, and of a request only its route as it is
/// written in the program, since paths and query strings hold ids.
/// </summary>
static partial class LogMessages
{
    [LoggerMessage(1001, LogLevel.Information, "{Method} {Route} answered {Status} in {Milliseconds} ms")]
    public static partial void RequestAnswered(
        this ILogger logger, string method, string route, int status, long milliseconds);

    [LoggerMessage(1004, LogLevel.Debug, "{Method} {Route} answered {Status} in {Milliseconds} ms")]
    public static partial void ReadAnswered(
        this ILogger logger, string method, string route, int status, long milliseconds);

    [LoggerMessage(1005, LogLevel.Error, "{Method} {Route} was put off: the store is away or full")]
    public static partial void StoreAway(this ILogger logger, Exception exception, string method, string route);

    [LoggerMessage(1002, LogLevel.Error, "{Method} {Route} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string route);

    [LoggerMessage(1003, LogLevel.Error, "{Count} fetches by apps are missing from the audit trail")]
    public static partial void FetchesNotAudited(this ILogger logger, Exception exception, int count);

    [LoggerMessage(1005, LogLevel.Warning, "A certificate was judged by the lists alone: the store does not answer")]
    public static partial void VerifiedByListsAlone(this ILogger logger, Exception exception);

    [LoggerMessage(
        2001, LogLevel.Information, "Job round: {Matched} matched, {Issued} issued, {Regenerated} regenerated")]
    public static partial void RoundDone(this ILogger logger, long matched, long issued, long regenerated);

    [LoggerMessage(2002, LogLevel.Debug, "Job round of {Job} skipped: another process runs it")]
    public static partial void RoundSkipped(this ILogger logger, string job);

    [LoggerMessage(2003, LogLevel.Error, "Job round of {Job} failed; the next one starts as planned")]
    public static partial void RoundFailed(this ILogger logger, Exception exception, string job);

    [LoggerMessage(2004, LogLevel.Warning, "Issuing stopped: {Why}")]
    public static partial void IssuingStopped(this ILogger logger, string why);

    [LoggerMessage(2007, LogLevel.Warning, "Regenerating stopped: {Why}")]
    public static partial void RegeneratingStopped(this ILogger logger, string why);

    [LoggerMessage(
        2008, LogLevel.Warning, "Until {Until} certificates may end with their DSC, before the ministry's term")]
    public static partial void ShortenedAllowed(this ILogger logger, DateTimeOffset until);

    [LoggerMessage(
        2009, LogLevel.Error,
        "{Entered} exempt records were entered today, more than the {Most} of policy; the facilities that grew fastest "
            + "are stopped")]
    public static partial void ExemptCeilingPassed(this ILogger logger, long entered, long most);

    [LoggerMessage(2019, LogLevel.Warning, "Published, but: {Why}")]
    public static partial void PublicationWarned(this ILogger logger, string why);

    [LoggerMessage(2006, LogLevel.Warning, "The population registry does not answer; matching continues when it does")]
    public static partial void RegistryAway(this ILogger logger);

    [LoggerMessage(2005, LogLevel.Error, "A certificate was not signed: {Fault}")]
    public static partial void CertificateNotSigned(this ILogger logger, string fault);

    [LoggerMessage(2201, LogLevel.Warning, "The gateway: {What}: {Why}; it is tried again")]
    public static partial void GatewayItemFailed(this ILogger logger, string what, string why);

    [LoggerMessage(2202, LogLevel.Warning, "The gateway: {What} is not believed: {Why}")]
    public static partial void GatewayItemDisbelieved(this ILogger logger, string what, string why);

    [LoggerMessage(2203, LogLevel.Error, "The gateway: {Why}")]
    public static partial void GatewayRefused(this ILogger logger, string why);

    [LoggerMessage(
        2102, LogLevel.Warning,
        "{Count} records claim a number that many facilities have claimed: somebody may be guessing at it")]
    public static partial void NumberShared(this ILogger logger, long count);

    [LoggerMessage(2101, LogLevel.Error, "An import failed; it continues later")]
    public static partial void ImportFailed(this ILogger logger, Exception exception);
}
