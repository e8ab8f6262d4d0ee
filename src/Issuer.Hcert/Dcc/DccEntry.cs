namespace Issuer.Hcert;

/// <summary>What a DCC states about its holder; the fields that all three kinds share (eu-dcc-schema 1.3.0).</summary>
public abstract record DccEntry
{
    /// <summary>The only disease of the value set: COVID-19 (SNOMED CT).</summary>
    public const string Covid19 = "840539006";

    /// <summary><c>tg</c>: disease or agent targeted.</summary>
    public required string Disease { get; init; }

    /// <summary><c>co</c>: country of the vaccination or test, ISO 3166-1 alpha-2 where possible.</summary>
    public required string Country { get; init; }

    /// <summary><c>is</c>: who issued the certificate, at most 80 characters.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>ci</c>: the UVCI as it stands, at most 80 characters; of other issuers in any form.</summary>
    public required string CertificateIdentifier { get; init; }
}

/// <summary>One dose: <c>v</c>.</summary>
public sealed record VaccinationEntry : DccEntry
{
    /// <summary><c>vp</c>: vaccine or prophylaxis (value set sct-vaccines-covid-19).</summary>
    public required string Prophylaxis { get; init; }

    /// <summary><c>mp</c>: medicinal product (value set vaccines-covid-19-names).</summary>
    public required string Product { get; init; }

    /// <summary><c>ma</c>: marketing authorisation holder (value set vaccines-covid-19-auth-holders).</summary>
    public required string Holder { get; init; }

    /// <summary><c>dn</c>: number of this dose, from 1.</summary>
    public required int DoseNumber { get; init; }

    /// <summary><c>sd</c>: doses in the series, from 1; smaller than the number for a booster after one dose.</summary>
    public required int SeriesDoses { get; init; }

    /// <summary><c>dt</c>: day of the vaccination.</summary>
    public required DateOnly Date { get; init; }
}

/// <summary>One test: <c>t</c>. Read and verified, never written.</summary>
public sealed record TestEntry : DccEntry
{
    /// <summary><c>tt</c>: type of test (value set covid-19-lab-test-type).</summary>
    public required string TestType { get; init; }

    /// <summary><c>nm</c>: name of a nucleic acid test; null when absent.</summary>
    public string? TestName { get; init; }

    /// <summary><c>ma</c>: device of a rapid test; null when absent.</summary>
    public string? Device { get; init; }

    /// <summary><c>sc</c>: when the sample was taken; UTC is taken where no offset is given.</summary>
    public required DateTimeOffset SampledAt { get; init; }

    /// <summary><c>tr</c>: result (value set covid-19-lab-result).</summary>
    public required string Result { get; init; }

    /// <summary><c>tc</c>: testing centre; null when absent.</summary>
    public string? Centre { get; init; }
}

/// <summary>One recovery: <c>r</c>. Read and verified, never written.</summary>
public sealed record RecoveryEntry : DccEntry
{
    /// <summary><c>fr</c>: day of the first positive result.</summary>
    public required DateOnly FirstPositive { get; init; }

    /// <summary><c>df</c>: first day of validity.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary><c>du</c>: last day of validity.</summary>
    public required DateOnly ValidUntil { get; init; }
}
