using System.Diagnostics.Metrics;
using CloudNative.Embedded.Events;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Eventing;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Events.Upkeep;

public sealed class RetentionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Tidy_OldAndHandledByAll_IsRemovedAndPositionsGoOn()
    {
        await using var host = new EmbeddedHost(_directory.Path, _clock);
        var sink = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        await host.Events.AppendAsync(Sample.Batch(1, 1200), Cancelled);
        await sink.NextAsync(1200);
        await PassAsync(host, TimeSpan.FromDays(8));

        Assert.Equal(1201, await FirstOfNewGroupAsync(host));
        await EventRest.LetAsync(host.Events, Cancelled);
        Assert.Equal(default, await subscription.GetBacklogAsync(Cancelled));
    }

    [Fact]
    public async Task Tidy_GroupHasNotHandled_Stays()
    {
        await using var host = new EmbeddedHost(_directory.Path, _clock);
        var slow = new Recorder();
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec("slow"), slow, Cancelled);
        await host.Events.AppendAsync(Sample.Batch(1, 5), Cancelled);
        await slow.NextAsync(5);
        await PassAsync(host, TimeSpan.FromDays(8));
        Assert.Equal(5, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
        Assert.Equal(1, await FirstOfNewGroupAsync(host));
    }

    [Fact]
    public async Task Tidy_GroupWithoutMembersForSoLong_HoldsNothingBackAndCountsRight()
    {
        await using var host = new EmbeddedHost(_directory.Path, _clock);
        await using (await host.Events.SubscribeAsync(Sample.Spec("gone"), new Recorder(), Cancelled))
        {
            await host.Events.AppendAsync(Sample.Batch(1, 50), Cancelled);
        }

        await PassAsync(host, TimeSpan.FromDays(15));
        await host.Events.AppendAsync(Sample.Batch(100, 3), Cancelled);
        var again = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec("gone"), again, Cancelled);
        Assert.Equal([51L, 52, 53], (await again.NextAsync(3)).Select(delivery => delivery.Position!.Value).Order());
        await EventRest.LetAsync(host.Events, Cancelled);
        Assert.Equal(default, await subscription.GetBacklogAsync(Cancelled));
    }

    [Fact]
    public async Task Tidy_GroupMissesWhatGoes_IsLoggedAndCounted()
    {
        await using var host = new EmbeddedHost(
            _directory.Path, _clock, services => services.AddMetrics().AddFakeLogging());
        using var missed = new MetricCollector<long>(
            host.Services.GetRequiredService<IMeterFactory>(), EmbeddedTelemetryNames.Meter, EmbeddedTelemetryNames.MissedEvents);
        await using (await host.Events.SubscribeAsync(Sample.Spec("gone"), new Recorder(), Cancelled))
        {
            await host.Events.AppendAsync(Sample.Batch(1, 1100), Cancelled);
        }

        await PassAsync(host, TimeSpan.FromDays(15));
        Assert.Equal(1100, missed.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.All(missed.GetMeasurementSnapshot(), measurement =>
        {
            Assert.Equal("orders", measurement.Tags[EmbeddedTelemetryNames.DestinationAttribute]);
            Assert.Equal("gone", measurement.Tags[EmbeddedTelemetryNames.GroupAttribute]);
        });
        Assert.Contains(host.Services.GetRequiredService<FakeLogCollector>().GetSnapshot(), record =>
            record.Level == LogLevel.Warning && record.Message.Contains("1100 event(s) of orders", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replay_OfALetterWhoseEventIsGone_DeliversItsCopy()
    {
        await using var host = new EmbeddedHost(_directory.Path, _clock);
        var sink = new Recorder();
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        await host.Events.AppendAsync([Sample.Outgoing("a", "k")], Cancelled);
        await (await sink.NextAsync()).SettleAsync(Settlement.DeadLetter(Sample.Failure), Cancelled);
        await PassAsync(host, TimeSpan.FromDays(8));
        var letters = (IDeadLetterStore)host.Events;
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        await letters.ReplayAsync([letter.Id], Cancelled);
        var again = await sink.NextAsync();
        Assert.Equal(("a", 1L, 1), (again.Event.Id, again.Position, again.Attempt));
        Assert.True(await again.SettleAsync(Settlement.Complete(), Cancelled));
        Assert.Equal(0, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
    }

    private async Task PassAsync(EmbeddedHost host, TimeSpan time)
    {
        await EventRest.LetAsync(host.Events, Cancelled);
        _clock.Advance(time);
        await host.Services.GetRequiredService<EventLog>().Session!.Housekeeper.TidySoon();
        await EventRest.LetAsync(host.Events, Cancelled);
    }

    private static async Task<long> FirstOfNewGroupAsync(EmbeddedHost host)
    {
        var sink = new Recorder();
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec("new") with { MaxInFlight = 1 }, sink, Cancelled);
        await host.Events.AppendAsync([Sample.Outgoing("last")], Cancelled);
        return (await sink.NextAsync()).Position!.Value;
    }
}
