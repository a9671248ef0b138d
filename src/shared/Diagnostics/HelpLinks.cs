using System.Reflection;

namespace CloudNative.Diagnostics;

/// <summary>
/// The page of a diagnostic, in the repository that this assembly was built from when the build knew its address.
/// </summary>
internal static class HelpLinks
{
    public static string For(string id)
    {
        var page = $"docs/errors/{id}.md";
        var repository = typeof(HelpLinks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == "RepositoryUrl")?.Value;
        return string.IsNullOrEmpty(repository) ? page : $"{repository!.TrimEnd('/')}/blob/main/{page}";
    }
}
