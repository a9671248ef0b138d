namespace CloudNative.FaultTests.Consul;

/// <summary>
/// Services call each other while Consul has troubles. In all of them no idempotent call fails and at most one other call of a thousand; a
/// process calls an agent that is away at most every 5 s; and all instances are registered again afterwards.
/// </summary>
public sealed class RegistryOutageTests(ConsulApp app) : IClassFixture<ConsulApp>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that pause a process");
        await app.StartAsync();
    }

    public ValueTask DisposeAsync()
    {
        app.Delay(TimeSpan.Zero);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Server_KilledAndRestartedEmpty_CallsGoOn()
    {
        await using var load = app.Load();
        await app.Server.KillAsync();
        await app.AssertCallsAreRareAsync(3);
        await app.Server.StartAsync();
        await app.WaitForAllAsync();
        await load.AssertHeldAsync();
    }

    [Fact]
    public async Task Server_PausedAndResumed_CallsGoOn()
    {
        await using var load = app.Load();
        app.Server.Suspend();
        try
        {
            await app.AssertCallsAreRareAsync(3);
        }
        finally
        {
            app.Server.Resume();
        }

        await app.WaitForAllAsync();
        await load.AssertHeldAsync();
    }

    [Fact]
    public async Task Agent_LeavesWithItsServicesAndComesBack_CallsGoOn()
    {
        await using var load = app.Load();
        await app.Server.LeaveAsync();
        await app.WaitForCallsAsync(1);
        await app.Server.StartAsync();
        await app.WaitForAllAsync();
        await load.AssertHeldAsync();
    }

    [Fact]
    public async Task Server_Slow_CallsGoOnAndInstancesComeAndGo()
    {
        await using var load = app.Load();
        app.Delay(TimeSpan.FromSeconds(2));
        await app.AddAsync("greeter");
        await app.WaitForAsync(callers: 1, greeters: 3);
        Assert.Equal(0, await app.StopGreeterAsync());
        await app.WaitForAllAsync();

        app.Delay(TimeSpan.FromSeconds(6)); // Longer than a heartbeat waits; a question for a change waits longer.
        await app.WaitForCallsAsync(2);
        app.Delay(TimeSpan.Zero);
        await app.WaitForAllAsync();
        await load.AssertHeldAsync();
    }

    [Fact]
    public async Task Instance_Killed_IsCalledNoMoreAndReplaced()
    {
        await using var load = app.Load();
        await app.KillGreeterAsync();
        await app.WaitForAsync(callers: 1, greeters: 1); // When its last word has lapsed.
        await app.AddAsync("greeter");
        await app.WaitForAllAsync();
        await load.AssertHeldAsync();
    }
}
