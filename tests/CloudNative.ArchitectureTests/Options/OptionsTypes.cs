using System.Reflection;

namespace CloudNative.ArchitectureTests.Options;

/// <summary>Finds options classes and the configuration keys they bind.</summary>
internal static class OptionsTypes
{
    private static readonly Type[] Scalars = [typeof(string), typeof(TimeSpan), typeof(Uri), typeof(decimal)];

    /// <summary>Public classes named XxxOptions that say which section they bind.</summary>
    public static IEnumerable<Type> Of(Assembly assembly) =>
        assembly.GetExportedTypes().Where(type => type.Name.Ends("Options") && SectionOf(type) is not null);

    public static string? SectionOf(Type type) =>
        type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string;

    /// <summary>The keys below the section, nested classes unfolded: <c>Advertise:Host</c>.</summary>
    public static IEnumerable<string> Keys(Type type, string prefix = "")
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var isNested = property.PropertyType.Assembly == type.Assembly && property.PropertyType.IsClass;
            if (isNested)
            {
                foreach (var key in Keys(property.PropertyType, $"{prefix}{property.Name}:"))
                {
                    yield return key;
                }
            }
            else if (IsBindable(property))
            {
                yield return prefix + property.Name;
            }
        }
    }

    /// <summary>Delegates and services are set in code only.</summary>
    private static bool IsBindable(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var isCollection = type.IsGenericType && type.GetInterfaces().Contains(typeof(System.Collections.IEnumerable));
        var isScalar = type.IsPrimitive || type.IsEnum || Scalars.Contains(type);
        return property.SetMethod is { IsPublic: true } ? isScalar || isCollection || type.IsArray : isCollection;
    }
}
