using System.Security.Cryptography;
using System.Text;

namespace Issuer.Core.Approvals;

/// <summary>Stored by number: only append.</summary>
public enum ApprovalState
{
    Requested = 0,
    Executed = 1,

    /// <summary>By somebody who could have approved it.</summary>
    Rejected = 2,

    /// <summary>By whoever asked.</summary>
    Cancelled = 3,

    Expired = 4,
}

/// <summary>Somebody with a token: its <c>sub</c> and its roles, as they are when it is shown.</summary>
public sealed record Person(string Subject, IReadOnlyCollection<string> Roles)
{
    /// <summary>The province that the token names; null: none.</summary>
    public string? Province { get; init; }

    /// <summary>The facility that the token names; null: none.</summary>
    public string? Facility { get; init; }

    /// <inheritdoc cref="Subjects.AreOne"/>
    public bool IsSame(string subject) => Subjects.AreOne(Subject, subject);
}

/// <summary>
/// The rows an act works on, a line each, with everything about them that must not change between request and yes.
/// </summary>
public sealed record MaterialisedSet(IReadOnlyList<string> Lines)
{
    public string Text => string.Join('\n', Lines);

    public static MaterialisedSet Parse(string text) => new(text.Split('\n'));
}

/// <summary>A request for an act that takes two people, and what became of it.</summary>
/// <param name="Set">What it acts on, as it was when it was asked for.</param>
/// <param name="Digest">Of command and set, from when it was asked for.</param>
/// <param name="DecidedBy">Null while nobody has answered.</param>
public sealed record Approval(
    long Id, TwoPersonCommand Command, MaterialisedSet Set, byte[] Digest, string RequestedBy,
    DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, ApprovalState State, string? DecidedBy,
    DateTimeOffset? DecidedAt)
{
    public ApprovalRule Rule => ApprovalRule.Of(Command);

    public ApprovalState StateAt(DateTimeOffset now) =>
        State == ApprovalState.Requested && now >= ExpiresAt ? ApprovalState.Expired : State;

    public bool IsOf(MaterialisedSet set) => Digest.AsSpan().SequenceEqual(DigestOf(Command, set));

    public static byte[] DigestOf(TwoPersonCommand command, MaterialisedSet set) => SHA256.HashData(
        Encoding.UTF8.GetBytes($"{ApprovalRule.Of(command).Act}\n{command.Canonical()}\n{set.Text}"));
}
