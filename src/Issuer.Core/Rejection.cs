using Issuer.Core.Records;

namespace Issuer.Core;

/// <summary>Why a caller is refused: the closed list, mapped once to HTTP, gRPC and exit codes.</summary>
public enum RejectionKind
{
    /// <summary>The bytes are not what the interface takes (wrong encoding, broken JSON, missing column).</summary>
    Malformed,

    /// <summary>Understood, but it breaks a rule; the faults say which and where.</summary>
    Invalid,

    /// <summary>No or no acceptable identity.</summary>
    Unauthenticated,

    /// <summary>Known, but may not do this.</summary>
    Forbidden,

    /// <summary>Not there, or not for this caller: the two are not told apart.</summary>
    NotFound,

    /// <summary>Contradicts what is stored (known reference, wrong version, same key with another body).</summary>
    Conflict,

    /// <summary>It was there for this caller and is no more, for good (a revoked certificate's picture).</summary>
    Gone,

    /// <summary>Too large, too many or too deep.</summary>
    TooLarge,

    /// <summary>More of it today than one person may do.</summary>
    TooOften,

    /// <summary>Cannot be done now (no DSC outlives exp, another job holds the lock); later it may.</summary>
    Unavailable,

    /// <summary>The store's disk is full; somebody must make room before it can be done.</summary>
    NoRoom,
}

/// <summary>A refusal the caller can act on. An exception is something else: a bug or a broken dependency.</summary>
public sealed record Rejection(RejectionKind Kind, string Detail, IReadOnlyList<Fault> Faults)
{
    public Rejection(RejectionKind kind, string detail)
        : this(kind, detail, [])
    {
    }

    /// <summary>Only what refuses: a warning beside it would be corrected in vain.</summary>
    public IReadOnlyList<Fault> Faults { get; } = [.. Faults.Where(fault => !fault.IsWarning)];

    public override string ToString() =>
        Faults.Count == 0 ? Detail : $"{Detail}: {string.Join("; ", Faults.Select(f => f.ToString()))}";
}
