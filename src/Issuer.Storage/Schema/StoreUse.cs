namespace Issuer.Storage.Schema;

/// <summary>What a program opens a store for. Neither brings a filled one forward.</summary>
public enum StoreUse
{
    /// <summary>The schema stays as it is, and an empty store is none.</summary>
    Read,

    /// <summary>An empty store is made first.</summary>
    Write,
}
