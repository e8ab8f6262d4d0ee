using System.Text;

namespace Issuer.Core.Policies;

/// <summary>One of the things the ministry decides as data. The closed list is <see cref="PolicyKinds"/>.</summary>
public abstract class PolicyKind
{
    readonly Lazy<PolicyDocument> shipped;

    /// <param name="shipped">The document that comes with the program.</param>
    private protected PolicyKind(string name, Func<string> shipped)
    {
        Name = name;
        this.shipped = new Lazy<PolicyDocument>(() => PolicyDocument.Trusted(Encoding.UTF8.GetBytes(shipped())));
    }

    /// <summary>As documents, the store and the command line spell it.</summary>
    public string Name { get; }

    /// <summary>Holds as long as nothing else was imported.</summary>
    public PolicyDocument Shipped => shipped.Value;

    internal abstract object Read(PolicyFields fields, DateOnly validFrom);
}

/// <inheritdoc/>
/// <typeparam name="T">What decisions take.</typeparam>
public sealed class PolicyKind<T> : PolicyKind
    where T : class
{
    readonly Func<PolicyFields, DateOnly, T> read;

    internal PolicyKind(string name, Func<PolicyFields, DateOnly, T> read, Func<string> shipped)
        : base(name, shipped) => this.read = read;

    internal override object Read(PolicyFields fields, DateOnly validFrom) => read(fields, validFrom);
}
