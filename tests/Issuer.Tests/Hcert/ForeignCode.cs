using System.Formats.Cbor;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

/// <summary>Codes as others might write them, well or badly: every layer can be put together by hand.</summary>
static class ForeignCode
{
    /// <summary>CBOR without any of the checks that a writer makes.</summary>
    public static byte[] Cbor(Action<CborWriter> write)
    {
        var writer = new CborWriter(CborConformanceMode.Lax, allowMultipleRootLevelValues: true);
        write(writer);
        return writer.Encode();
    }

    /// <summary>A protected header.</summary>
    public static byte[] Header(long? algorithm = (long)CoseAlgorithm.ES256, Kid? kid = null) => Cbor(cbor =>
    {
        cbor.WriteStartMap(null);
        WriteHeaders(cbor, algorithm, kid);
        cbor.WriteEndMap();
    });

    public static void WriteHeaders(CborWriter cbor, long? algorithm, Kid? kid)
    {
        if (algorithm is { } number)
        {
            cbor.WriteInt32(1);
            cbor.WriteInt64(number);
        }
        if (kid is { } known)
        {
            cbor.WriteInt32(4);
            cbor.WriteByteString(known.ToBytes());
        }
    }

    /// <summary>A COSE_Sign1 properly signed over whatever header and payload it is given.</summary>
    public static byte[] Cose(
        HcertSample sample,
        byte[] header,
        byte[]? payload = null,
        Action<CborWriter>? unprotected = null,
        ulong[]? tags = null,
        Func<byte[], byte[]>? signature = null)
    {
        payload ??= CwtWriter.Write(HcertSample.Cwt);
        var signed = sample.Sign(CoseSign1.SignatureStructure(header, payload));
        return Cbor(cbor =>
        {
            foreach (var tag in tags ?? [18])
            {
                cbor.WriteTag((CborTag)tag);
            }
            cbor.WriteStartArray(4);
            cbor.WriteByteString(header);
            cbor.WriteStartMap(null);
            unprotected?.Invoke(cbor);
            cbor.WriteEndMap();
            cbor.WriteByteString(payload);
            cbor.WriteByteString(signature?.Invoke(signed) ?? signed);
            cbor.WriteEndArray();
        });
    }

    /// <summary>The code of a payload, properly signed.</summary>
    public static string Hc1(HcertSample sample, byte[] payload) =>
        Issuer.Hcert.Hc1.Encode(Cose(sample, Header(kid: sample.Dsc.Kid), payload));

    /// <summary>Claims around a DCC given as JSON.</summary>
    public static byte[] Claims(string dccJson, Action<CborWriter>? times = null) => Cbor(cbor =>
    {
        cbor.WriteStartMap(null);
        if (times is null)
        {
            cbor.WriteInt32(6);
            cbor.WriteInt64(HcertSample.IssuedAt.ToUnixTimeSeconds());
            cbor.WriteInt32(4);
            cbor.WriteInt64(HcertSample.ExpiresAt.ToUnixTimeSeconds());
        }
        times?.Invoke(cbor);
        cbor.WriteInt32(-260);
        cbor.WriteStartMap(1);
        cbor.WriteInt32(1);
        Assert.True(JsonTree.TryRead(dccJson, out var item, out var fault), fault);
        Write(cbor, item);
        cbor.WriteEndMap();
        cbor.WriteEndMap();
    });

    static void Write(CborWriter cbor, CborItem item)
    {
        switch (item)
        {
            case CborItem.Map map:
                cbor.WriteStartMap(map.Pairs.Length);
                foreach (var (key, value) in map.Pairs)
                {
                    Write(cbor, key);
                    Write(cbor, value);
                }
                cbor.WriteEndMap();
                break;
            case CborItem.List list:
                cbor.WriteStartArray(null);
                foreach (var element in list.Items)
                {
                    Write(cbor, element);
                }
                cbor.WriteEndArray();
                break;
            case CborItem.Text text:
                cbor.WriteTextString(text.Value);
                break;
            case CborItem.Whole whole:
                cbor.WriteInt64(whole.Value);
                break;
            case CborItem.Real real:
                cbor.WriteDouble(real.Value);
                break;
            default:
                cbor.WriteNull();
                break;
        }
    }
}
