using System.Reflection;
using CloudNative.PostgreSql;

[assembly: AssemblyMetadata("CloudNative.Provider", PostgreSqlProvider.Name)]

namespace CloudNative.PostgreSql;

/// <summary>The provider's name, as it stands in configuration and as the key of its services.</summary>
public static class PostgreSqlProvider
{
    /// <summary>
    /// Used as <c>CloudNative:Eventing:Provider</c>, and as the key under which a data source of your own is looked for first.
    /// </summary>
    public const string Name = "postgresql";
}
