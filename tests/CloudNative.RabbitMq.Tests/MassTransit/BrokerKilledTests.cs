using System.Globalization;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Tests.Faults;
using MassTransit;

namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>Both sides publish and handle while their broker is killed and comes back.</summary>
public sealed class BrokerKilledTests(OwnBroker broker) : IClassFixture<OwnBroker>
{
    private const int Before = 150;
    private const int Each = 400;

    private static readonly TimeSpan _untilQueuesAreKept = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _onePublish = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly RabbitMqServer _server = broker.Server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_InTheMiddle_LosesNothingOnEitherSide()
    {
        var address = _server.Address(await _server.CreateVhostAsync());
        await using var theirs = await MassTransitService.StartAsync(address, typeof(OrderPlacedConsumer));
        await using var ours = await Service.StartAsync(address);

        // RabbitMQ 3.10 loses a quorum queue that it has made in the last moments before it is killed; that is not what
        // is tested.
        await Task.Delay(_untilQueuesAreKept, TimeProvider.System, Cancelled);
        var progress = new Recorder();
        var publishing = Task.WhenAll(
            PublishAllAsync("mt", progress, (order, id, token) =>
                theirs.Bus.Publish(new OrderPlaced(order, 1), context => context.MessageId = id, token)),
            PublishAllAsync("cn", progress, (order, id, token) =>
                ours.Events.PublishAsync(new OrderPlaced(order, 1), new PublishOptions { Id = id.ToString() }, token).AsTask()));
        await progress.UntilAsync(Before);
        await _server.KillAsync();
        await _server.StartAsync();
        await publishing;
        await ours.Got.UntilAsync(2 * Each);
        await theirs.Got.UntilAsync(2 * Each);
        Assert.Equal(theirs.Got.Orders(), ours.Got.Orders());

        // What comes twice comes under the id that it had, so that an inbox knows it.
        var pairs = ours.Got.Arrivals.Concat(theirs.Got.Arrivals).Select(arrival => (arrival.Order, arrival.Id)).ToHashSet();
        Assert.Equal(2 * Each, pairs.Count);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{2 * Each} messages; here {ours.Got.Arrivals.Count}, at MassTransit {theirs.Got.Arrivals.Count} deliveries");
    }

    // Until each is confirmed, as a service does that has no outbox.
    private static async Task PublishAllAsync(string side, Recorder progress, Func<string, Guid, CancellationToken, Task> publish)
    {
        for (var number = 0; number < Each; number++)
        {
            var (order, id) = (string.Create(CultureInfo.InvariantCulture, $"{side}-{number}"), Guid.CreateVersion7());
            while (!await TryAsync(token => publish(order, id, token)))
            {
                await Task.Delay(_pause, TimeProvider.System, Cancelled);
            }

            progress.Add(new Arrival(order, id.ToString()));
        }
    }

    private static async Task<bool> TryAsync(Func<CancellationToken, Task> publish)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        enough.CancelAfter(_onePublish);
        try
        {
            await publish(enough.Token).WaitAsync(enough.Token);
            return true;
        }
        catch (Exception) when (!Cancelled.IsCancellationRequested)
        {
            return false;
        }
    }
}
