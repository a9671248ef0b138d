using System.Text.Json;

namespace CloudNative.Local.Building;

/// <summary>Reads what a program runs on from the <c>.runtimeconfig.json</c> beside it.</summary>
internal static class RuntimeConfig
{
    /// <summary>The program, or null when the assembly is a library.</summary>
    public static ServiceProgram? Read(string dll)
    {
        var file = Path.ChangeExtension(dll, ".runtimeconfig.json");
        if (!File.Exists(dll) || !File.Exists(file))
        {
            return null;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        if (!document.RootElement.TryGetProperty("runtimeOptions", out var options))
        {
            return null;
        }

        var frameworks = Frameworks(options).ToList();
        return new ServiceProgram(dll, frameworks.Contains("Microsoft.AspNetCore.App"), TakesHook(options));
    }

    // "framework" for one, "frameworks" for several, "includedFrameworks" for a self-contained program.
    private static IEnumerable<string?> Frameworks(JsonElement options)
    {
        if (options.TryGetProperty("framework", out var one))
        {
            yield return Name(one);
        }

        foreach (var key in (string[])["frameworks", "includedFrameworks"])
        {
            if (options.TryGetProperty(key, out var several))
            {
                foreach (var framework in several.EnumerateArray())
                {
                    yield return Name(framework);
                }
            }
        }
    }

    private static string? Name(JsonElement framework) =>
        framework.TryGetProperty("name", out var name) ? name.GetString() : null;

    // The hook is this assembly; an older runtime cannot load it, and would refuse to start.
    private static bool TakesHook(JsonElement options) =>
        options.TryGetProperty("tfm", out var tfm)
        && tfm.GetString() is ['n', 'e', 't', .. var version]
        && Version.TryParse(version.Split('-')[0], out var parsed)
        && parsed.Major >= Environment.Version.Major;
}
