using System.Collections.Concurrent;
using System.Globalization;
using CloudNative.Eventing;
using CloudNative.Testing.Agent.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Testing.Agent;

// Commands for events: the transport as it is, delivery by delivery.
internal sealed partial class EmbeddedAgent
{
    private readonly ConcurrentDictionary<string, IEventSubscription> _subscriptions = new();
    private readonly ConcurrentDictionary<string, AgentSink> _sinks = new();

    private IEventTransport Events => _provider.GetRequiredKeyedService<IEventTransport>(_eventProvider);

    private IDeadLetterStore Letters => (IDeadLetterStore)Events;

    private async Task<string> RunEventsAsync(string id, string command, string argument)
    {
        switch (command)
        {
            case "append":
                await Events.AppendAsync(EventText.Read<WireEvent[]>(argument).Select(item => item.ToOutgoing()).ToList(), _stopping.Token);
                return string.Empty;
            case "publish":
                return await PublishAsync(argument.Split(' '));
            case "subscribe":
                var sink = _sinks[id] = new AgentSink(line => Answer($"!{id} {line}"));
                _subscriptions[id] = await Events.SubscribeAsync(EventText.Read<SubscriptionSpec>(argument), sink, _stopping.Token);
                return string.Empty;
            case "settle":
                var parts = argument.Split(' ', 3);
                return (await _sinks[parts[0]].SettleAsync(
                    long.Parse(parts[1], CultureInfo.InvariantCulture), EventText.Read<WireSettlement>(parts[2]))).ToString();
            case "stop":
                await _subscriptions[argument].StopAsync(_stopping.Token);
                return string.Empty;
            case "unsubscribe":
                await _subscriptions[argument].DisposeAsync();
                return string.Empty;
            case "rest":
                await EventRest.LetAsync(Events, _stopping.Token);
                return string.Empty;
            case "tick":
                _time!.Advance(TimeSpan.FromMilliseconds(long.Parse(argument, CultureInfo.InvariantCulture)));
                return string.Empty;
            case "backlog":
                return EventText.Write(await _subscriptions[argument].GetBacklogAsync(_stopping.Token));
            case "seek":
                var seek = EventText.Read<WireSeek>(argument);
                var next = await ((IReplayable)Events).SeekAsync(seek.Topic, seek.Group, seek.ToPoint(), _stopping.Token);
                return next.ToString(CultureInfo.InvariantCulture);
            case "letters":
                return EventText.Write(
                    (await Letters.ListAsync(EventText.Read<DeadLetterQuery>(argument), _stopping.Token)).Select(WireLetter.Of));
            case "letter":
                var letter = await Letters.FindAsync(long.Parse(argument, CultureInfo.InvariantCulture), _stopping.Token);
                return letter is null ? "null" : EventText.Write(WireLetter.Of(letter));
            case "replay":
                var replayed = await Letters.ReplayAsync(EventText.Read<long[]>(argument), _stopping.Token);
                return replayed.ToString(CultureInfo.InvariantCulture);
            case "edit":
                var said = argument.Split(' ', 2);
                var edit = EventText.Read<WireEdit>(said[1]);
                return (await Letters.EditAsync(
                    long.Parse(said[0], CultureInfo.InvariantCulture), edit.Data, edit.By, _stopping.Token)).ToString();
            case "discard":
                var discarded = await Letters.DiscardAsync(EventText.Read<long[]>(argument), _stopping.Token);
                return discarded.ToString(CultureInfo.InvariantCulture);
            default:
                throw new InvalidOperationException($"Unknown command {command}");
        }
    }

    // publish <topic> <prefix> <count> <keys> <publishers>: as many publishers as told, each awaiting one event at a time.
    private async Task<string> PublishAsync(string[] arguments)
    {
        var (topic, prefix) = (arguments[0], arguments[1]);
        var numbers = arguments[2..].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var (count, keys, publishers) = (numbers[0], numbers[1], numbers[2]);
        var next = -1;
        async Task RunAsync()
        {
            for (int number; (number = Interlocked.Increment(ref next)) < count;)
            {
                var item = new EventEnvelope
                {
                    Id = $"{prefix}-{number}",
                    Source = "/services/agent",
                    Type = "numbers.drawn.v1",
                    Key = keys > 0 ? $"{prefix}-{number % keys}" : null,
                    Data = new byte[256],
                };
                await Events.AppendAsync([new OutgoingEvent(topic, item)], _stopping.Token);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, publishers).Select(_ => RunAsync()));
        return count.ToString(CultureInfo.InvariantCulture);
    }
}
