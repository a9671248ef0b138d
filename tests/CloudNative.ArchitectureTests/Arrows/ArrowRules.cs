namespace CloudNative.ArchitectureTests.Arrows;

/// <summary>Which package may know of which: core ← features ← sdk, core ← providers, and the few arrows beside them.</summary>
internal static class ArrowRules
{
    private const string AspNetCore = "Microsoft.AspNetCore.App";

    /// <summary>Every arrow that the groups do not allow by themselves.</summary>
    private static readonly (string From, string To)[] Allowed =
    [
        ("CloudNative.Http", "CloudNative.Discovery"),
        ("CloudNative.Grpc", "CloudNative.Discovery"),
        ("CloudNative.Grpc", "CloudNative.Http"),
        ("CloudNative.Grpc.AspNetCore", "CloudNative.Health"),
        ("CloudNative.Gateway", "CloudNative.Discovery"),
        ("CloudNative.Gateway", "CloudNative.Http"),
        ("CloudNative.Hosting", "CloudNative.Embedded"),
    ];

    /// <summary>A worker runs on the plain runtime image, so nobody else brings the web framework in; a test server may.</summary>
    public static readonly string[] MayUseAspNetCore =
        ["CloudNative.Sdk", "CloudNative.Gateway", "CloudNative.Grpc.AspNetCore", "CloudNative.Testing.Kubernetes"];

    /// <summary>The groups a group may point to.</summary>
    private static readonly Dictionary<string, string[]> Groups = new()
    {
        ["core"] = [],
        ["features"] = ["core"],
        ["providers"] = ["core"],
        ["sdk"] = ["core", "features", "sdk"],
        ["delivery"] = ["core", "delivery"],
        ["testing"] = ["core", "testing"],
    };

    public static IEnumerable<string> Check(IReadOnlyCollection<Package> packages)
    {
        var groupOf = packages.ToDictionary(package => package.Id, package => package.Group);
        foreach (var package in packages)
        {
            if (!Groups.TryGetValue(package.Group, out var reachable))
            {
                yield return $"{package.Id}: the group '{package.Group}' is none of {string.Join(", ", Groups.Keys)}";
                continue;
            }

            foreach (var reference in package.Project.ProjectReferences)
            {
                if (!groupOf.TryGetValue(reference, out var group))
                {
                    yield return $"{package.Id} → {reference}: no package of this repository";
                }
                else if (!reachable.Contains(group) && !Allowed.Contains((package.Id, reference)))
                {
                    yield return $"{package.Id} → {reference}: {package.Group} may not know of {group}";
                }
            }

            foreach (var breach in CheckOutside(package))
            {
                yield return breach;
            }
        }
    }

    private static IEnumerable<string> CheckOutside(Package package)
    {
        if (package.Project.FrameworkReferences.Contains(AspNetCore) && !MayUseAspNetCore.Contains(package.Id))
        {
            yield return $"{package.Id} → {AspNetCore}: only {string.Join(", ", MayUseAspNetCore)} may";
        }

        if (package.Group == "core")
        {
            foreach (var foreign in package.Project.PackageReferences.Where(id => !id.Begins("Microsoft.Extensions.")))
            {
                yield return $"{package.Id} → {foreign}: core has no third-party dependency";
            }
        }
    }
}
