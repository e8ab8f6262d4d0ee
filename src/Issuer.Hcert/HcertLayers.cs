namespace Issuer.Hcert;

/// <summary>
/// How far a code could be read: each layer is null when it or one outside it failed, and then there is a fault.
/// </summary>
sealed record HcertLayers(
    CoseSign1Message? Message, CborItem.Map? Claims, CborItem.Map? Dcc, DecodedHcert? Hcert, DecodeFault? Fault)
{
    // NumericDate of 9999-12-31T23:59:59Z: the last second a DateTimeOffset can say.
    const long LastSecond = 253_402_300_799;

    /// <summary>Reads the text of a code.</summary>
    public static HcertLayers Read(string hc1) =>
        Hc1.TryDecode(hc1, out var cose, out var fault) ? ReadCose(cose) : new(null, null, null, null, fault);

    /// <summary>Reads a COSE_Sign1.</summary>
    public static HcertLayers ReadCose(ReadOnlyMemory<byte> cose)
    {
        var layers = new HcertLayers(null, null, null, null, null);
        if (!CoseSign1Message.TryRead(cose, out var message, out var why))
        {
            return layers.Stop(DecodeLayer.Cose, why);
        }
        layers = layers with { Message = message };
        if (!CborTree.TryRead(message.Payload, out var payload, out why))
        {
            return layers.Stop(DecodeLayer.Cwt, why);
        }
        if (payload.Untagged is not CborItem.Map claims)
        {
            return layers.Stop(DecodeLayer.Cwt, "the payload is not a claims set");
        }
        layers = layers with { Claims = claims };
        if (DccOf(claims) is not { } dccMap)
        {
            return layers.Stop(DecodeLayer.Cwt, "no EU DCC among the claims");
        }
        return (layers with { Dcc = dccMap }).Finish(message, claims, dccMap);
    }

    /// <summary>All layers of a code that could be read.</summary>
    public static HcertLayers OfHcert(DecodedHcert hcert) =>
        new(hcert.Message, hcert.Claims, DccOf(hcert.Claims), hcert, null);

    HcertLayers Finish(CoseSign1Message message, CborItem.Map claims, CborItem.Map dccMap)
    {
        if (message.Algorithm is not { } algorithm)
        {
            return Stop(DecodeLayer.Cose, "the protected header names neither ES256 nor PS256");
        }
        if (algorithm == CoseAlgorithm.ES256 && message.Signature.Length != CoseSign1.Es256SignatureLength)
        {
            return Stop(DecodeLayer.Cose, "an ES256 signature has 64 bytes");
        }
        if (!TryGetTime(claims, CwtClaim.IssuedAt, out var issuedAt)
            || !TryGetTime(claims, CwtClaim.ExpiresAt, out var expiresAt))
        {
            return Stop(DecodeLayer.Cwt, "iat or exp is not a time");
        }
        if (!DccReader.TryRead(dccMap, out var dcc, out var why))
        {
            return Stop(DecodeLayer.Schema, why);
        }
        var issuer = claims.TryGet(CwtClaim.Issuer, out var item) && item is CborItem.Text text ? text.Value : null;
        var hcert = new DecodedHcert(message, claims, dcc)
        {
            Algorithm = algorithm,
            Issuer = issuer?.Trim(),
            IssuedAt = issuedAt,
            ExpiresAt = expiresAt,
        };
        return this with { Hcert = hcert };
    }

    static CborItem.Map? DccOf(CborItem.Map claims) =>
        claims.TryGet(CwtClaim.Hcert, out var item) && item is CborItem.Map hcert
            && hcert.TryGet(CwtClaim.EuDccV1, out var dcc) ? dcc as CborItem.Map : null;

    HcertLayers Stop(DecodeLayer layer, string why) => this with { Fault = new DecodeFault(layer, why) };

    // True with null when the claim is absent.
    static bool TryGetTime(CborItem.Map claims, int claim, out DateTimeOffset? time)
    {
        time = null;
        if (!claims.TryGet(claim, out var item) || item is CborItem.Null)
        {
            return true;
        }
        if (!TryReadTime(item, out var found))
        {
            return false;
        }
        time = found;
        return true;
    }

    /// <summary>Reads a NumericDate: an integer by the standard; floats are seen too and lose their fraction.</summary>
    public static bool TryReadTime(CborItem item, out DateTimeOffset time)
    {
        var seconds = item.Untagged switch
        {
            CborItem.Whole whole => whole.Value,
            CborItem.Real { Value: >= 0 and <= LastSecond } real => (long)real.Value,
            _ => -1,
        };
        var inRange = seconds is >= 0 and <= LastSecond;
        time = inRange ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return inRange;
    }
}
