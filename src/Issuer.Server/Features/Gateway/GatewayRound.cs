using Issuer.Core;
using Issuer.Core.Gateway;

namespace Issuer.Server.Features.Gateway;

/// <summary>Something that did not go through; the next round tries it again.</summary>
sealed record GatewayFailure(string What, string Why);

/// <summary>One round's connection, whose signature it brings, and what it has come to.</summary>
sealed record GatewayVisit(GatewayClient Client, UploadCertificate Own, GatewayRound Round);

/// <summary>What one round did, and everything it did not.</summary>
sealed class GatewayRound
{
    public int DscsUploaded { get; set; }

    public int DscsWithdrawn { get; set; }

    public int BatchesUploaded { get; set; }

    public int BatchesDeleted { get; set; }

    /// <summary>Foreign DSCs that are believed now.</summary>
    public int ForeignDscs { get; set; }

    public int ForeignBatchesTaken { get; set; }

    public int ForeignBatchesRemoved { get; set; }

    public List<GatewayFailure> Failed { get; } = [];

    public List<Disbelieved> Disbelieved { get; } = [];

    /// <summary>What would have damaged a good set.</summary>
    public List<string> Refused { get; } = [];

    public bool IsGood => Failed.Count == 0 && Refused.Count == 0;

    public void Fail(string what, GatewayAnswer answer) => Failed.Add(new GatewayFailure(what, answer.Why));

    public void Refuse(Rejection why) => Refused.Add(why.ToString());
}
