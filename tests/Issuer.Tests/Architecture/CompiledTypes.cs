using System.Reflection;
using System.Reflection.Emit;

namespace Issuer.Tests.Architecture;

/// <summary>
/// What a type needs, read from what was compiled: signatures, fields and every instruction. And which folders need
/// each other, however they are told from types.
/// </summary>
static class CompiledTypes
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => unchecked((ushort)code.Value));

    public static IEnumerable<Type> UsedBy(Type type) => Named(type).SelectMany(Parts);

    /// <param name="folderOf">Null: it belongs to none.</param>
    public static Dictionary<string, HashSet<string>> Needs(Assembly assembly, Func<Type, string?> folderOf)
    {
        var needs = new Dictionary<string, HashSet<string>>();
        foreach (var type in assembly.GetTypes())
        {
            if (folderOf(type) is { } folder)
            {
                needs.TryAdd(folder, []);
                needs[folder].UnionWith(
                    UsedBy(type).Select(folderOf).OfType<string>().Where(other => other != folder));
            }
        }
        return needs;
    }

    /// <summary>Pairs that need each other.</summary>
    public static IEnumerable<string> Mutual(Dictionary<string, HashSet<string>> needs) =>
        from one in needs.Keys
        from other in needs[one]
        where string.CompareOrdinal(one, other) < 0 && needs.GetValueOrDefault(other)?.Contains(one) == true
        select $"{one} and {other}";

    /// <summary>
    /// What is left when folders that need nothing more are taken away: the rings, and what needs them.
    /// </summary>
    public static IEnumerable<string> InRings(Dictionary<string, HashSet<string>> all)
    {
        var needs = all.ToDictionary(pair => pair.Key, pair => pair.Value.ToHashSet());
        while (needs.FirstOrDefault(pair => pair.Value.Count == 0).Key is { } settled)
        {
            needs.Remove(settled);
            foreach (var others in needs.Values)
            {
                others.Remove(settled);
            }
        }
        return needs.Keys;
    }

    /// <summary>A generic type, an array and a reference stand for what they are of, too.</summary>
    static IEnumerable<Type> Parts(Type type) =>
    [
        type, .. type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts) : [],
        .. type.HasElementType ? Parts(type.GetElementType()!) : [],
    ];

    static IEnumerable<Type> Named(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Array.Empty<Type>(), .. type.GetInterfaces(),
        .. type.GetFields(Declared).Select(field => field.FieldType),
        .. type.GetProperties(Declared).Select(property => property.PropertyType),
        .. type.GetMethods(Declared).Select(method => method.ReturnType),
        .. type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
            .SelectMany(method => method.GetParameters().Select(p => p.ParameterType).Concat(Body(method))),
    ];

    static IEnumerable<Type> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return [];
        }
        return body.LocalVariables.Select(local => local.LocalType)
            .Concat(Tokens(body.GetILAsByteArray()!).SelectMany(token => Resolve(method, token)));
    }

    static IEnumerable<Type> Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod) switch
        {
            Type type => [type],
            MethodInfo called => [called.DeclaringType!, called.ReturnType, .. called.GetGenericArguments()],
            { DeclaringType: { } owner } => [owner],
            _ => [],
        };
    }

    /// <summary>The operands that name a type, a method or a field.</summary>
    static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? OpCodesByValue[(ushort)((il[at] << 8) | il[at + 1])] : OpCodesByValue[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineField
                or OperandType.InlineTok)
            {
                yield return BitConverter.ToInt32(il, at);
            }
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }
}
