using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>Finds the project file that a service names.</summary>
internal sealed class ProjectLookup(ProblemList problems)
{
    private static readonly string[] Extensions = [".csproj", ".fsproj", ".vbproj"];

    private readonly string _directory = Path.GetDirectoryName(problems.File)!;

    public string? Find(YamlScalar project, string path)
    {
        const string Allowed = "a folder with one project file, or a project file, relative to this file";
        var (found, problem, cure) = Locate(project.Value);
        if (problem is not null)
        {
            problems.Add(ProblemIds.Project, project.At, $"'{path}' is '{project.Value}', {problem}.", Allowed, cure);
        }

        return found;
    }

    private (string? Found, string? Problem, string Cure) Locate(string project)
    {
        if (project.Contains('\0', StringComparison.Ordinal))
        {
            return (null, "which is no path", "Write a path.");
        }

        // Either slash works in a file that travels between systems.
        var full = Path.GetFullPath(Path.Combine(_directory, project.Replace('\\', '/')));
        if (File.Exists(full))
        {
            return Extensions.Contains(Path.GetExtension(full), StringComparer.OrdinalIgnoreCase)
                ? (full, null, "")
                : (null, "which is no project file", "Name the .csproj, .fsproj or .vbproj.");
        }

        return Directory.Exists(full)
            ? InFolder(full)
            : (null, $"which does not exist ({full})", Suggest(full));
    }

    private static (string? Found, string? Problem, string Cure) InFolder(string folder)
    {
        var files = Directory.EnumerateFiles(folder)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count switch
        {
            1 => (files[0], null, ""),
            0 => (null, "a folder without a project file", "Name the folder that holds the .csproj."),
            _ => (null, $"a folder with {files.Count} project files",
                $"Name one: {string.Join(", ", files.Select(Path.GetFileName))}."),
        };
    }

    private static string Suggest(string full)
    {
        var parent = Path.GetDirectoryName(full);
        var entries = Directory.Exists(parent) ? Directory.EnumerateFileSystemEntries(parent) : [];
        return Nearest.Find(Path.GetFileName(full), entries.Select(entry => Path.GetFileName(entry))) is { } name
                ? $"Did you mean '{name}'?"
                : "Check the path.";
    }
}
