namespace Issuer.Storage.Schema;

/// <summary>
/// The store is not one that this program may work on; nothing was done to it. The message is a sentence for the
/// operator.
/// </summary>
public sealed class StoreRefusedException(string message) : Exception(message);
