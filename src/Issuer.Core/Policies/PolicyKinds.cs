using Issuer.Core.Certificates;
using Issuer.Core.Feedback;
using Issuer.Core.Gateway;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Pki;
using Issuer.Core.Publication;
using Issuer.Core.Records;

namespace Issuer.Core.Policies;

/// <summary>The closed list of what the ministry decides as data.</summary>
public static class PolicyKinds
{
    /// <summary>What may be certified, and how it is coded.</summary>
    public static PolicyKind<CertificationPolicy> Certification { get; } = new(
        "certification", CertificationMembers.Read, () => Resource("certification.json"));

    /// <summary>Which courses are believed without asking.</summary>
    public static PolicyKind<PlausibilityPolicy> Plausibility { get; } = new(
        "plausibility", PlausibilityMembers.Read, () => Resource("plausibility.json"));

    /// <summary>How long a certificate can be used, and when its successor comes.</summary>
    public static PolicyKind<ValidityPolicy> Validity { get; } = new(
        "validity", ValidityMembers.Read, () => ValidityMembers.Write(ValidityPolicy.Default));

    /// <summary>Which facilities' certificates go under a DSC of their own.</summary>
    public static PolicyKind<SigningPolicy> Signing { get; } = new(
        "signing", SigningMembers.Read, () => SigningMembers.Write(SigningPolicy.Default));

    /// <summary>How soon reports are answered, working days, and how many reports one may file.</summary>
    public static PolicyKind<FeedbackPolicy> Feedback { get; } = new(
        "feedback", FeedbackMembers.Read, () => Resource("feedback.json"));

    /// <summary>When lists are released.</summary>
    public static PolicyKind<PublicationPolicy> Publication { get; } = new(
        "publication", PublicationMembers.Read, () => PublicationMembers.Write(PublicationPolicy.Default));

    /// <summary>When what a gateway gives is taken for damage.</summary>
    public static PolicyKind<GatewayPolicy> Gateway { get; } = new(
        "gateway", GatewayMembers.Read, () => GatewayMembers.Write(GatewayPolicy.Default));

    /// <summary>How many exempt records a facility may have before a second person looks.</summary>
    public static PolicyKind<ExemptCap> ExemptCap { get; } = new(
        "exempt-cap", ExemptCapMembers.Read, () => ExemptCapMembers.Write(Identity.ExemptCap.Default));

    /// <summary>How much of what tells or takes something away one may do.</summary>
    public static PolicyKind<BudgetPolicy> Budgets { get; } = new(
        "budgets", BudgetMembers.Read, () => Resource("budgets.json"));

    /// <summary>How many doses of a product are believed.</summary>
    public static PolicyKind<StockPolicy> Stock { get; } = new(
        "stock", StockMembers.Read, () => Resource("stock.json"));

    /// <summary>What at a facility looks unlike honest work.</summary>
    public static PolicyKind<HoldPolicy> Holds { get; } = new(
        "holds", HoldMembers.Read, () => Resource("holds.json"));

    public static IReadOnlyList<PolicyKind> All { get; } =
        [
            Certification, Plausibility, Validity, Signing, Feedback, Publication, Gateway, ExemptCap, Budgets, Stock,
            Holds,
        ];

    public static string Names => string.Join(", ", All.Select(kind => kind.Name));

    /// <summary>Null when there is none of that name.</summary>
    public static PolicyKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    static string Resource(string name)
    {
        using var reader = new StreamReader(
            typeof(PolicyKinds).Assembly.GetManifestResourceStream($"policies/{name}")!);
        return reader.ReadToEnd();
    }
}
