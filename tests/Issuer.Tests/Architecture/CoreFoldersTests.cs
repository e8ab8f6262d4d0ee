using System.Reflection;
using System.Reflection.Emit;
using Issuer.Core;

namespace Issuer.Tests.Architecture;

/// <summary>
/// No two features of Core need each other (design.md section 3), read from what was compiled: signatures, fields,
/// attributes and every instruction. A folder is a namespace; what lies in none of them is everybody's.
/// </summary>
public class CoreFoldersTests
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>They end when the formats of what is published leave Core for a project of their own.</summary>
    static readonly (string Feature, string Needed)[] Leaving =
        [("Gateway", "TrustLists"), ("Publication", "TrustLists"), ("Revocation", "TrustLists")];

    static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => unchecked((ushort)code.Value));

    [Fact]
    public void No_two_features_need_each_other()
    {
        var needs = Needs();

        Assert.Empty(
            from one in needs.Keys
            from other in needs[one]
            where string.CompareOrdinal(one, other) < 0 && needs.GetValueOrDefault(other)?.Contains(one) == true
            select $"{one} and {other}");
    }

    [Fact]
    public void Nor_do_more_of_them_in_a_ring()
    {
        var needs = Needs().ToDictionary(pair => pair.Key, pair => pair.Value.ToHashSet());
        while (needs.FirstOrDefault(pair => pair.Value.Count == 0).Key is { } settled)
        {
            needs.Remove(settled);
            foreach (var others in needs.Values)
            {
                others.Remove(settled);
            }
        }
        Assert.Empty(needs.Keys);
    }

    [Theory]
    [InlineData("Certificates", "Records")]
    [InlineData("Approvals", "Revocation")]
    [InlineData("Identity", "Records")]
    public void What_they_do_need_is_seen(string feature, string other) => Assert.Contains(other, Needs()[feature]);

    static Dictionary<string, HashSet<string>> Needs()
    {
        var needs = new Dictionary<string, HashSet<string>>();
        foreach (var type in typeof(Act).Assembly.GetTypes())
        {
            if (FolderOf(type) is { } folder)
            {
                needs.TryAdd(folder, []);
                needs[folder].UnionWith(UsedBy(type).SelectMany(Parts).Select(FolderOf).OfType<string>()
                    .Where(other => other != folder && !Leaving.Contains((folder, other))));
            }
        }
        return needs;
    }

    static string? FolderOf(Type type)
    {
        const string core = "Issuer.Core.";
        return type.Assembly == typeof(Act).Assembly && type.Namespace?.StartsWith(core, StringComparison.Ordinal) == true
            ? type.Namespace[core.Length..].Split('.')[0]
            : null;
    }

    /// <summary>A generic type, an array and a reference stand for what they are of, too.</summary>
    static IEnumerable<Type> Parts(Type type) =>
    [
        type, .. type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts) : [],
        .. type.HasElementType ? Parts(type.GetElementType()!) : [],
    ];

    static IEnumerable<Type> UsedBy(Type type) =>
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
