using CloudNative.Comparison.Peers;
using CloudNative.Comparison.Scenarios;

namespace CloudNative.Comparison;

/// <summary>
/// A test module, and a program that prints tables: <c>dotnet run -c Release --project tests/CloudNative.Comparison --
/// --table</c> (or <c>--full</c> for figures to publish; <c>--events</c> before it for those of events alone).
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [FirstMessage.Argument, var way])
        {
            await FirstMessage.BeAsync(way);
            return 0;
        }

        if (args is ["--events", ..])
        {
            await PrintEventsAsync(args.Contains("--full") ? Scale.Full : Scale.Quick);
            return 0;
        }

        if (args.Contains("--full") || args.Contains("--table"))
        {
            await PrintAsync(args.Contains("--full") ? Scale.Full : Scale.Quick);
            return 0;
        }

        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }

    private static async Task PrintAsync(Scale scale)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, .NET {Environment.Version}");
        Table.Print(await CpuAndBytes.RunAsync(scale, streamed: false));
        Table.Print(await CpuAndBytes.RunAsync(scale, streamed: true));
        Table.Print(await OneOfThreeDead.RunAsync(scale));
        Table.Print([
            await OneOfThreeDead.RunLongAsync(scale, settings => Stacks.Here(settings)),
            await OneOfThreeDead.RunLongAsync(scale, settings => Stacks.WithoutEjection(settings)),
        ]);
        Table.Print(await RegistryOutage.RunAsync(scale));
        Table.Print(await SharedBreaker.RunAsync());
        Table.Print(await FailingServer.RunAsync());
        await PrintEventsAsync(scale);
    }

    private static async Task PrintEventsAsync(Scale scale)
    {
        Table.Print(await EventsInMemory.RunAsync(scale));
        Table.Print(await FirstMessage.RunAsync(scale));
    }
}
