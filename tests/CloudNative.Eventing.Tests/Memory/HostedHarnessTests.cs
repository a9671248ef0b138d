using System.Diagnostics;
using CloudNative.Eventing.Tests.Fakes;
using CloudNative.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Eventing.Tests.Memory;

public sealed class HostedHarnessTests
{
    private const int Hosts = 300;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quiesced_HandlerFailsAtFirst_SeesEachAttemptInVirtualTime()
    {
        var clock = new FakeTimeProvider();
        await using var host = Build(clock);
        var calls = 0;
        host.Host.MapEvent<OrderPlaced>("orders", (_, _, _) => ++calls < 8
            ? throw new InvalidOperationException("not yet")
            : ValueTask.CompletedTask);
        await host.StartAsync();
        var events = host.Services.GetRequiredService<EventsTestHarness>();
        await host.Publisher.PublishAsync(new OrderPlaced("7"), null, Cancelled);
        while ((await events.QuiescedAsync(Cancelled)).Scheduled > 0)
        {
            var waiting = Assert.Single(await events.ListScheduledAsync(Cancelled));
            clock.Advance(waiting.Due - clock.GetUtcNow());
        }

        Assert.Equal(8, calls);
        Assert.Equal(SettlementKind.Complete, events.Settled[^1].Kind);
        Assert.All(events.Settled.SkipLast(1), settled => Assert.Equal(SettlementKind.Retry, settled.Kind));
    }

    [Fact]
    public async Task Quiesced_HundredsOfHosts_EachWithItsOwnEvents()
    {
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; number < Hosts; number++)
        {
            await using var host = Build(new FakeTimeProvider());
            var handled = 0;
            host.Host.MapEvent<OrderPlaced>("orders", async (_, _, _) =>
            {
                await Task.Yield();
                Interlocked.Increment(ref handled);
            });
            await host.StartAsync();
            await host.Publisher.PublishAsync(new OrderPlaced($"{number}"), null, Cancelled);
            await host.Services.GetRequiredService<EventsTestHarness>().QuiescedAsync(Cancelled);
            Assert.Equal(1, handled);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{Hosts} hosts in {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s");
    }

    private static EventHost Build(FakeTimeProvider clock) => EventHost.Build(
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddEventsTestHarness();
        },
        isServed: false,
        settings: ("CloudNative:Hosting:Mode", "Test"));
}
