using CloudNative.Eventing;
using CloudNative.RabbitMq.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.RabbitMq.Tests.Faults;

/// <summary>Connections and queues that go away, and partitions that move.</summary>
public sealed class LossTests(RabbitMqServer server)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConnectionsClosed_ByTheBroker_DeliveriesAreLostAndComeAgain()
    {
        var vhost = await server.CreateVhostAsync();
        await using var transport = Transports.Create(server.Address(vhost));
        var sink = new Sink();
        await transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await transport.AppendAsync([Sample.Event("1")], Cancelled);
        var lost = await sink.NextAsync();
        await server.CloseConnectionsAsync(vhost);
        var again = await sink.NextAsync();
        Assert.Equal(("1", 2), (again.Event.Id, again.Attempt));
        Assert.True(lost.Lost.IsCancellationRequested);
        Assert.False(await lost.SettleAsync(Settlement.Complete(), Cancelled));
        Assert.True(await again.SettleAsync(Settlement.Complete(), Cancelled));
    }

    [Fact]
    public async Task QueueDeleted_UnderASubscription_IsMadeAgainAndFills()
    {
        var vhost = await server.CreateVhostAsync();
        await using var transport = Transports.Create(server.Address(vhost));
        var sink = new Sink();
        await transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await using var raw = await Raw.ConnectAsync(server.Address(vhost));
        await raw.Channel.QueueDeleteAsync("cn/orders/mail", ifUnused: false, ifEmpty: false, cancellationToken: Cancelled);
        EventDelivery? delivery = null;
        for (var number = 0; delivery is null; number++)
        {
            Assert.True(number < 1_000, "Nothing has come for long.");
            await transport.AppendAsync([Sample.Event(number)], Cancelled);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancelled);
            sink.TryNext(out delivery);
        }

        Assert.True(await delivery.SettleAsync(Settlement.Complete(), Cancelled));
    }

    [Fact]
    public async Task MemberComes_WhilePartitionsAreBusy_GetsItsShare()
    {
        var address = server.Address(await server.CreateVhostAsync());
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var transport = Transports.Create(address, time: time);
        await using var other = Transports.Create(address);
        var first = new Sink();
        var second = new Sink();
        await transport.SubscribeAsync(Sample.Ordered, first, Cancelled);
        await other.SubscribeAsync(Sample.Ordered, second, Cancelled);
        var keys = new HashSet<string>();
        for (var round = 0; keys.Count == 0; round++)
        {
            Assert.True(round < 500, "The second member has got nothing for long.");
            await other.AppendAsync([.. Enumerable.Range(0, 64).Select(key => Sample.Event($"{key}/{round}", $"k{key}"))], Cancelled);
            for (var settled = 0; settled < 64;)
            {
                if (first.TryNext(out var mine))
                {
                    await mine!.SettleAsync(Settlement.Complete(), Cancelled);
                    settled++;
                }
                else if (second.TryNext(out var theirs))
                {
                    keys.Add(theirs!.Event.Key!);
                    await theirs.SettleAsync(Settlement.Complete(), Cancelled);
                    settled++;
                }
                else
                {
                    time.Advance(TimeSpan.FromMilliseconds(200));
                    await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancelled);
                }
            }
        }
    }
}
