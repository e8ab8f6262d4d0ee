using System.Formats.Asn1;
using System.Numerics;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;

namespace Issuer.Verification.X509;

/// <summary>
/// The curves that are believed (RFC 5480; RFC 5639), by name or, as some countries write their keys, spelled out in
/// full (SEC 1, C.2: SpecifiedECDomain). Spelled-out numbers are compared with the known ones and never computed with:
/// whoever chooses the base point can forge signatures of any key, and whoever chooses the field, endless work.
/// </summary>
static class KnownCurve
{
    const string PrimeFieldOid = "1.2.840.10045.1.1";

    static readonly (X9ECParameters Curve, string Oid)[] All =
    [
        .. new[]
        {
            "1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35", // P-256, P-384, P-521
            "1.3.36.3.3.2.8.1.1.7", "1.3.36.3.3.2.8.1.1.11", "1.3.36.3.3.2.8.1.1.13", // brainpoolP256r1, 384, 512
        }.Select(oid => (ECNamedCurveTable.GetByOid(new DerObjectIdentifier(oid))!, oid)),
    ];

    /// <summary>Null when it is none of them.</summary>
    /// <param name="parameters">Of the key's algorithm identifier.</param>
    /// <exception cref="AsnContentException">Neither a name nor a curve.</exception>
    public static X9ECParameters? Of(ReadOnlyMemory<byte> parameters)
    {
        var reader = new AsnReader(parameters, AsnEncodingRules.DER);
        if (reader.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
        {
            var named = reader.ReadObjectIdentifier();
            return Fast(All.FirstOrDefault(known => known.Oid == named));
        }
        var domain = reader.ReadSequence();
        domain.ReadInteger(); // version
        var field = domain.ReadSequence();
        if (field.ReadObjectIdentifier() != PrimeFieldOid)
        {
            return null;
        }
        var prime = field.ReadInteger();
        var coefficients = domain.ReadSequence();
        var a = Number(coefficients.ReadOctetString());
        var b = Number(coefficients.ReadOctetString());
        var generator = domain.ReadOctetString();
        var order = domain.ReadInteger();
        var cofactor = domain.HasData && domain.PeekTag().HasSameClassAndValue(Asn1Tag.Integer)
            ? domain.ReadInteger() : BigInteger.One;
        return Fast(All.FirstOrDefault(known =>
            Number(known.Curve.Curve.Field.Characteristic) == prime
            && Number(known.Curve.Curve.A.ToBigInteger()) == a && Number(known.Curve.Curve.B.ToBigInteger()) == b
            && Number(known.Curve.N) == order && cofactor == BigInteger.One
            && (generator.AsSpan().SequenceEqual(known.Curve.G.GetEncoded(compressed: false))
                || generator.AsSpan().SequenceEqual(known.Curve.G.GetEncoded(compressed: true)))));
    }

    /// <summary>The same curve with arithmetic of its own, where the library has it.</summary>
    static X9ECParameters? Fast((X9ECParameters? Curve, string? Oid) known) => known.Oid is null
        ? null
        : CustomNamedCurves.GetByOid(new DerObjectIdentifier(known.Oid)) ?? known.Curve;

    static BigInteger Number(byte[] bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    static BigInteger Number(Org.BouncyCastle.Math.BigInteger number) => Number(number.ToByteArrayUnsigned());
}
