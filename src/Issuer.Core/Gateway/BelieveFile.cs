using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;
using Issuer.Verification.TrustLists;
using Issuer.Verification.X509;

namespace Issuer.Core.Gateway;

/// <summary>
/// What of a trust list in a file is believed as other countries' keys. The list's own anchor has vouched for each
/// before; here every key must be of another country, and a DSC one that a verifier can use.
/// </summary>
public static class BelieveFile
{
    /// <summary>Clocks differ; a file from further off would stand in the way of every later one.</summary>
    static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    static readonly string[] Kinds = [TrustListItem.Upload, TrustListItem.Csca, TrustListItem.Dsc];

    /// <param name="list">Read under its own anchor.</param>
    /// <param name="own">Our country: nobody tells us our own keys.</param>
    /// <param name="now">Since when they are listed where the file does not say, or what cannot be yet.</param>
    public static GatewayReading From(TrustListReading list, string own, DateTimeOffset now)
    {
        List<GatewayKey> keys = [];
        List<Disbelieved> disbelieved =
        [
            .. list.Disbelieved.Select(item => new Disbelieved(FormattableString.Invariant(
                $"item {item.Index}{(item.Name is { } name ? $" ({name})" : "")}"), item.Why)),
        ];
        foreach (var (kind, der) in list.Cscas.Select(der => (TrustListItem.Csca, der))
            .Concat(list.Dscs.Select(der => (TrustListItem.Dsc, der))))
        {
            var (country, why) = Check(kind, der, own);
            var kid = Kid.OfDsc(der).ToString();
            if (why is null)
            {
                keys.Add(new GatewayKey(kind, country!, kid, der, ListedOf(
                    list.Listed.TryGetValue(der, out var since) ? since : null, now)));
            }
            else
            {
                disbelieved.Add(new Disbelieved($"{kind} {TrustListItem.NameOf(country, kid)}", why));
            }
        }
        return new GatewayReading([.. keys.DistinctBy(key => key.Thumbprint)], disbelieved);
    }

    /// <summary>
    /// A gateway's whole trust list in one array (eu-dcc.md 2.1), told by its upload certificates: the anchor signs
    /// these and the CSCAs, and they the DSCs. Null: there is none among them, and the anchor signs every item.
    /// </summary>
    /// <param name="anchor">DER or PEM of the gateway's trust anchor.</param>
    public static Result<GatewayReading>? OfGateway(
        ReadOnlyMemory<byte> json, ReadOnlySpan<byte> anchor, string own, DateTimeOffset now)
    {
        List<Disbelieved> disbelieved = [];
        var items = BelieveKeys.Read(json, disbelieved)?.Select(item => item with
        {
            Timestamp = ListedOf(TrustListItem.TimeOf(item.Timestamp), now).ToString("O", CultureInfo.InvariantCulture),
        }).ToLookup(item => item.CertificateType);
        if (items is null || !items.Contains(TrustListItem.Upload))
        {
            return null;
        }
        disbelieved.AddRange(items.Where(of => !Kinds.Contains(of.Key)).SelectMany(of => of)
            .Select(item => new Disbelieved($"item {item.ForLogs}", "neither UPLOAD, CSCA nor DSC")));
        try
        {
            var reading = BelieveKeys.Judge(
                new GatewayItems(
                    [.. items[TrustListItem.Upload]], [.. items[TrustListItem.Csca]], [.. items[TrustListItem.Dsc]]),
                anchor, own, disbelieved);
            // Batches come from the gateway alone: a file's upload certificates have said all they had to.
            return new Result<GatewayReading>(
                reading with { Keys = [.. reading.Keys.Where(key => key.Kind != TrustListItem.Upload)] });
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return new Rejection(RejectionKind.Malformed, "The trust anchor is not an X.509 certificate.");
        }
    }

    static DateTimeOffset ListedOf(DateTimeOffset? said, DateTimeOffset now) =>
        said is { } since && since <= now + MostAhead ? since : now;

    static (string? Country, string? Why) Check(string kind, byte[] der, string own)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            if (SubjectNames.CountryOf(certificate.SubjectName)
                is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] country)
            {
                return (null, "its subject names no country");
            }
            if (country == own)
            {
                return (country, "of our own country");
            }
            return (country, kind == TrustListItem.Csca || Dsc.TryParse(der, out _, out var why) ? null : why);
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return (null, "not an X.509 certificate");
        }
    }
}
