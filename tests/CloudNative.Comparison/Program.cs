using System.Text.Json;
using CloudNative.Comparison.Load;
using CloudNative.Comparison.Scenarios;

namespace CloudNative.Comparison;

/// <summary>A test module, and the program behind <c>build/compare.sh</c>, which prints tables.</summary>
internal static class Program
{
    private const int Usage = 2;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static async Task<int> Main(string[] args)
    {
        if (args is [FirstMessage.Argument, var way])
        {
            await FirstMessage.BeAsync(way);
            return 0;
        }

        if (args is [Replica.Argument, var stack, var place])
        {
            await Replica.BeAsync(stack, place);
            return 0;
        }

        if (args is ["--compare", .. var asked])
        {
            return await CompareAsync(asked);
        }

        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }

    private static async Task<int> CompareAsync(string[] asked)
    {
        var scale = asked.Contains("--full") ? Scale.Full : Scale.Quick;
        var json = asked.SkipWhile(argument => argument != "--json").ElementAtOrDefault(1);
        var names = asked.Where(argument => argument != json && !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (asked.Contains("--list") || names.Exists(name => !Catalogue.All.ContainsKey(name)))
        {
            Console.WriteLine($"Scenarios: {string.Join(", ", Catalogue.All.Keys)}");
            return asked.Contains("--list") ? 0 : Usage;
        }

        Console.WriteLine($"{Environment.ProcessorCount} cores, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, .NET {Environment.Version}");
        var rows = new List<Row>();
        foreach (var name in names.Count > 0 ? names : [.. Catalogue.All.Keys])
        {
            var seen = await Catalogue.All[name](scale);
            Table.Print(seen);
            rows.AddRange(seen);
        }

        if (json is not null)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(rows, Json));
        }

        return 0;
    }
}
