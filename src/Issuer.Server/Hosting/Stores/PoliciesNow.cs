using Issuer.Core.Certificates;
using Issuer.Core.Feedback;
using Issuer.Core.Gateway;
using Issuer.Core.Holds;
using Issuer.Core.Pki;
using Issuer.Core.Policies;
using Issuer.Core.Publication;

namespace Issuer.Server.Hosting.Stores;

/// <summary>The policies that are in force when they are asked for.</summary>
sealed class PoliciesNow(PolicySource source, TimeProvider clock)
{
    public PoliciesInForce All => At(clock.GetUtcNow());

    public CertificationPolicy Certification => All.Certification;

    public BudgetPolicy Budgets => All.Budgets;

    public ValidityPolicy Validity => All.Validity;

    public FeedbackPolicy Feedback => All.Feedback;

    public PublicationPolicy Publication => All.Publication;

    public GatewayPolicy Gateway => All.Gateway;

    public HoldPolicy Holds => All.Holds;

    public PoliciesInForce At(DateTimeOffset now) => source.At(now);

    /// <summary>The day in Vietnam.</summary>
    public DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(At(now).Validity.UtcOffset).Date);
}
