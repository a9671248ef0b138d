namespace CloudNative.ArchitectureTests.Shape;

/// <summary>What every package folder looks like.</summary>
internal static class PackageShape
{
    private const int MostProjectLines = 25;

    /// <summary>Properties that would let the id, the assembly or the root namespace differ from the folder.</summary>
    private static readonly string[] Names = ["AssemblyName", "PackageId", "RootNamespace"];

    private static readonly string?[] FrameworkNamespaces =
        [
            "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting",
            "Microsoft.AspNetCore.Builder",
        ];

    public static IEnumerable<string> CheckProject(Package package)
    {
        var project = package.Project;
        if (!project.Folder.Ends("/" + package.Id))
        {
            yield return $"{project.Path}: the folder is not named as the project";
        }

        foreach (var name in Names.Where(project.Properties.ContainsKey))
        {
            if (project.Properties[name] != (name == "RootNamespace" ? package.RootNamespace : package.Id))
            {
                yield return $"{project.Path}: {name} differs from the folder";
            }
        }

        if (project.Lines > MostProjectLines)
        {
            yield return $"{project.Path}: {project.Lines} lines; at most {MostProjectLines}, the rest belongs into build/Package.props";
        }

        if (!project.Properties.TryGetValue("Description", out var description) || description.Length < 30)
        {
            yield return $"{project.Path}: no Description that tells a stranger what it is for";
        }

        if (project.Properties.ContainsKey("NoWarn") || project.Properties.ContainsKey("Version"))
        {
            yield return $"{project.Path}: NoWarn and Version belong to no single package";
        }
    }

    public static IEnumerable<string> CheckFiles(Package package, Func<string, string?> read, bool hasOptions)
    {
        foreach (var file in (string[])["PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt"])
        {
            if (read(file) is null)
            {
                yield return $"{package.Folder}/{file} is missing";
            }
        }

        var readme = read("README.md");
        if (readme is null || !readme.Begins($"# {package.Id}\n") || readme.Length < 300)
        {
            yield return $"{package.Folder}/README.md is missing, short, or does not begin with '# {package.Id}'";
        }

        if (hasOptions && read("ConfigurationSchema.json") is null)
        {
            yield return $"{package.Folder}/ConfigurationSchema.json is missing though the package has options";
        }
    }

    public static IEnumerable<string> CheckSource(Package package, SourceFile source)
    {
        var folder = source.Path[(package.Folder.Length + 1)..];
        var inner = folder.Has("/") ? folder[..folder.LastIndexOf('/')] : "";
        if (source.TopLevelTypes.FirstOrDefault() is null)
        {
            yield break;
        }

        var expected = inner.Length == 0 ? package.RootNamespace : $"{package.RootNamespace}.{inner.Replace('/', '.')}";
        if (source.Namespace != expected && !IsExtensionFile(source) && !Exceptions.Excuses(Rules.Namespace, source.Path))
        {
            yield return $"{source.Path}: namespace {source.Namespace}, by its folder {expected}";
        }

        foreach (var type in source.TopLevelTypes)
        {
            var name = SourceFile.NameOf(type);
            var isPublic = SourceFile.IsPublic(type) || IsPublicPartial(package, source, name);
            if (inner.Length == 0 && !isPublic)
            {
                yield return $"{source.Path}: {name} is not public; the root folder holds what users may name, nothing else";
            }
            else if (inner.Length > 0 && isPublic && package.Group != "core"
                && !Exceptions.Excuses(Rules.InnerPublicType, $"{package.Id}/{inner}"))
            {
                yield return $"{source.Path}: {name} is public; inner folders are internal";
            }
        }
    }

    /// <summary>Extension methods sit where users look for them, in the framework's namespaces.</summary>
    private static bool IsExtensionFile(SourceFile source) =>
        source.Name.Begins("CloudNative")
        && source.Name.Ends("Extensions")
        && FrameworkNamespaces.Contains(source.Namespace);

    /// <summary>One part of a partial type says public; the others need not repeat it.</summary>
    private static bool IsPublicPartial(Package package, SourceFile source, string name) =>
        System.IO.Path.GetFileName(source.Path).Split('.').Length > 2
        && Repository.Exists($"{package.Folder}/{name}.cs")
        && SourceFile.Load($"{package.Folder}/{name}.cs").TopLevelTypes.Any(SourceFile.IsPublic);
}
