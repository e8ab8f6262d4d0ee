using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Issuer.Verification.X509;

/// <summary>
/// The reading side of a CMS SignedData (RFC 5652, 5) over id-data with one signer and SHA-256, in the way of the EU
/// gateway (dgc-lib, <c>signing</c>). Read here, as the platform refuses PSS with another salt than the hash's length,
/// and BouncyCastle compares certificates as it would write them, not as they came. Key and algorithm are what
/// <see cref="ForeignKey"/> and <see cref="SignatureScheme"/> take.
/// </summary>
sealed class ForeignCms
{
    const string SignedDataOid = "1.2.840.113549.1.7.2";
    const string DataOid = "1.2.840.113549.1.7.1";
    const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0);

    readonly List<ReadOnlyMemory<byte>> certificates = [];
    readonly CmsSigner signer;

    /// <exception cref="AsnContentException">Not of that kind.</exception>
    public ForeignCms(ReadOnlyMemory<byte> ber)
    {
        var file = new AsnReader(ber, AsnEncodingRules.BER);
        var message = file.ReadSequence();
        Require(message.ReadObjectIdentifier() == SignedDataOid && !file.HasData);
        var fields = message.ReadSequence(Zero).ReadSequence();
        var isVersion1 = fields.TryReadInt32(out var version) && version == 1;
        var digests = fields.ReadSetOf(skipSortOrderValidation: true);
        IsPlain = isVersion1 && digests.ReadSequence().ReadObjectIdentifier() == Sha256Oid && !digests.HasData;
        var encapsulated = fields.ReadSequence();
        Require(encapsulated.ReadObjectIdentifier() == DataOid);
        Content = encapsulated.HasData ? encapsulated.ReadSequence(Zero).ReadOctetString() : null;
        if (fields.PeekTag().HasSameClassAndValue(Zero))
        {
            for (var came = fields.ReadSetOf(skipSortOrderValidation: true, Zero); came.HasData;)
            {
                certificates.Add(came.ReadEncodedValue());
            }
        }
        if (fields.PeekTag().TagClass == TagClass.ContextSpecific)
        {
            fields.ReadEncodedValue(); // revocation lists, which say nothing here
        }
        var signers = fields.ReadSetOf(skipSortOrderValidation: true);
        signer = new CmsSigner(signers.ReadEncodedValue());
        Require(!signers.HasData && !fields.HasData);
    }

    /// <summary>What was signed; null: it is elsewhere.</summary>
    public byte[]? Content { get; }

    /// <summary>Version 1 throughout, SHA-256 the only digest, nothing that is unsigned.</summary>
    public bool IsPlain { get => field && signer.IsPlain; }

    /// <summary>Whether this certificate, which must have come along byte for byte, signed this content.</summary>
    public bool IsSignedBy(ReadOnlyMemory<byte> der, ReadOnlySpan<byte> content)
    {
        if (!certificates.Exists(came => came.Span.SequenceEqual(der.Span)))
        {
            return false;
        }
        using var certificate = X509CertificateLoader.LoadCertificate(der.Span);
        return signer.Names(certificate) && signer.BytesFor(content) is { } signed
            && IssuerSignature.KeyOf(certificate) is { } key
            && key.Verifies(signer.Scheme, signed, signer.Signature);
    }

    static void Require(bool holds)
    {
        if (!holds)
        {
            throw new AsnContentException("Another kind of CMS.");
        }
    }

    /// <summary>SignerInfo (RFC 5652, 5.3), in DER.</summary>
    sealed class CmsSigner
    {
        const string RsaOid = "1.2.840.113549.1.1.1";
        const string ContentTypeOid = "1.2.840.113549.1.9.3";
        const string MessageDigestOid = "1.2.840.113549.1.9.4";

        /// <summary>Issuer and serial number, or under tag 0 the subject key identifier.</summary>
        readonly ReadOnlyMemory<byte> name;

        /// <summary>Null: the content itself is signed.</summary>
        readonly List<ReadOnlyMemory<byte>>? attributes;

        public CmsSigner(ReadOnlyMemory<byte> der)
        {
            var file = new AsnReader(der, AsnEncodingRules.DER);
            var fields = file.ReadSequence();
            var isVersion1 = fields.TryReadInt32(out var version) && version == 1;
            name = fields.ReadEncodedValue();
            var digest = fields.ReadSequence();
            Require(digest.ReadObjectIdentifier() == Sha256Oid);
            if (digest.HasData)
            {
                digest.ReadNull();
            }
            Require(!digest.HasData);
            if (fields.PeekTag().HasSameClassAndValue(Zero))
            {
                attributes = [];
                for (var each = fields.ReadSetOf(skipSortOrderValidation: true, Zero); each.HasData;)
                {
                    attributes.Add(each.ReadEncodedValue());
                }
            }
            var algorithm = fields.ReadEncodedValue();
            Signature = fields.ReadOctetString();
            IsPlain = isVersion1 && !fields.HasData;
            // By the bare name of RSA the hash is the digest's.
            Scheme = new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier() == RsaOid
                ? SignatureScheme.Pkcs1(SignatureScheme.Sha256)
                : SignatureScheme.Read(algorithm) is { Hash: SignatureScheme.Sha256 } scheme
                    ? scheme : throw new AsnContentException("Another signature algorithm.");
        }

        public SignatureScheme Scheme { get; }

        public byte[] Signature { get; }

        public bool IsPlain { get; }

        public bool Names(X509Certificate2 certificate)
        {
            var reader = new AsnReader(name, AsnEncodingRules.DER);
            if (reader.PeekTag().HasSameClassAndValue(Zero))
            {
                var identifier = reader.ReadOctetString(Zero);
                return certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any(
                    extension => extension.SubjectKeyIdentifierBytes.Span.SequenceEqual(identifier));
            }
            var fields = reader.ReadSequence();
            return fields.ReadEncodedValue().Span.SequenceEqual(certificate.IssuerName.RawData)
                && fields.ReadIntegerBytes().Span.SequenceEqual(certificate.SerialNumberBytes.Span);
        }

        /// <summary>What the signature is over (RFC 5652, 5.4); null: it is of another content.</summary>
        public byte[]? BytesFor(ReadOnlySpan<byte> content)
        {
            if (attributes is null)
            {
                return content.ToArray();
            }
            var writer = new AsnWriter(AsnEncodingRules.DER);
            writer.WriteOctetString(SHA256.HashData(content));
            if (!ValueOf(MessageDigestOid).Span.SequenceEqual(writer.Encode())
                || new AsnReader(ValueOf(ContentTypeOid), AsnEncodingRules.DER).ReadObjectIdentifier() != DataOid)
            {
                return null;
            }
            // Signed in the order of DER, in whatever order they came.
            writer.Reset();
            using (writer.PushSetOf())
            {
                attributes.ForEach(attribute => writer.WriteEncodedValue(attribute.Span));
            }
            return writer.Encode();
        }

        /// <summary>Of an attribute that must be there once, with one value.</summary>
        ReadOnlyMemory<byte> ValueOf(string oid)
        {
            var found = attributes!.Select(attribute => new AsnReader(attribute, AsnEncodingRules.DER).ReadSequence())
                .Where(attribute => attribute.ReadObjectIdentifier() == oid).ToList();
            Require(found.Count == 1);
            var values = found[0].ReadSetOf();
            var value = values.ReadEncodedValue();
            Require(!values.HasData);
            return value;
        }
    }
}
