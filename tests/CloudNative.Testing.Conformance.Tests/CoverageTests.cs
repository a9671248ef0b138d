using System.Diagnostics;
using System.Text.RegularExpressions;
using CloudNative.Testing.Conformance.Tests.Planted;

namespace CloudNative.Testing.Conformance.Tests;

/// <summary>Who implements a contract inherits its suite, and the suite's tests are really there to run.</summary>
public sealed class CoverageTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string, string, Type> Contracts { get; } = new()
    {
        { "IServiceRegistry", nameof(ServiceRegistryConformance), typeof(ServiceRegistryConformance) },
        { "ILeaseProvider", nameof(LeaseProviderConformance), typeof(LeaseProviderConformance) },
        { "IEventTransport", nameof(EventTransportConformance), typeof(EventTransportConformance) },
        { "IOutboxStore", nameof(OutboxStoreConformance), typeof(OutboxStoreConformance) },
        { "IInboxStore", nameof(InboxStoreConformance), typeof(InboxStoreConformance) },
    };

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Package_ImplementsContract_InheritsSuite(string contract, string suite, Type type)
    {
        Assert.NotEmpty(Facts.Of(type));
        var packages = PackagesThatImplement(contract).ToList();
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.NotEmpty(PlacesOf(package).SelectMany(place => SubclassesIn(place.Folder, suite))));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void InheritedSuite_InATestModule_ListsEveryTest(string contract, string suite, Type type)
    {
        var expected = Facts.Of(type).Select(fact => fact.Name).ToList();
        var looked = 0;
        foreach (var package in PackagesThatImplement(contract))
        {
            foreach (var (module, folder) in PlacesOf(package))
            {
                var modules = Path.Combine(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/', '\\'))!, "..");
                var path = Path.GetFullPath(Path.Combine(modules, module, Configuration, $"{module}.dll"));
                var subclasses = SubclassesIn(folder, suite);
                if (subclasses.Count == 0 || !File.Exists(path))
                {
                    continue; // Not built in this run; embedded always is.
                }

                var listed = ListTests(path);
                looked += subclasses.Count;
                Assert.All(subclasses, subclass => Assert.All(
                    expected, test => Assert.Contains($".{subclass}.{test}", listed, StringComparison.Ordinal)));
            }
        }

        Assert.NotEqual(0, looked);
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;

    private static IEnumerable<string> PackagesThatImplement(string contract) => Directory
        .EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(path => Implements(contract).IsMatch(File.ReadAllText(path)))
        .Select(path => Path.GetRelativePath(Path.Combine(Root, "src"), path).Split(Path.DirectorySeparatorChar)[1])
        .Where(package => !package.StartsWith("CloudNative.Testing", StringComparison.Ordinal)) // Wrappers of somebody else's.
        .Distinct();

    /// <summary>Where the tests of a package are: in its own module, and in a folder of the one that needs real servers.</summary>
    private static IEnumerable<(string Module, string Folder)> PlacesOf(string package)
    {
        yield return ($"{package}.Tests", Path.Combine(Root, "tests", $"{package}.Tests"));
        const string real = "CloudNative.IntegrationTests";
        yield return (real, Path.Combine(Root, "tests", real, package["CloudNative.".Length..]));
    }

    private static List<string> SubclassesIn(string folder, string suite) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .SelectMany(path => Inherits(suite).Matches(File.ReadAllText(path)))
                .Select(match => match.Groups[1].Value)]
            : [];

    private static string ListTests(string module)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", module, "-list", "full"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "CloudNative.Sdk.sln")))
        {
            directory = directory.Parent!;
        }

        return directory.FullName;
    }

    private static Regex Implements(string contract) =>
        new($@"\bclass\s+\w+(\([^{{]*\))?\s*:[^{{]*\b{contract}\b", RegexOptions.Singleline);

    private static Regex Inherits(string suite) => new($@"\bpublic sealed class\s+(\w+)[^{{]*:\s*{suite}\b", RegexOptions.Singleline);
}
