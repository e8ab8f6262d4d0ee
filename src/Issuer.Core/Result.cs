using System.Diagnostics.CodeAnalysis;

namespace Issuer.Core;

/// <summary>A value, or the refusal in its place.</summary>
public readonly record struct Result<T>
    where T : class
{
    public Result(T value) => Value = value;

    public Result(Rejection rejection) => Rejection = rejection;

    public T? Value { get; }

    public Rejection? Rejection { get; }

    public static implicit operator Result<T>(T value) => new(value);

    public static implicit operator Result<T>(Rejection rejection) => new(rejection);

    public bool IsRefused([NotNullWhen(true)] out Rejection? rejection, [NotNullWhen(false)] out T? value)
    {
        rejection = Rejection;
        value = Value;
        return rejection is not null;
    }
}
