using System.CommandLine;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Verification;
using Issuer.Verification.Publication;

namespace Issuer.Server.Edge.Verbs;

/// <summary>The lists that <c>verify</c> rests on, from the command line.</summary>
sealed class VerificationOptions
{
    readonly Option<string?> trust = new("--trust")
    {
        Description = "Trust list: eu.json, list.jws with the list beside it, or a DID document", HelpName = "FILE|URL",
    };

    readonly Option<string?> anchor = new("--anchor")
    {
        Description = "Whose signature a list needs: a certificate, or the anchors of a DID document",
        HelpName = "PEM",
    };

    readonly Option<string?> revocation = new("--revocation")
    {
        Description = "A publication with its revocation list: its folder or address, or the revocation part of it",
        HelpName = "DIR|URL",
    };

    readonly Option<string?> bundle = new("--bundle")
    {
        Description = "bundle.bin of a publication: trust and revocation lists in one signed file",
        HelpName = "FILE|URL",
    };

    readonly Option<long?> listSeen = new("--sequence-seen")
    {
        Description = "The newest sequence of a trust list that you have seen: an older one is refused", HelpName = "N",
    };

    readonly Option<long?> publicationSeen = new("--publication-seen")
    {
        Description = "The newest publication that you have seen: an older one is refused", HelpName = "N",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { trust, anchor, revocation, bundle, listSeen, publicationSeen })
        {
            command.Add(option);
        }
        command.Validators.Add(result =>
        {
            if (result.GetValue(bundle) is not null
                && (result.GetValue(trust) is not null || result.GetValue(revocation) is not null))
            {
                result.AddError("A bundle holds its own lists: give --bundle alone, or --trust and --revocation");
            }
            // Ignored, it would seem to protect.
            if (result.GetResult(publicationSeen) is not null
                && result.GetValue(bundle) is null && result.GetValue(revocation) is null)
            {
                result.AddError("--publication-seen goes with --bundle or --revocation");
            }
            if (result.GetResult(listSeen) is not null
                && result.GetValue(bundle) is null && result.GetValue(trust) is null)
            {
                result.AddError("--sequence-seen goes with --bundle or --trust");
            }
        });
    }

    /// <summary>Options that say nothing as they stand: the verdict is right, and not what was meant.</summary>
    /// <param name="bringsDscs">The lines of a batch may name their own DSCs, and need no list.</param>
    public IEnumerable<string> HintsFor(ParseResult parsed, bool bringsDscs)
    {
        var (hasTrust, hasBundle) = (parsed.GetValue(trust) is not null, parsed.GetValue(bundle) is not null);
        var (hasAnchor, hasRevocation) = (parsed.GetValue(anchor) is not null, parsed.GetValue(revocation) is not null);
        if (hasRevocation && !hasTrust && !bringsDscs)
        {
            yield return "--revocation only says what is revoked, not whose signature counts: also give --trust, or "
                + "--bundle for both";
        }
        else if (!hasTrust && !hasBundle && !bringsDscs)
        {
            yield return "without --trust or --bundle, and --anchor, every certificate is an unknown issuer's";
        }
        if (!hasAnchor && (hasTrust || hasBundle || hasRevocation))
        {
            yield return "without --anchor no list is believed";
        }
        if (hasTrust && hasAnchor && !hasRevocation)
        {
            yield return "without --revocation, or --bundle for both, nothing counts as revoked";
        }
    }

    /// <summary>Without an anchor no list is believed, and every certificate is an unknown issuer's.</summary>
    public async Task<VerificationLists> LoadAsync(ParseResult parsed, DateTimeOffset now, CancellationToken cancel)
    {
        var lists = await ReadAsync(parsed, now, cancel);
        foreach (var warning in lists.WarningsAt(now))
        {
            Screen.Warn(warning);
        }
        return lists;
    }

    async Task<VerificationLists> ReadAsync(ParseResult parsed, DateTimeOffset now, CancellationToken cancel)
    {
        var pem = parsed.GetValue(anchor);
        if (parsed.GetValue(bundle) is { } file && pem is not null)
        {
            return ReadBundle.From(
                await Bounded.FetchAsync(file, cancel, Bundle.Longest), await Bounded.FetchAsync(pem, cancel), file,
                now, parsed.GetValue(publicationSeen), parsed.GetValue(listSeen));
        }
        var trusted = await LoadTrustedDscs.FromAsync(
            parsed.GetValue(trust) ?? parsed.GetValue(bundle), pem, now, parsed.GetValue(listSeen), cancel);
        if (parsed.GetValue(revocation) is not { } publication || pem is null)
        {
            return new VerificationLists(trusted, null, null);
        }
        var revoked = await LoadRevokedCertificates.FromAsync(
            publication, await Bounded.FetchAsync(pem, cancel), now, parsed.GetValue(publicationSeen), cancel);
        return new VerificationLists(trusted, revoked, null);
    }
}
