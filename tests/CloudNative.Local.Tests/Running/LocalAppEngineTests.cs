using System.Net;
using System.Net.Sockets;
using CloudNative.Local.Tests.Support;

namespace CloudNative.Local.Tests.Running;

public sealed class LocalAppEngineTests : IDisposable
{
    private readonly TestFiles _files = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_TwoServices_EachKnowsItsNameAddressAndTheDataOfTheApp()
    {
        _files.WriteApp("""
              front:
                project: PROJECT
                needs: [back]
                environment: { DOTNET_ENVIRONMENT: Staging, Extra: "1" }
              back: { project: PROJECT, replicas: 2 }
            """);
        await using var app = await RunningApp.StartReadyAsync(_files);

        var front = await app.EnvironmentAsync("front");
        var back = await app.EnvironmentAsync("back");

        Assert.Equal("front", front["CloudNative__Service__Name"]);
        Assert.Equal("back", back["OTEL_SERVICE_NAME"]);
        Assert.Equal("Development", back["DOTNET_ENVIRONMENT"]);
        Assert.Equal("Staging", front["DOTNET_ENVIRONMENT"]);
        Assert.Equal("1", front["Extra"]);
        Assert.Equal(front["CloudNative__Embedded__DataDirectory"], back["CloudNative__Embedded__DataDirectory"]);
        Assert.True(Directory.Exists(front["CloudNative__Embedded__DataDirectory"]));
        Assert.DoesNotContain("DOTNET_STARTUP_HOOKS", front.Keys);
        Assert.DoesNotContain(front.Keys, key => key.StartsWith("CLOUDNATIVE_LOCAL", StringComparison.Ordinal));
        Assert.Equal(3, app.App.Services.SelectMany(service => service.Replicas).Select(replica => replica.Address).Distinct().Count());
        Assert.Equal(["back", "front"], app.App.Services.Select(service => service.Name));
        Assert.Equal(TestFiles.ServiceProject, (await app.GetAsync("front", "directory")).Trim('"'));
    }

    [Fact]
    public async Task Start_OnLinux_ProcessHasTheServicesNameAndASessionOfItsOwn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Process names and sessions are read from /proc.");
        _files.WriteApp("  catalog: { project: PROJECT }");
        await using var app = await RunningApp.StartReadyAsync(_files);

        var process = app.Replica("catalog").ProcessId!.Value;

        Assert.Equal("catalog", ProcessTable.NameOf(process));
        Assert.Equal(process, ProcessTable.StatOf(process, field: 6));
    }

    [Fact]
    public async Task Kill_OneOfTwoReplicas_IsStartedAgainAtItsAddressAndTheOtherIsLeftAlone()
    {
        _files.WriteApp("  catalog: { project: PROJECT, replicas: 2 }");
        await using var app = await RunningApp.StartReadyAsync(_files);
        var before = app.Replica("catalog", 1);
        var other = app.Replica("catalog", 2);

        await app.App.KillAsync("catalog", 1, Cancellation);
        Assert.False(ProcessTable.IsAlive(before.ProcessId!.Value));
        await Wait.UntilAsync(() => app.Replica("catalog", 1) is { State: LocalReplicaState.Ready, Starts: 2 }, "the second start");

        Assert.Equal(before.Address, app.Replica("catalog", 1).Address);
        Assert.NotEqual(before.ProcessId, app.Replica("catalog", 1).ProcessId);
        Assert.Equal(other, app.Replica("catalog", 2));
        Assert.Contains("catalog-1 | was killed (SIGKILL); it starts again in", app.Output, StringComparison.Ordinal);
        Assert.Equal(LocalAppPhase.Running, app.App.Phase);
    }

    [Fact]
    public async Task Restart_ServiceWithTwoReplicas_BothAreNewAndReadyAndNeverGoneAtOnce()
    {
        _files.WriteApp("  catalog: { project: PROJECT, replicas: 2 }");
        await using var app = await RunningApp.StartReadyAsync(_files);
        var before = app.App.Services[0].Replicas;
        var leastReady = 2;
        app.App.ReplicaChanged += (_, _) => leastReady = Math.Min(
            leastReady, app.App.Services[0].Replicas.Count(replica => replica.State == LocalReplicaState.Ready));

        await app.App.RestartAsync("catalog", Cancellation);

        Assert.Equal(1, leastReady);
        Assert.All(app.App.Services[0].Replicas, replica =>
        {
            Assert.Equal(LocalReplicaState.Ready, replica.State);
            Assert.DoesNotContain(replica.ProcessId, before.Select(old => old.ProcessId));
        });
    }

    [Fact]
    public async Task Stop_ServiceWithTwoReplicas_StaysStoppedUntilItIsStarted()
    {
        _files.WriteApp("""
              catalog: { project: PROJECT, replicas: 2 }
              other: { project: PROJECT }
            """);
        await using var app = await RunningApp.StartReadyAsync(_files);
        var before = app.Replica("catalog");

        await app.App.StopAsync("catalog", Cancellation);

        Assert.False(ProcessTable.IsAlive(before.ProcessId!.Value));
        Assert.All([app.Replica("catalog"), app.Replica("catalog", 2)], replica =>
            Assert.True(replica is { State: LocalReplicaState.Stopped, ProcessId: null, Starts: 1 }));
        Assert.Equal(LocalReplicaState.Ready, app.Replica("other").State);
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.App.KillAsync("catalog", 1, Cancellation));

        await app.App.StartAsync("catalog", Cancellation);

        Assert.True(app.Replica("catalog") is { State: LocalReplicaState.Ready, Starts: 2 });
        Assert.Equal(before.Address, app.Replica("catalog").Address);
    }

    [Fact]
    public async Task Stop_BeforeTheAppWasReady_IsRefused()
    {
        _files.WriteApp("  bad: { project: PROJECT, environment: { TEST_BEHAVIOUR: never-ready } }");
        await using var app = await RunningApp.StartAsync(_files);

        await Assert.ThrowsAsync<InvalidOperationException>(() => app.App.StopAsync("bad", Cancellation));
    }

    [Fact]
    public async Task Run_ServiceSaysLaterThatItIsNotReady_IsShownAndSoIsItsRecovery()
    {
        _files.WriteApp("  front: { project: PROJECT }");
        await using var app = await RunningApp.StartReadyAsync(_files);

        await app.GetAsync("front", "ready/false");
        await Wait.UntilAsync(() => app.Replica("front").State == LocalReplicaState.NotReady, "the readiness to be missed");
        await app.GetAsync("front", "ready/true");
        await Wait.UntilAsync(() => app.Replica("front").State == LocalReplicaState.Ready, "the readiness to come back");

        Assert.Contains("not ready any more", app.Output, StringComparison.Ordinal);
        Assert.Contains("answers 503", app.Output, StringComparison.Ordinal);
        Assert.Equal(1, app.Replica("front").Starts);
    }

    [Fact]
    public async Task Restart_UnknownService_IsRefused()
    {
        _files.WriteApp("  catalog: { project: PROJECT }");
        await using var app = await RunningApp.StartReadyAsync(_files);

        await Assert.ThrowsAsync<ArgumentException>(() => app.App.RestartAsync("catalogue", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => app.App.KillAsync("catalog", 2, Cancellation));
    }

    [Fact]
    public async Task Start_ServiceNeverReady_IsNamedWithItsLastLinesAndEverythingStops()
    {
        _files.WriteApp("""
              good: { project: PROJECT }
              bad: { project: PROJECT, environment: { TEST_BEHAVIOUR: never-ready } }
            """);
        await using var app = await RunningApp.StartAsync(_files, options => options.ReadyTimeout = TimeSpan.FromSeconds(4));

        var failure = await Assert.ThrowsAsync<LocalAppException>(() => app.App.WaitUntilReadyAsync(Cancellation));
        Assert.Equal(LocalAppExitCodes.Timeout, await app.WaitForEndAsync());

        Assert.Contains("bad is not ready", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("good is not ready", failure.Message, StringComparison.Ordinal);
        Assert.Contains("answers 503", failure.Message, StringComparison.Ordinal);
        Assert.Contains("bad | ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("waiting for a database that is not there", app.Output, StringComparison.Ordinal);
        Assert.All(app.App.Services, service => Assert.Equal(LocalReplicaState.Stopped, service.Replicas[0].State));
    }

    [Fact]
    public async Task Start_ServiceDiesAtOnceAgainAndAgain_EndsWithItsStoryBeforeTheTimeout()
    {
        _files.WriteApp("  bad: { project: PROJECT, environment: { TEST_BEHAVIOUR: crash } }");
        await using var app = await RunningApp.StartAsync(_files);

        var failure = await Assert.ThrowsAsync<LocalAppException>(() => app.App.WaitUntilReadyAsync(Cancellation));

        Assert.Equal(LocalAppExitCodes.Failed, await app.WaitForEndAsync());
        Assert.Contains("CN8054 bad keeps dying, 5 times in a row", failure.Message, StringComparison.Ordinal);
        Assert.Contains("broken on purpose", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ServiceWithoutReadinessPage_IsReadyOnceItAnswers()
    {
        _files.WriteApp("  plain: { project: PROJECT, environment: { TEST_BEHAVIOUR: no-page } }");

        await using var app = await RunningApp.StartReadyAsync(_files);

        Assert.Equal("hello", await app.GetAsync("plain", "/"));
    }

    [Fact]
    public async Task Start_WorkerWithoutPorts_IsReadyWithoutAddress()
    {
        _files.WriteApp("  worker: { project: PROJECT, ports: {} }");

        await using var app = await RunningApp.StartReadyAsync(_files);

        Assert.Null(app.Replica("worker").Address);
    }

    [Fact]
    public async Task Start_FixedPortInUse_MovesWhereAllowedAndSaysSo()
    {
        using var holder = Listen();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        _files.WriteApp($$"""  front: { project: PROJECT, ports: { http: { port: {{port}}, fallback: true } } }""");

        await using var app = await RunningApp.StartReadyAsync(_files);

        Assert.NotEqual(port, app.Replica("front").Address!.Port);
        Assert.Contains($"front wants port {port}, which is in use", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AnotherProgramTakesThePortMeanwhileAndAnswers_IsReadyOnlyWhereItListensItself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells who listens on a port.");
        _files.WriteApp("  front: { project: PROJECT }");
        using var faster = new HttpListener();
        string? taken = null;
        await using var app = await RunningApp.StartAsync(_files, onChange: (_, change) =>
        {
            if (taken is null && change.Replica is { State: LocalReplicaState.Starting, ProcessId: not null })
            {
                taken = change.Replica.Address!.GetLeftPart(UriPartial.Authority);
                faster.Prefixes.Add($"{taken}/");
                faster.Start();
                _ = AnswerAllAsync(faster);
            }
        });

        await app.App.WaitUntilReadyAsync(Cancellation);

        Assert.NotNull(taken);
        Assert.DoesNotContain($"ready on {taken}", app.Output, StringComparison.Ordinal);
        Assert.Contains("was taken meanwhile", app.Output, StringComparison.Ordinal);
        Assert.NotEqual(taken, app.Replica("front").Address!.GetLeftPart(UriPartial.Authority));
    }

    [Fact]
    public async Task Start_FixedPortInUseWithoutFallback_IsAConflictThatNamesTheService()
    {
        using var holder = Listen();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        _files.WriteApp($$"""  front: { project: PROJECT, ports: { http: {{port}} } }""");
        await using var app = await RunningApp.StartAsync(_files);

        Assert.Equal(LocalAppExitCodes.Conflict, await app.WaitForEndAsync());

        Assert.Contains($"CN8052 'front' wants port {port}, which is in use", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SameAppTwice_TheSecondHasItsOwnDirectoryAndPorts()
    {
        _files.WriteApp("  front: { project: PROJECT }");
        await using var first = await RunningApp.StartReadyAsync(_files);
        await using var second = await RunningApp.StartReadyAsync(_files);

        Assert.NotEqual(first.App.RunDirectory, second.App.RunDirectory);
        Assert.NotEqual(first.Replica("front").Address, second.Replica("front").Address);
        Assert.Equal("hello", await first.GetAsync("front", "/"));
        Assert.Equal("hello", await second.GetAsync("front", "/"));
    }

    [Fact]
    public async Task Stop_ServiceThatDoesNotListen_IsKilledAfterTheGraceWithWhatItStarted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The service starts 'sleep'.");
        _files.WriteApp("  front: { project: PROJECT, environment: { TEST_BEHAVIOUR: stubborn } }");
        await using var app = await RunningApp.StartReadyAsync(_files, options => options.StopTimeout = TimeSpan.FromSeconds(1));
        var process = app.Replica("front").ProcessId!.Value;
        var started = int.Parse(await app.GetAsync("front", "spawn"), System.Globalization.CultureInfo.InvariantCulture);

        await app.StopAsync();

        Assert.False(ProcessTable.IsAlive(process));
        await Wait.UntilAsync(() => !ProcessTable.IsAlive(started), "the end of the service's own child");
        Assert.Equal(LocalAppExitCodes.Success, app.App.ExitCode);
        Assert.Equal(LocalAppPhase.Stopped, app.App.Phase);
    }

    [Fact]
    public async Task Logs_WarningsAreShownTheRestStaysInTheFile()
    {
        _files.WriteApp("""
              quiet: { project: PROJECT }
              loud: { project: PROJECT }
            """);
        await using var app = await RunningApp.StartReadyAsync(_files, options => options.Logs = ["loud"]);

        await app.GetAsync("quiet", "warn");

        await Wait.UntilAsync(
            () => app.Output.Contains("quiet |       of two lines", StringComparison.Ordinal), "both lines of the warning");
        Assert.Contains("quiet | warn: Program[0]", app.Output, StringComparison.Ordinal);
        Assert.Contains("loud  | info: ", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("quiet | info: ", app.Output, StringComparison.Ordinal);
        var file = await File.ReadAllTextAsync(app.Replica("quiet").LogFile, Cancellation);
        Assert.Contains("Now listening on", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ModelWithErrors_ListsThemAllAndEnds()
    {
        _files.WriteApp("  front: { projct: PROJECT, replicas: 0 }");
        await using var app = await RunningApp.StartAsync(_files);

        Assert.Equal(LocalAppExitCodes.InvalidInput, await app.WaitForEndAsync());

        Assert.Contains("CN8004", app.Output, StringComparison.Ordinal);
        Assert.Contains("CN8014", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_UnknownService_IsRefusedWithTheNames()
    {
        _files.WriteApp("  front: { project: PROJECT }");
        await using var app = await RunningApp.StartAsync(_files, options => options.Without = ["frnt"]);

        Assert.Equal(LocalAppExitCodes.InvalidInput, await app.WaitForEndAsync());

        const string Expected = "CN8050 --without names 'frnt', which is no service of this app. Services: front.";
        Assert.Contains(Expected, app.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static async Task AnswerAllAsync(HttpListener listener)
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
