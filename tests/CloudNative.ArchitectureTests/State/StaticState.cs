using System.Collections;
using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CloudNative.ArchitectureTests.State;

/// <summary>Two hosts in one process must not meet: no static state.</summary>
internal static class StaticState
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Changeable = [typeof(List<>), typeof(HashSet<>), typeof(Queue<>), typeof(IDictionary<,>)];

    public static IEnumerable<string> Check(IEnumerable<Type> types) =>
        from type in types
        where !IsGenerated(type)
        from field in type.GetFields(Declared)
        where !field.IsLiteral && !field.IsDefined(typeof(GeneratedCodeAttribute))
        where !field.Name.StartsWith('<') || IsAutoProperty(field)
        let reason = Reason(field)
        where reason is not null && !Exceptions.Excuses(Rules.MutableStatic, $"{type.FullName}.{field.Name}")
        select $"{type.FullName}.{field.Name}: {reason}";

    private static string? Reason(FieldInfo field)
    {
        if (!field.IsInitOnly)
        {
            return "a static field that can be assigned";
        }

        var type = field.FieldType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(AsyncLocal<>))
        {
            return "a static AsyncLocal";
        }

        var isChangeable = typeof(IDictionary).IsAssignableFrom(type) || type.Name.Begins("Concurrent")
            || type.Name.Begins("ConditionalWeakTable")
            || (type.IsGenericType && Changeable.Contains(type.GetGenericTypeDefinition()));
        return isChangeable && !type.Name.Begins("Frozen") ? "a static collection that can be changed" : null;
    }

    private static bool IsAutoProperty(FieldInfo field) => field.Name.Ends(">k__BackingField");

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.IsDefined(typeof(GeneratedCodeAttribute))
        || typeof(System.Text.Json.Serialization.JsonSerializerContext).IsAssignableFrom(type)
        || (type.DeclaringType is { } outer && IsGenerated(outer))
        || type.Namespace?.Begins("CloudNative") != true;
}
