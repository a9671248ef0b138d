using CloudNative.Leases;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Hosting.Tests.Leadership;

public sealed class LeaderElectionTests
{
    [Fact]
    public async Task Leader_Stops_AnotherReplicaLeadsUnderAGreaterToken()
    {
        using var directory = new TemporaryDirectory();
        var terms = new Terms();
        await using var first = new LeaderHost(terms, directory);
        await using var second = new LeaderHost(terms, directory);
        await first.StartAsync();
        var before = await terms.NextAsync();
        await second.StartAsync();

        await first.StopAsync();
        var after = await terms.NextAsync();

        Assert.True(after.FencingToken > before.FencingToken);
        Assert.Equal(1, terms.MostAtATime);
        Assert.Single(first.Logged(LogLevel.Information), message => message.Contains("leads", StringComparison.Ordinal));
        Assert.Single(second.Logged(LogLevel.Information), message => message.Contains("leads", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_FailsOrReturns_ItIsDoneAgainInAnotherTerm()
    {
        using var directory = new TemporaryDirectory();
        var terms = new Terms();
        terms.Work.Enqueue(_ => throw new InvalidOperationException("no paper"));
        terms.Work.Enqueue(_ => Task.CompletedTask);
        await using var host = new LeaderHost(terms, directory);
        using var ended = host.Collect(LeaderTelemetryNames.Ended);
        await host.StartAsync();

        var tokens = new[] { await terms.NextAsync(), await terms.NextAsync(), await terms.NextAsync() }
            .Select(leadership => leadership.FencingToken).ToList();

        Assert.Equal(tokens.Order().Distinct(), tokens);
        Assert.Single(host.Logged(LogLevel.Error));
        Assert.Equal(["failed", "returned"], ended.GetMeasurementSnapshot().Select(one => one.Tags[LeaderTelemetryNames.ReasonAttribute]));
    }

    [Fact]
    public async Task Lease_IsLost_TheWorkIsCancelledBeforeItIsTakenAgain()
    {
        var terms = new Terms();
        var leases = new ScriptedLeases();
        await using var host = new LeaderHost(terms, leases: leases);
        using var active = host.Collect(LeaderTelemetryNames.Active);
        await host.StartAsync();
        await terms.NextAsync();

        await leases.Current!.LoseAsync();
        var second = await terms.NextAsync();

        Assert.Equal(2, second.FencingToken);
        Assert.Equal([1, -1, 1], active.GetMeasurementSnapshot().Select(one => one.Value));
        Assert.Equal(1, terms.MostAtATime);
        Assert.Single(host.Logged(LogLevel.Warning), message => message.Contains("lost the lease 'reports'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Store_CannotBeReachedForAWhile_SaysSoOnceAndGoesOn()
    {
        var terms = new Terms();
        await using var host = new LeaderHost(terms, leases: new ScriptedLeases(failures: 3));
        await host.StartAsync();

        await terms.NextAsync();

        Assert.Contains("the store is away", Assert.Single(host.Logged(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoProviderServesLeases_IsRefusedWithWhatToDo()
    {
        await using var host = new LeaderHost(new Terms());

        var refused = await Assert.ThrowsAsync<LeaseException>(host.StartAsync);

        Assert.Contains("CloudNative:Leases:Provider", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_InATestsHost_LeadsWithoutAStore()
    {
        var terms = new Terms();
        await using var host = new LeaderHost(terms, settings: ("CloudNative:Hosting:Mode", "Test"));
        await host.StartAsync();

        Assert.Equal("reports", (await terms.NextAsync()).Name);
    }

    [Fact]
    public void Add_TwiceUnderOneName_IsOnce()
    {
        var services = new ServiceCollection().AddLeaderService<TermService>("reports");
        var count = services.Count;

        services.AddLeaderService<TermService>("reports");

        Assert.Equal(count, services.Count);
        Assert.NotEqual(count, services.AddLeaderService<TermService>("bills").Count);
    }

    [Fact]
    public void Add_OptionOutOfRange_Throws()
    {
        var services = new ServiceCollection();

        Assert.Throws<ArgumentOutOfRangeException>(
            () => services.AddLeaderService<TermService>("reports", options => options.LeaseDuration = TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => services.AddLeaderService<TermService>("reports", options => options.RetryInterval = TimeSpan.FromHours(2)));
        Assert.Throws<ArgumentException>(() => services.AddLeaderService<TermService>(" "));
    }
}
