using CloudNative.Local.Tests.Support;

namespace CloudNative.Local.Tests;

/// <summary>The program as users start it: a process with a command line, signals and an exit code.</summary>
public sealed class LocalAppTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Fact]
    public async Task ControlC_AllReady_StopsEveryServiceCleanlyAndEndsWithZero()
    {
        SkipOnWindows();
        _files.WriteApp("  front: { project: PROJECT, replicas: 2 }");
        await using var runner = Runner.Start(_files, "--no-build");
        await runner.WaitUntilReadyAsync();

        runner.PressControlC();

        Assert.Equal(LocalAppExitCodes.Success, await runner.WaitForExitAsync());
        Assert.Equal(2, runner.Children.Count);
        Assert.All(runner.Children, child => Assert.False(ProcessTable.IsAlive(child)));
        foreach (var log in Directory.GetFiles(_files.Data, "front-*.log", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
            Assert.Contains("Application is shutting down...", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ControlC_Twice_KillsAtOnceWhatDoesNotStop()
    {
        SkipOnWindows();
        _files.WriteApp("  front: { project: PROJECT, environment: { TEST_BEHAVIOUR: stubborn } }");
        await using var runner = Runner.Start(_files, "--no-build");
        await runner.WaitUntilReadyAsync();

        runner.PressControlC();
        await Wait.UntilAsync(() => runner.Output.Contains("press Ctrl-C again", StringComparison.Ordinal), "the first Ctrl-C");
        runner.PressControlC();

        Assert.Equal(LocalAppExitCodes.Cancelled, await runner.WaitForExitAsync());
        Assert.All(runner.Children, child => Assert.False(ProcessTable.IsAlive(child)));
    }

    [Fact]
    public async Task ControlC_BeforeReady_IsCancelled()
    {
        SkipOnWindows();
        _files.WriteApp("  front: { project: PROJECT, environment: { TEST_BEHAVIOUR: never-ready } }");
        await using var runner = Runner.Start(_files, "--no-build");
        await Wait.UntilAsync(() => runner.Output.Contains("starting 1 process", StringComparison.Ordinal), "the start");

        runner.PressControlC();

        Assert.Equal(LocalAppExitCodes.Cancelled, await runner.WaitForExitAsync());
    }

    [Fact]
    public async Task Killed_EngineDiesWithSigkill_NoServiceOutlivesIt()
    {
        SkipOnWindows();
        _files.WriteApp("  front: { project: PROJECT, replicas: 2 }");
        await using var runner = Runner.Start(_files, "--no-build");
        await runner.WaitUntilReadyAsync();
        Assert.All(runner.Children, child => Assert.True(ProcessTable.IsAlive(child)));

        runner.Kill();

        await Wait.UntilAsync(() => !runner.Children.Any(ProcessTable.IsAlive), "the end of all services");
    }

    [Fact]
    public async Task Build_FreshProjects_AreBuiltInOneGoAndStarted()
    {
        SkipOnWindows();
        WriteProject("One", "app.MapGet(\"/\", () => \"one\");");
        WriteProject("Two", "app.MapGet(\"/\", () => \"two\");");
        _files.WriteApp("""
              one: { project: One }
              two: { project: Two }
            """);
        await using var runner = Runner.Start(_files);
        await runner.WaitUntilReadyAsync();

        runner.PressControlC();

        Assert.Equal(LocalAppExitCodes.Success, await runner.WaitForExitAsync());
        Assert.Contains("trial: building 2 projects", runner.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_CompilerError_ShowsItOnceAndNothingElseOfTheBuild()
    {
        SkipOnWindows();
        WriteProject("Broken", "int number = \"text\";");
        _files.WriteApp("  broken: { project: Broken }");
        await using var runner = Runner.Start(_files);

        Assert.Equal(LocalAppExitCodes.Failed, await runner.WaitForExitAsync());

        var lines = runner.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("CN8051", runner.Output, StringComparison.Ordinal);
        Assert.Single(lines, line => line.Contains("error CS0029", StringComparison.Ordinal));
        Assert.DoesNotContain("Build FAILED", runner.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("starting", runner.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoBuild_ProjectNeverBuilt_SaysHowToBuild()
    {
        SkipOnWindows();
        WriteProject("Fresh", "");
        _files.WriteApp("  fresh: { project: Fresh }");
        await using var runner = Runner.Start(_files, "--no-build");

        Assert.Equal(LocalAppExitCodes.InvalidInput, await runner.WaitForExitAsync());

        Assert.Contains("CN8056", runner.Output, StringComparison.Ordinal);
        Assert.Contains("Run without --no-build.", runner.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_UnknownOption_IsRefusedBeforeAnythingRuns()
    {
        SkipOnWindows();
        await using var runner = Runner.Start(_files, "--nobuild");

        Assert.Equal(LocalAppExitCodes.InvalidInput, await runner.WaitForExitAsync());

        Assert.Contains("CN8050 '--nobuild' is no option.", runner.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_NoServiceHasIt_IsRefusedInOneLineBeforeAnythingRuns()
    {
        SkipOnWindows();
        _files.WriteApp("  front: { project: PROJECT, replicas: 2 }");
        await using var runner = Runner.Start(_files, "--no-build", "--provider", "consol");

        Assert.Equal(LocalAppExitCodes.InvalidInput, await runner.WaitForExitAsync());

        Assert.Contains(
            "CN8050 --provider names 'consol', which no service has. Allowed: consul. Did you mean 'consul'?",
            runner.Output,
            StringComparison.Ordinal);
        Assert.Single(runner.Output.Split('\n'), line => line.Contains("consol", StringComparison.Ordinal));
        Assert.DoesNotContain("starting", runner.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Service_RestRunsAndTheProfileJoinsTheSameData()
    {
        SkipOnWindows();
        WriteProject("Ordering", "");
        _files.WriteApp("""
              front: { project: PROJECT, needs: [ordering] }
              ordering: { project: Ordering, environment: { Mode: fast } }
            """);
        await using var runner = Runner.Start(_files, "--no-build", "--without", "ordering");
        await runner.WaitUntilReadyAsync();
        runner.PressControlC();
        Assert.Equal(LocalAppExitCodes.Success, await runner.WaitForExitAsync());

        var settings = await File.ReadAllTextAsync(
            Path.Combine(_files.Root, "Ordering", "Properties", "launchSettings.json"), TestContext.Current.CancellationToken);

        Assert.Contains("\"trial (joined)\": {", settings, StringComparison.Ordinal);
        Assert.Contains("\"CloudNative__Service__Name\": \"ordering\"", settings, StringComparison.Ordinal);
        Assert.Contains("\"Mode\": \"fast\"", settings, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_files.Data, "trial-"), settings, StringComparison.Ordinal);
        Assert.Contains("--launch-profile \"trial (joined)\"", runner.Output, StringComparison.Ordinal);
        Assert.Contains("elsewhere", runner.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private static void SkipOnWindows() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends POSIX signals to a process group.");

    private void WriteProject(string name, string code)
    {
        // A Directory.Build.props of its own, lest a folder above the temporary one has a say.
        _files.Write($"{name}/Directory.Build.props", "<Project />");
        _files.Write($"{name}/{name}.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        _files.Write($"{name}/Program.cs", $"""
            var app = WebApplication.CreateBuilder(args).Build();
            {code}
            app.Run();
            """);
    }
}
