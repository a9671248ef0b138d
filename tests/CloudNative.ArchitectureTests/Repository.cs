using System.Diagnostics;

namespace CloudNative.ArchitectureTests;

/// <summary>The files of this repository, as paths with forward slashes from its root.</summary>
internal static class Repository
{
    private static readonly string[] NotSource = ["artifacts", "bin", "obj", ".git", ".vs", ".idea", "BenchmarkDotNet.Artifacts"];

    /// <summary>The package of templates: it has no assembly, and what lies in it is built when it is created (PackageTests).</summary>
    public const string Templates = "src/delivery/CloudNative.Templates/";

    public static string Root { get; } = FindRoot();

    /// <summary>Every file under version control, and new ones that are not ignored.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    /// <summary>Packages, and the generators that some of them carry; templates hold no code of ours.</summary>
    public static IReadOnlyList<Package> PackagesAndGenerators { get; } =
        [.. Files.Where(file => file.Begins("src/") && file.Ends(".csproj") && !file.Begins(Templates))
            .Select(file => new Package(ProjectFile.Parse(file, Read(file))))];

    public static IReadOnlyList<Package> Packages { get; } =
        [.. PackagesAndGenerators.Where(package => package.Group != "generators")];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static bool Exists(string file) => File.Exists(Path.Combine(Root, file)) || Directory.Exists(Path.Combine(Root, file));

    public static IEnumerable<string> Under(string folder, string extension) =>
        Files.Where(file => file.Begins(folder + "/") && file.Ends(extension));

    private static string FindRoot()
    {
        // Not by the path of this source file: deterministic builds replace it.
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CloudNative.Sdk.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No CloudNative.Sdk.sln above {AppContext.BaseDirectory}.");
    }

    private static List<string> ListFiles() =>
        [.. (ListByGit() ?? ListByFolder())
            .Select(file => file.Replace('\\', '/'))
            .Where(file => File.Exists(Path.Combine(Root, file)))
            .Distinct()
            .Order(StringComparer.Ordinal)];

    private static string[]? ListByGit()
    {
        if (!Path.Exists(Path.Combine(Root, ".git")))
        {
            return null;
        }

        try
        {
            var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            {
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
            };
            using var git = Process.Start(start)!;
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git on this machine: a source archive is checked just the same.
            return null;
        }
    }

    private static IEnumerable<string> ListByFolder() =>
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(NotSource.Contains));
}
