using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Issuer.Hcert;

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
    /// <summary>
    /// Whether a subject is this person's, however a token spells it: two people whose subjects differ in capitals,
    /// width or blanks alone count as one, which refuses too much rather than too little.
    /// </summary>
    public bool IsSame(string subject) => Folded(Subject) == Folded(subject);

    static string Folded(string subject) =>
        string.Concat(CanonicalText.ToNfc(subject).Where(IsSeen).Select(Narrow)).ToUpperInvariant();

    /// <summary>The full-width forms of ASCII stand in its order.</summary>
    static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - '\uFF01' + '!') : c;

    static bool IsSeen(char c) => !char.IsWhiteSpace(c) && !char.IsControl(c)
        && char.GetUnicodeCategory(c) != UnicodeCategory.Format;
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
