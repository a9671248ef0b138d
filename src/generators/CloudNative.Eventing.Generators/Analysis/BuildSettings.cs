using Microsoft.CodeAnalysis.Diagnostics;

namespace CloudNative.Eventing.Generators.Analysis;

/// <summary>What the project says of itself; the package's buildTransitive targets let the compiler see it.</summary>
internal static class BuildSettings
{
    private static readonly string[] WithoutReflection = ["PublishAot", "PublishTrimmed", "IsAotCompatible"];

    /// <summary>Whether JSON may be written by reflection where the app runs.</summary>
    public static bool MayReflectJson(AnalyzerConfigOptions options) =>
        Read(options, "JsonSerializerIsReflectionEnabledByDefault") switch
        {
            true => true,
            false => false,
            null => !WithoutReflection.Any(name => Read(options, name) == true),
        };

    private static bool? Read(AnalyzerConfigOptions options, string property) =>
        options.TryGetValue("build_property." + property, out var text) && bool.TryParse(text, out var value) ? value : null;
}
