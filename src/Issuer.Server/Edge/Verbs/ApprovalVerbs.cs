using System.CommandLine;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Approvals;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Verbs;

/// <summary>Four eyes at the command line: <c>approvals</c> and <c>approve</c>.</summary>
static class ApprovalVerbs
{
    const int Piece = 200;

    public static Command List() => new Command("approvals", "List requests that need a second person")
        .OnStore(Roles.MinistryOperator, writes: false, async (
            NationalClock clock, PathIds ids, IApprovalStore approvalStore, Screen screen, CancellationToken cancel) =>
        {
            var approvals = new List<ApprovalView>();
            long after = 0;
            while (await approvalStore.PageAsync(after, Piece, cancel) is { Count: > 0 } piece)
            {
                approvals.AddRange(piece.Select(approval => ApprovalView.Of(approval, ids, clock.Now)));
                after = piece[^1].Id;
            }
            screen.Finish(new { approvals }, approvals.Select(approval => (
                approval.Id,
                (object?)$"{approval.Act} of {approval.Rows} rows, {approval.State}, by {approval.RequestedBy}")));
            return Verb.Done;
        });

    public static Command Approve()
    {
        var id = new Argument<string>("ID") { Description = "As `approvals` prints it" };
        return new Command("approve", "Approve a request as the second person; it is executed at once") { id }
            .OnStoreAs("approve", async (
                ParseResult parsed, NationalClock clock, PathIds ids, TwoPersonActs acts, Person person,
                Screen screen, CancellationToken cancel) =>
            {
                if (!ids.Approvals.TryRead(parsed.GetValue(id), out var number))
                {
                    throw new RefusedException(
                        new Rejection(RejectionKind.NotFound, "there is no request with this id"));
                }
                if ((await acts.ApproveAsync(number, person, clock.Now, cancel))
                    .IsRefused(out var why, out var approval))
                {
                    throw new RefusedException(why);
                }
                var view = ApprovalView.Of(approval, ids, clock.Now);
                screen.Finish(view, ("act", view.Act), ("rows", view.Rows), ("state", view.State));
                return Verb.Done;
            });
    }
}
