namespace Issuer.Storage.Pki;

/// <summary>A key or certificate file that is missing, broken, in the way or not to be used here; says which.</summary>
public sealed class KeyRefusedException : Exception
{
    public KeyRefusedException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
