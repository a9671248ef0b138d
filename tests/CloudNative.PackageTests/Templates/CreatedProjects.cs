using System.Security;
using CloudNative.Consumers;

namespace CloudNative.PackageTests.Templates;

/// <summary>
/// Everything that the templates can make, made from the packed package and built at once, as a user's <c>dotnet build</c> does it: every
/// warning is an error there.
/// </summary>
internal sealed class CreatedProjects
{
    public const string App = "My-Shop.App";
    public const string ThirdService = "Shipping";

    private readonly string _hive;

    private CreatedProjects(string folder, string hive) => (Folder, _hive) = (folder, hive);

    public string Folder { get; }

    /// <summary>Creates and builds them.</summary>
    public static async Task<CreatedProjects> CreateAsync(PackageFeed feed)
    {
        // Inside of a repository with central package versions, warnings and analyzers of its own: what is created brings its own.
        var folder = feed.CreateFolder("templates");
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), """
            <Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), """<Project><Import Project="not there" /></Project>""");
        var projects = new CreatedProjects(folder, Path.Combine(folder, ".hive"));
        await projects.NewAsync(folder, "install", Path.Combine(feed.Folder, $"CloudNative.Templates.{feed.Version}.nupkg"));
        foreach (var service in CreatedService.All)
        {
            await projects.NewAsync(folder, [.. service.Arguments, "--no-restore"]);
        }

        await projects.CreateAppAsync();
        await projects.BuildAsync();
        return projects;
    }

    /// <summary>The folder of a program.</summary>
    public string ProjectOf(string name, string project) => Path.Combine(Folder, name, "src", project);

    public string ProgramOf(string name, string project) => Output(ProjectOf(name, project), project);

    public string TestsOf(string name) => Output(Path.Combine(Folder, name, "tests", $"{name}.Tests"), $"{name}.Tests");

    /// <summary>Runs <c>dotnet new</c> with installed templates of its own: the developer's stay as they are.</summary>
    public Task<string> NewAsync(string folder, params string[] arguments) =>
        Dotnet.RunAsync(folder, ["new", .. arguments, "--debug:custom-hive", _hive]);

    private static string Output(string project, string name) => Path.Combine(project, "bin", "Debug", "net10.0", $"{name}.dll");

    /// <summary>The app with a third service, added as its README says.</summary>
    private async Task CreateAppAsync()
    {
        await NewAsync(Folder, "cloudnative-app", "--name", App, "--no-restore");
        var folder = Path.Combine(Folder, App);
        await NewAsync(
            folder,
            "cloudnative-service", "--project-only", "--events", "--grpc", "--name", ThirdService, "--output", $"src/{ThirdService}");
        await File.AppendAllTextAsync(Path.Combine(folder, "cloudnative.yaml"), $$"""

              shipping: { project: src/{{ThirdService}}, ports: { http: auto, grpc: auto } }

            """);
    }

    private async Task BuildAsync()
    {
        var projects = Directory.EnumerateFiles(Folder, "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(project => $"""<Project Path="{SecurityElement.Escape(Path.GetRelativePath(Folder, project))}" />""");
        var solution = Path.Combine(Folder, "all.slnx");
        await File.WriteAllTextAsync(solution, $"<Solution>{string.Concat(projects)}</Solution>");

        // Two dozen compilations share one compiler, which ends with the build.
        var server = $"cloudnative-{Guid.NewGuid():n}";
        try
        {
            var output = await Dotnet.RunAsync(
                Folder, "build", solution, "-nologo", "-v", "q", "-p:UseSharedCompilation=true", $"-p:SharedCompilationId={server}");
            Assert.DoesNotContain("warning ", output, StringComparison.Ordinal);
        }
        finally
        {
            var roslyn = await Dotnet.RunAsync(
                Folder, "msbuild", ProjectOf("Orders", "Orders"), "-nologo", "-getProperty:RoslynTargetsPath");
            var compiler = Path.Combine(roslyn.Trim(), "bincore", "VBCSCompiler.dll");
            await Dotnet.RunAsync(Folder, "exec", compiler, $"-pipename:{server}", "-shutdown");
        }
    }
}
