using System.Security.Cryptography;
using System.Text;
using Issuer.Core.Records;

namespace Issuer.Core.Feedback;

/// <summary>What a citizen says is missing or wrong. Stored by number: only append.</summary>
public enum ReportKind
{
    DoseMissing = 0,
    WrongName = 1,
    WrongBirthDate = 2,
    WrongSex = 3,
    WrongNumber = 4,
    WrongProduct = 5,
    WrongLot = 6,
    WrongDate = 7,
    WrongDoseNumber = 8,

    /// <summary>A dose that the person never got.</summary>
    NotMine = 9,
    Duplicate = 10,
    Other = 11,
}

/// <summary>Stored by number: only append.</summary>
public enum ReportState
{
    Open = 0,
    Accepted = 1,
    Refused = 2,

    /// <summary>Open past its deadline. Never stored: the clock tells, no job has to run.</summary>
    Escalated = 3,
}

/// <summary>What was said, checked: text in NFC, product as its EU code.</summary>
/// <param name="Facility">The one that gave the dose, as the citizen says.</param>
/// <param name="FullName">As it should be, so that the facility finds the person among its papers.</param>
/// <param name="Product">Empty when not said, like <paramref name="Lot"/>.</param>
/// <param name="Evidence">What it rests on: the number of a slip or paper certificate.</param>
public sealed record ReportClaim(
    ReportKind Kind, string Facility, string FullName, PartialDate DateOfBirth, string Product, string Lot,
    DateOnly? VaccinatedOn, string Evidence, string Words)
{
    /// <summary>Two reports with one digest say the same of one person.</summary>
    public byte[] DigestOf(string document) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f',
        document, Kind, Facility, FullName, DateOfBirth, Product, Lot, VaccinatedOn?.DayNumber, Evidence, Words)));
}

/// <summary>Who says it, and about whom.</summary>
/// <param name="Key">Whose list it stands on: a citizen's document, or <c>desk:</c> and the desk person.</param>
/// <param name="Document">The <see cref="Identity.DocumentKey"/> of the person it is about.</param>
/// <param name="RecordedNumber">The number that the record may sit under.</param>
/// <param name="DailyCap">How many reports this filer may file a day.</param>
public sealed record Filer(string Key, string Document, string RecordedNumber, long DailyCap);

/// <summary>Yes or no.</summary>
/// <param name="Reason">A code of <see cref="RefusalReasons"/>; null: accepted.</param>
/// <param name="Note">For the citizen to read; may be empty.</param>
/// <param name="RecordId">The facility's record that is right now, or will be; null: none is named.</param>
public sealed record ReportAnswer(string? Reason, string Note, long? RecordId)
{
    public ReportState State => Reason is null ? ReportState.Accepted : ReportState.Refused;
}

/// <summary>A report and what became of it.</summary>
/// <param name="Facility">Who answers; need not be the one the citizen named.</param>
/// <param name="Province">The facility's as it was registered; null: it has none.</param>
/// <param name="RecordId">The record it is about, where one could be told.</param>
/// <param name="Answer">Null while nobody has answered.</param>
/// <param name="CertifiedAt">When a certificate of the answered record's person followed; null: none did.</param>
public sealed record Report(
    long Id, long Version, string Filer, string Document, ReportClaim Claim, string Facility, string? Province,
    long? RecordId, DateTimeOffset FiledAt, DateTimeOffset DueAt, ReportAnswer? Answer, DateTimeOffset? AnsweredAt,
    DateTimeOffset? CertifiedAt)
{
    public ReportState StateAt(DateTimeOffset now) =>
        Answer?.State ?? (now < DueAt ? ReportState.Open : ReportState.Escalated);
}
