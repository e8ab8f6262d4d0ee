using Issuer.Core.Certificates;
using Issuer.Core.Feedback;
using Issuer.Core.Gateway;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Pki;
using Issuer.Core.Publication;

namespace Issuer.Core.Policies;

/// <summary>What the ministry has decided, as of one day.</summary>
public sealed record PoliciesInForce(
    CertificationPolicy Certification, ValidityPolicy Validity, SigningPolicy Signing, FeedbackPolicy Feedback,
    PublicationPolicy Publication, GatewayPolicy Gateway, ExemptCap ExemptCap,
    BudgetPolicy Budgets, StockPolicy Stock, HoldPolicy Holds);
