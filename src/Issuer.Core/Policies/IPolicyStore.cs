namespace Issuer.Core.Policies;

/// <summary>Policies as versions. Safe to call concurrently; durable when it returns.</summary>
public interface IPolicyStore : ITransactions<IPolicyTransaction>
{
    /// <summary>
    /// All of them, of one moment. Kinds that this program does not know are left out: a newer program's.
    /// </summary>
    /// <exception cref="InvalidDataException">A known kind cannot be read: nothing may be decided then.</exception>
    Task<PolicyBook> ReadAsync(CancellationToken cancel);
}

/// <summary>Policies as an import reads and writes them.</summary>
public interface IPolicyRows
{
    /// <inheritdoc cref="IPolicyStore.ReadAsync"/>
    Task<PolicyBook> ReadAsync();

    /// <summary>Keeps the version, with an audit row.</summary>
    Task AddAsync(PolicyVersion version);
}

/// <summary>The same with what the noting of files asks.</summary>
public interface IPolicyTransaction : IPolicyRows
{
    Task<bool> HasCertificatesAsync();

    Task<bool> HasNotedFilesAsync();

    /// <summary>From now on files count for nothing.</summary>
    Task NoteFilesAsync();
}
