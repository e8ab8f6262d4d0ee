using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Pki;
using Issuer.Tests.Pki;

namespace Issuer.Tests.Storage;

/// <summary>The identity provider that a store belongs to.</summary>
public abstract partial class StoreSuite
{
    static readonly Authority Ours = new("https://id.example", "issuer", "employee");
    static readonly Authority Theirs = new("https://id.thief.example", "issuer", "employee");

    public static TheoryData<string, string, string?> Others => new()
    {
        { "https://id.thief.example", "issuer", "employee" },
        { "https://id.example/", "issuer", "employee" },
        { "https://ID.example", "issuer", "employee" },
        { "https://id.example", "another", "employee" },
        { "https://id.example", "issuer", null },
        { "https://id.example", "issuer", "nickname" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task The_first_authority_binds_the_store_and_no_other_is_taken(
        string issuer, string audience, string? personClaim)
    {
        var (binding, said) = (new BindAuthority(store.Authority), new Authority(issuer, audience, personClaim));
        Assert.Null(await binding.CompareAsync(said, default));
        Assert.Null(await store.Authority.ReadAsync(default));
        Assert.Null(await binding.EnterAsync(Ours, null, By("serve"), default));

        var refused = await new BindAuthority((await OpenAsync()).Authority).EnterAsync(said, null, By("x"), default);
        Assert.Equal(RejectionKind.Forbidden, refused?.Kind);
        Assert.Contains($"{Ours}", refused!.Detail, StringComparison.Ordinal);
        Assert.Contains($"{said}", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(refused.Detail, (await binding.CompareAsync(said, default))?.Detail);
        Assert.Null(await binding.EnterAsync(Ours, null, By("serve"), default));
        Assert.Equal(1, await ScalarAsync(
            "select count(*) from audit where act = 'authority-bound https://id.example'"));
    }

    [Fact]
    public async Task Of_two_that_start_at_once_one_binds_the_store()
    {
        var other = await OpenAsync();
        var refusals = await Task.WhenAll(
            Task.Run(() => new BindAuthority(store.Authority).EnterAsync(Ours, null, By("one"), default)),
            Task.Run(() => new BindAuthority(other.Authority).EnterAsync(Theirs, null, By("other"), default)));

        Assert.Single(refusals, refusal => refusal is null);
        Assert.Single(refusals, refusal => refusal?.Kind == RejectionKind.Forbidden);
    }

    [Fact]
    public async Task The_first_anchor_that_is_there_is_kept_and_no_later_one()
    {
        var binding = new BindAuthority(store.Authority);
        await binding.EnterAsync(Ours, null, By("serve"), default);
        Assert.Equal(
            RejectionKind.Forbidden, (await binding.EnterAsync(Theirs, "ab", By("thief"), default))?.Kind);
        Assert.Null((await store.Authority.ReadAsync(default))!.Anchor);
        await binding.EnterAsync(Ours, "ab", By("serve"), default);
        await binding.EnterAsync(Ours, "cd", By("serve"), default);

        Assert.Equal("ab", (await store.Authority.ReadAsync(default))!.Anchor);
    }

    [Fact]
    public async Task The_kept_anchors_statement_binds_anew_once()
    {
        var (binding, stranger) = (new BindAuthority(store.Authority), Ceremony.NewAnchor());
        using var anchor = Ceremony.NewAnchor();
        Assert.Equal(RejectionKind.Conflict, (await ApplyAsync("", anchor))?.Kind);
        await binding.EnterAsync(Ours, AuthorityStatement.AnchorOf(anchor.Der.Span), By("serve"), default);
        var bound = (await store.Authority.ReadAsync(default))!.Digest;

        Assert.Equal(RejectionKind.Forbidden, (await ApplyAsync(bound, stranger))?.Kind);
        Assert.Equal(RejectionKind.Conflict, (await ApplyAsync(new string('0', 64), anchor))?.Kind);
        foreach (var text in new[] { "", "a.b.c", anchor.Certificate.Subject })
        {
            Assert.Equal(
                RejectionKind.Forbidden, (await binding.ApplyAsync(text, By("trust-anchor"), default))?.Kind);
        }
        Assert.Null(await ApplyAsync(bound, anchor));
        Assert.Null(await binding.CompareAsync(Theirs, default));
        Assert.Equal(RejectionKind.Conflict, (await ApplyAsync(bound, anchor))?.Kind);

        Task<Rejection?> ApplyAsync(string replaces, TrustAnchor signer) => binding.ApplyAsync(
            new AuthorityStatement(replaces, Theirs, "the old one is gone").Sign(signer), By("trust-anchor"), default);
    }

    [Fact]
    public async Task Two_people_bind_the_store_to_another_provider_unless_it_was_bound_anew_meanwhile()
    {
        var binding = new BindAuthority(store.Authority);
        await binding.EnterAsync(Ours, "ab", By("serve"), default);
        var security = new Person("one", ["ministry-security"]);
        var change = new ChangeAuthority(Theirs, null, "another provider");
        Assert.Equal(
            RejectionKind.Conflict,
            (await store.Acts.RequestAsync(change with { Authority = Ours }, security, Given.Now, default))
                .Rejection?.Kind);
        var late = (await store.Acts.RequestAsync(
            change with { Anchor = "cd" }, security, Given.Now, default)).Value!;
        var asked = (await store.Acts.RequestAsync(change, security, Given.Now, default)).Value!;

        Assert.Null((await ApproveAsync(asked, Second)).Rejection);
        var bound = await store.Authority.ReadAsync(default);
        Assert.Equal((Theirs, "ab"), (bound!.Authority, bound.Anchor));
        Assert.Equal(RejectionKind.Conflict, (await ApproveAsync(late, Second)).Rejection?.Kind);
    }

    static Act By(string actor) => new(actor, Given.Now);
}
